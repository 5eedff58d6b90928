import { joinRuns } from './serial-runs.rules';

describe('runs of serials', () => {
  it('are joined when they follow on each other in one issuance', () => {
    const runs = [
      { code: 'b', first: 1n, last: 5n },
      { code: 'a', first: 11n, last: 20n },
      { code: 'a', first: 1n, last: 10n },
      { code: 'b', first: 7n, last: 9n },
    ];
    expect(joinRuns(runs)).toEqual([
      { code: 'a', first: 1n, last: 20n },
      { code: 'b', first: 1n, last: 5n },
      { code: 'b', first: 7n, last: 9n },
    ]);
  });

  it('keep their grams', () => {
    const runs = Array.from({ length: 50 }, (_, i) => ({
      code: i % 3 ? 'a' : 'b',
      first: BigInt(i * 7),
      last: BigInt(i * 7 + (i % 7)),
    }));
    const grams = (list: readonly { first: bigint; last: bigint }[]) =>
      list.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
    expect(grams(joinRuns(runs))).toBe(grams(runs));
  });
});
