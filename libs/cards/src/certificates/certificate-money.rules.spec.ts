import fc from 'fast-check';

import { certifiedMoney } from './certificate-money.rules';

const ORDER = { suppliersFen: 4_500n, afforestationFen: 4_000n, chargesFen: 1_500n, suppliersPaid: true };

describe('the money of a certificate', () => {
  it('is all of the order when all that is kept is certified', () => {
    expect(certifiedMoney(ORDER, 100n, 100n)).toEqual(ORDER);
  });

  it('is the part of the certified grams, to the fen', () => {
    expect(certifiedMoney(ORDER, 1n, 4n)).toMatchObject({
      suppliersFen: 1_125n,
      afforestationFen: 1_000n,
      chargesFen: 375n,
    });
  });

  it('of two certificates that share a card never tells of more than the order', () => {
    const fen = fc.bigInt({ min: 0n, max: 10n ** 9n });
    const grams = fc.bigInt({ min: 1n, max: 10n ** 9n });
    fc.assert(
      fc.property(fen, fen, fen, grams, grams, (suppliersFen, afforestationFen, chargesFen, a, b) => {
        const order = { suppliersFen, afforestationFen, chargesFen, suppliersPaid: false };
        const total = suppliersFen + afforestationFen + chargesFen;
        const sum = [a, b]
          .map((part) => certifiedMoney(order, part, a + b))
          .reduce((all, money) => all + money.suppliersFen + money.afforestationFen + money.chargesFen, 0n);
        expect(sum - total <= 1n && total - sum <= 1n).toBe(true);
      }),
    );
  });
});
