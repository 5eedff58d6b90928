import fc from 'fast-check';

import { cutsOf, joined, minus, type Range } from './ranges.rules';

const range = (first: number, last: number): Range => ({ first: BigInt(first), last: BigInt(last) });

describe('runs of serials', () => {
  it('less others leave what is in none of them', () => {
    expect(minus(range(1, 10), [range(8, 20), range(3, 4)])).toEqual([range(1, 2), range(5, 7)]);
    expect(minus(range(1, 10), [])).toEqual([range(1, 10)]);
    expect(minus(range(1, 10), [range(0, 11)])).toEqual([]);
  });

  it('are joined where one follows on the other', () => {
    expect(joined([range(4, 6), range(1, 3), range(8, 9)])).toEqual([range(1, 6), range(8, 9)]);
  });

  it('are cut where something goes out of them, and not at their ends', () => {
    expect(cutsOf(range(1, 10), [range(4, 6)])).toEqual([4n, 7n]);
    expect(cutsOf(range(1, 10), [range(1, 3), range(4, 6)])).toEqual([7n]);
    expect(cutsOf(range(1, 10), [range(5, 10)])).toEqual([5n]);
    expect(cutsOf(range(1, 10), [range(1, 10)])).toEqual([]);
  });

  it('lose no serial, whatever is taken out', () => {
    const ends = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(fc.array(ends, { maxLength: 6 }), (others) => {
        const taken = others.map(([first, more]) => range(first, first + more));
        const rest = minus(range(10, 50), taken);
        for (let serial = 10n; serial <= 50n; serial += 1n) {
          const isIn = (runs: readonly Range[]) =>
            runs.filter(({ first, last }) => first <= serial && serial <= last).length;
          expect(isIn(rest)).toBe(isIn(taken) > 0 ? 0 : 1);
        }
      }),
    );
  });
});
