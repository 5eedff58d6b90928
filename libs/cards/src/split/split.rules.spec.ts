import fc from 'fast-check';

import { keptMoney, splitMoney, splitTerms, type SplitRule } from './split.rules';

const DEMO: SplitRule = {
  version: 1,
  afforestationPpm: 400_000n,
  suppliersPpm: 450_000n,
  feePpm: 90_000n,
  taxPpm: 54_000n,
  channelPpm: 6_000n,
  refundReservePpm: 100_000n,
};

const amounts = fc.bigInt({ min: 1n, max: 10n ** 15n });
const ppm = fc.bigInt({ min: 0n, max: 1_000_000n });
const rules = fc.tuple(ppm, ppm, ppm, ppm, ppm).map(([a, b, c, d, refundReservePpm]): SplitRule => {
  const cuts = [a, b, c, d].sort((x, y) => Number(x - y)) as [bigint, bigint, bigint, bigint];
  return {
    version: 1,
    afforestationPpm: cuts[0],
    suppliersPpm: cuts[1] - cuts[0],
    feePpm: cuts[2] - cuts[1],
    taxPpm: cuts[3] - cuts[2],
    channelPpm: 1_000_000n - cuts[3],
    refundReservePpm,
  };
});
const suppliers = fc.uniqueArray(
  fc.record({ party: fc.uuid(), grams: fc.bigInt({ min: 1n, max: 10n ** 12n }), stateForest: fc.boolean() }),
  { minLength: 1, maxLength: 20, selector: ({ party }) => party },
);

describe('the split of an order', () => {
  it('gives 100.00 yuan by the demo rule as 40 + 45 + 9 + 5.40 + 0.60', () => {
    expect(splitTerms(10_000n, DEMO)).toEqual({
      afforestationFen: 4_000n,
      suppliersFen: 4_500n,
      feeFen: 900n,
      taxFen: 540n,
      channelFen: 60n,
    });
  });

  it('always makes exactly the amount, whatever the rule and the suppliers', () => {
    fc.assert(
      fc.property(amounts, rules, suppliers, (amount, rule, from) => {
        const split = splitMoney(amount, rule, from);
        const { afforestationFen, suppliersFen, nontaxFen, feeFen, taxFen, channelFen } = split;
        const terms = [afforestationFen, suppliersFen, nontaxFen, feeFen, taxFen, channelFen];
        expect(terms.every((term) => term >= 0n)).toBe(true);
        expect(terms.reduce((sum, term) => sum + term, 0n)).toBe(amount);
        expect(split.reserveFen <= feeFen).toBe(true);
      }),
    );
  });

  it('gives suppliers by their grams what the terms give to suppliers and nontax together', () => {
    fc.assert(
      fc.property(amounts, rules, suppliers, (amount, rule, from) => {
        const split = splitMoney(amount, rule, from);
        const sum = (nontax: boolean) =>
          split.parts
            .filter((part) => part.nontax === nontax)
            .reduce((total, part) => total + part.amountFen, 0n);
        expect(sum(false)).toBe(split.suppliersFen);
        expect(sum(true)).toBe(split.nontaxFen);
        const grams = from.reduce((total, supplier) => total + supplier.grams, 0n);
        for (const part of split.parts) {
          const exact = (split.suppliersFen + split.nontaxFen) * part.grams;
          const away = part.amountFen * grams - exact;
          expect(away > -grams && away < grams).toBe(true);
        }
      }),
    );
  });

  it('does not depend on the order in which suppliers are listed', () => {
    fc.assert(
      fc.property(amounts, rules, suppliers, (amount, rule, from) => {
        expect(splitMoney(amount, rule, [...from].reverse())).toEqual(splitMoney(amount, rule, from));
      }),
    );
  });
});

describe('money of the grams that stay', () => {
  it('is all of it when nothing goes back and none of it when everything does', () => {
    expect(keptMoney(999n, 10n, 0n)).toBe(999n);
    expect(keptMoney(999n, 0n, 10n)).toBe(0n);
  });

  it('leaves for the grams given back what they are worth, to the fen', () => {
    const grams = fc.bigInt({ min: 0n, max: 10n ** 12n });
    fc.assert(
      fc.property(amounts, grams, grams, (amount, kept, returned) => {
        fc.pre(kept + returned > 0n);
        const back = amount - keptMoney(amount, kept, returned);
        expect(back >= 0n && back <= amount).toBe(true);
        // Never a whole fen away from what the grams are worth.
        const away = back * (kept + returned) - amount * returned;
        expect(away > -(kept + returned) && away < kept + returned).toBe(true);
      }),
    );
  });
});
