import fc from 'fast-check';

import { divideHalfUp } from '@app/kernel';
import { stockGrams, type SpeciesFactors } from './stock-change.rules';

/** Name, factors, tonnes a m³, tonnes a mu at a growth of 2, 3 and 4 m³ a hectare: a published table's rows. */
const PUBLISHED = [
  ['马尾松', [380, 1472, 187, 460], '1.120', ['0.149', '0.224', '0.299']],
  ['油松', [360, 1589, 251, 521], '1.367', ['0.182', '0.273', '0.365']],
  ['华山松', [396, 1785, 170, 523], '1.586', ['0.211', '0.317', '0.423']],
  ['杉木', [307, 1634, 246, 520], '1.192', ['0.159', '0.238', '0.318']],
  ['柏木', [478, 1732, 220, 510], '1.889', ['0.252', '0.378', '0.504']],
  ['栎类', [676, 1355, 292, 500], '2.170', ['0.289', '0.434', '0.579']],
  ['桦木', [541, 1424, 248, 491], '1.731', ['0.231', '0.346', '0.462']],
  ['杨树', [378, 1446, 227, 496], '1.220', ['0.163', '0.244', '0.325']],
  ['硬阔', [598, 1674, 261, 497], '2.300', ['0.307', '0.460', '0.613']],
  ['软阔', [443, 1586, 289, 485], '1.611', ['0.215', '0.322', '0.429']],
  ['针叶混', [405, 1587, 267, 510], '1.523', ['0.203', '0.305', '0.406']],
  ['针阔混', [486, 1656, 248, 498], '1.834', ['0.245', '0.367', '0.489']],
  ['阔叶混', [482, 1514, 262, 490], '1.655', ['0.221', '0.331', '0.441']],
] as const;

const factorsOf = ([
  densityMilli,
  expansionMilli,
  rootMilli,
  carbonMilli,
]: readonly number[]): SpeciesFactors => ({
  densityMilli: BigInt(densityMilli!),
  expansionMilli: BigInt(expansionMilli!),
  rootMilli: BigInt(rootMilli!),
  carbonMilli: BigInt(carbonMilli!),
});
const HECTARE = 1_500n;
const MU = 100n;
const tonnes = (grams: bigint): string => {
  const milli = divideHalfUp(grams, 1_000n).toString().padStart(4, '0');
  return `${milli.slice(0, -3)}.${milli.slice(-3)}`;
};

describe('the growth of a stock in grams', () => {
  it.each(PUBLISHED)('of %s is what the published table says', (_name, factors, perCubicMetre, perMu) => {
    const given = factorsOf(factors);
    expect(tonnes(stockGrams(HECTARE, 1_000n, given))).toBe(perCubicMetre);
    expect([2_000n, 3_000n, 4_000n].map((growth) => tonnes(stockGrams(MU, growth, given)))).toEqual(perMu);
  });

  it('is rounded once, half up: 0.01 mu by itself, and a hundred of them together', () => {
    const pine = factorsOf([380, 1472, 187, 460]);
    // 22 × 3000 × 380 × 1472 × 1187 × 460 ÷ 9 × 10¹² = 2239.768…
    expect(stockGrams(1n, 3_000n, pine)).toBe(2_240n);
    expect(stockGrams(100n, 3_000n, pine)).toBe(223_976n);
  });

  it('never differs from the exact quotient by more than half a gram', () => {
    const milli = (min: number, max: number) => fc.bigInt({ min: BigInt(min), max: BigInt(max) });
    fc.assert(
      fc.property(
        ...[
          milli(1, 1_000_000_000),
          milli(0, 200_000),
          milli(100, 1_500),
          milli(1_000, 5_000),
          milli(0, 2_000),
        ],
        ...[milli(300, 700), milli(800_000, 1_200_000)],
        (area, growth, densityMilli, expansionMilli, rootMilli, carbonMilli, multiplier) => {
          const factors = { densityMilli, expansionMilli, rootMilli, carbonMilli };
          const product = area * growth * densityMilli * expansionMilli * (1_000n + rootMilli) * carbonMilli;
          // × 44 ÷ 12 ÷ 15 ÷ 100 × 10⁶ ÷ 1000⁵, and the multiplier in millionths.
          const [numerator, denominator] = [product * 44n * 1_000_000n * multiplier, 18_000n * 10n ** 21n];
          const off = 2n * (stockGrams(area, growth, factors, multiplier) * denominator - numerator);
          expect(off <= denominator && off > -denominator).toBe(true);
        },
      ),
    );
  });
});
