import fc from 'fast-check';

import { chooseOffers, type Offer } from './supplier.rules';

const offer = (party: string, grams: bigint, issuance = 'i1'): Offer => ({ party, issuance, grams });

describe('choosing suppliers', () => {
  it('goes down the list and takes from the last one only what is needed', () => {
    expect(chooseOffers([offer('a', 30n), offer('b', 30n), offer('c', 30n)], 40n, 20)).toEqual({
      offers: [offer('a', 30n), offer('b', 10n)],
      grams: 40n,
    });
  });

  it('counts parties, not issuances', () => {
    const offers = [offer('a', 5n, 'i1'), offer('b', 5n), offer('a', 5n, 'i2'), offer('c', 5n)];
    expect(chooseOffers(offers, 15n, 2)).toEqual({ offers: offers.slice(0, 3), grams: 15n });
  });

  it('tells how far it came when so few have too little', () => {
    expect(chooseOffers([offer('a', 5n), offer('b', 5n), offer('c', 5n)], 12n, 2).grams).toBe(10n);
  });

  it('never takes more than is offered, than is asked, or from more parties than allowed', () => {
    const offers = fc.array(
      fc.record({
        party: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        issuance: fc.uuid(),
        grams: fc.bigInt({ min: 1n, max: 50n }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        offers,
        fc.bigInt({ min: 1n, max: 300n }),
        fc.integer({ min: 1, max: 4 }),
        (list, asked, most) => {
          const { offers: chosen, grams } = chooseOffers(list, asked, most);
          expect(grams <= asked).toBe(true);
          expect(chosen.reduce((sum, one) => sum + one.grams, 0n)).toBe(grams);
          expect(new Set(chosen.map(({ party }) => party)).size <= most).toBe(true);
          for (const { issuance, grams: taken } of chosen) {
            expect(taken > 0n && taken <= list.find((one) => one.issuance === issuance)!.grams).toBe(true);
          }
        },
      ),
    );
  });
});
