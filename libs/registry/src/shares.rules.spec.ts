import { addDays } from '@app/kernel';
import fc from 'fast-check';

import { firstAboveWhole, leftPpm, meetings, peakPpm, spansMeet, type DatedShare } from './shares.rules';

const of = (from: string, to: string | null, sharePpm: bigint): DatedShare => ({ from, to, sharePpm });
const FIRST = '2026-01-01';

const anyShare = fc
  .record({
    start: fc.nat(20),
    length: fc.option(fc.nat(20)),
    sharePpm: fc.bigInt({ min: 1n, max: 1_000_000n }),
  })
  .map(({ start, length, sharePpm }) => {
    const from = addDays(FIRST, start);
    return of(from, length === null ? null : addDays(from, length), sharePpm);
  });

/** Day by day, as slow as it is plain. */
function slowPeak(shares: readonly DatedShare[]): bigint {
  const days = Array.from({ length: 50 }, (_, index) => addDays(FIRST, index));
  const sums = days.map((day) =>
    shares
      .filter((share) => share.from <= day && (share.to === null || day <= share.to))
      .reduce((sum, share) => sum + share.sharePpm, 0n),
  );
  return sums.reduce((peak, sum) => (sum > peak ? sum : peak), 0n);
}

describe('dated shares', () => {
  it('peak as a count day by day does', () => {
    fc.assert(
      fc.property(fc.array(anyShare, { maxLength: 12 }), (shares) => {
        expect(peakPpm(shares)).toBe(slowPeak(shares));
      }),
    );
  });

  it('do not add up when one ends the day before the next begins', () => {
    expect(peakPpm([of('2026-01-01', '2026-06-30', 700_000n), of('2026-07-01', null, 700_000n)])).toBe(
      700_000n,
    );
    expect(peakPpm([of('2026-01-01', '2026-07-01', 700_000n), of('2026-07-01', null, 700_000n)])).toBe(
      1_400_000n,
    );
  });

  it('name the first one that goes above the whole, as adding one by one does', () => {
    fc.assert(
      fc.property(
        fc.array(anyShare, { maxLength: 3 }),
        fc.array(anyShare, { minLength: 1, maxLength: 8 }),
        (existing, added) => {
          fc.pre(slowPeak(existing) <= 1_000_000n);
          const slow = added.findIndex(
            (_, index) => slowPeak([...existing, ...added.slice(0, index + 1)]) > 1_000_000n,
          );
          expect(firstAboveWhole(existing, added)).toBe(slow === -1 ? undefined : slow);
        },
      ),
    );
  });

  it('leave what the others do not take on any day of the span', () => {
    const others = [of('2020-01-01', '2025-12-31', 900_000n), of('2026-03-01', '2026-03-31', 250_000n)];
    expect(leftPpm(others, { from: '2026-01-01', to: null })).toBe(750_000n);
    expect(leftPpm(others, { from: '2026-04-01', to: null })).toBe(1_000_000n);
    expect(leftPpm(others, { from: '2025-12-31', to: '2026-01-31' })).toBe(100_000n);
  });

  it('meet an earlier one of the same key only, however long ago that began', () => {
    const spans = [
      { key: 'a', from: '2026-01-01', to: null },
      { key: 'a', from: '2026-02-01', to: '2026-02-02' },
      { key: 'a', from: '2026-03-01', to: '2026-03-02' },
      { key: 'b', from: '2026-01-15', to: '2026-01-31' },
      { key: 'b', from: '2026-02-01', to: null },
    ];
    const found = meetings(spans, ({ key }) => key);
    expect(found.map(([, later]) => later.from)).toEqual(['2026-02-01', '2026-03-01']);
    expect(spansMeet(spans[3]!, spans[4]!)).toBe(false);
  });
});
