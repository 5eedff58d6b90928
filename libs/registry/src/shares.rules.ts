import type { Day } from '@app/kernel';

export const WHOLE_PPM = 1_000_000n;

/** From the first day to the last, both inside; open when the last is null. */
export interface DaySpan {
  readonly from: Day;
  readonly to: Day | null;
}

export interface DatedShare extends DaySpan {
  readonly sharePpm: bigint;
}

export const spansMeet = (a: DaySpan, b: DaySpan): boolean =>
  (b.to === null || a.from <= b.to) && (a.to === null || b.from <= a.to);

/** The largest sum of shares on any one day. Days are compared as text, which orders YYYY-MM-DD. */
export function peakPpm(shares: readonly DatedShare[]): bigint {
  const starts = [...shares].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const ends = shares.filter((share) => share.to !== null).sort((a, b) => (a.to! < b.to! ? -1 : 1));
  let peak = 0n;
  let sum = 0n;
  let ended = 0;
  for (const share of starts) {
    for (; ended < ends.length && ends[ended]!.to! < share.from; ended += 1) sum -= ends[ended]!.sharePpm;
    sum += share.sharePpm;
    if (sum > peak) peak = sum;
  }
  return peak;
}

/**
 * The first of the added shares that lifts some day above the whole, counted in their order after the existing
 * ones. Undefined when all fit. The peak only grows with each, so it is found by halving.
 */
export function firstAboveWhole(
  existing: readonly DatedShare[],
  added: readonly DatedShare[],
): number | undefined {
  const peakOf = (count: number) => peakPpm([...existing, ...added.slice(0, count)]);
  if (peakOf(added.length) <= WHOLE_PPM) return undefined;
  let fits = 0;
  let tooMany = added.length;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (peakOf(middle) <= WHOLE_PPM) fits = middle;
    else tooMany = middle;
  }
  return tooMany - 1;
}

/** What the others leave on every day of the span. */
export function leftPpm(others: readonly DatedShare[], span: DaySpan): bigint {
  const left =
    WHOLE_PPM - peakPpm(others.filter((other) => spansMeet(other, span)).map((s) => clip(s, span)));
  return left < 0n ? 0n : left;
}

/** Days outside the span do not count against it. */
const clip = (share: DatedShare, span: DaySpan): DatedShare => ({
  sharePpm: share.sharePpm,
  from: share.from > span.from ? share.from : span.from,
  to: share.to === null || (span.to !== null && span.to < share.to) ? span.to : share.to,
});

/** Those that meet an earlier one of the same key, each with the one it meets. */
export function meetings<T extends DaySpan>(items: readonly T[], keyOf: (item: T) => string): [T, T][] {
  const byKey = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = byKey.get(key);
    if (known) known.push(item);
    else byKey.set(key, [item]);
  }
  const found: [T, T][] = [];
  for (const group of byKey.values()) {
    group.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
    let reaching = group[0]!;
    for (const item of group.slice(1)) {
      if (spansMeet(reaching, item)) found.push([reaching, item]);
      if (reaching.to !== null && (item.to === null || item.to > reaching.to)) reaching = item;
    }
  }
  return found;
}
