/** First and last inside. */
export interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

/** What of a range is in none of the others, in order; nothing when it is empty. */
export function minus({ first, last }: Range, others: readonly Range[]): Range[] {
  const rest: Range[] = [];
  let from = first;
  for (const other of [...others].sort(byFirst)) {
    if (other.last < from) continue;
    if (other.first > last) break;
    if (other.first > from) rest.push({ first: from, last: other.first - 1n });
    from = other.last + 1n;
  }
  if (from <= last) rest.push({ first: from, last });
  return rest;
}

/** Ranges that follow on each other, joined. */
export function joined(ranges: readonly Range[]): Range[] {
  const all: Range[] = [];
  for (const { first, last } of [...ranges].sort(byFirst)) {
    const before = all.at(-1);
    if (before && before.last + 1n === first) all[all.length - 1] = { first: before.first, last };
    else all.push({ first, last });
  }
  return all;
}

/** Where new blocks begin when these ranges are cut out of a run. */
export function cutsOf(run: Range, ranges: readonly Range[]): bigint[] {
  const cuts = joined(ranges).flatMap(({ first, last }) => [first, last + 1n]);
  return [...new Set(cuts)].filter((at) => at > run.first && at <= run.last);
}

const byFirst = (a: Range, b: Range): number => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0);
