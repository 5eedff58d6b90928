import fc from 'fast-check';

import { divideHalfUp, splitByLargestRemainder } from './rounding';

describe('rounding', () => {
  it('rounds half up', () => {
    expect([
      divideHalfUp(5n, 10n),
      divideHalfUp(4n, 10n),
      divideHalfUp(15n, 10n),
      divideHalfUp(0n, 3n),
    ]).toEqual([1n, 0n, 2n, 0n]);
    expect(divideHalfUp(1230n * 1575n, 100n)).toBe(19373n);
  });

  it('refuses a negative numerator and a zero denominator', () => {
    expect(() => divideHalfUp(-1n, 2n)).toThrow();
    expect(() => divideHalfUp(1n, 0n)).toThrow();
  });
});

describe('a split by largest remainder', () => {
  const amounts = fc.bigInt({ min: 0n, max: 10n ** 15n });
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 30 })
    .filter((list) => list.some((w) => w > 0n));

  it('gives parts that sum to the whole, each within one unit of its exact share', () => {
    fc.assert(
      fc.property(amounts, weights, (total, list) => {
        const parts = splitByLargestRemainder(total, list);
        const sum = list.reduce((a, b) => a + b, 0n);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
        parts.forEach((part, i) => {
          const floor = (total * list[i]!) / sum;
          expect(part === floor || part === floor + 1n).toBe(true);
        });
      }),
    );
  });

  it('gives the units left over to the largest remainders, ties to the earlier part', () => {
    expect(splitByLargestRemainder(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(splitByLargestRemainder(10n, [2n, 3n, 1n])).toEqual([3n, 5n, 2n]);
  });

  it('splits nothing into nothing, and refuses to split something without weights', () => {
    expect(splitByLargestRemainder(0n, [0n, 0n])).toEqual([0n, 0n]);
    expect(() => splitByLargestRemainder(1n, [0n])).toThrow();
  });
});
