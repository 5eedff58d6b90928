/** Serials of one issuance, first and last inside. */
export interface SerialRun {
  readonly code: string;
  readonly first: bigint;
  readonly last: bigint;
}

/** Joins runs that follow on each other: many small retirements of one issuance read as one. */
export function joinRuns(runs: readonly SerialRun[]): SerialRun[] {
  const joined: SerialRun[] = [];
  for (const run of [...runs].sort(byCodeThenSerial)) {
    const before = joined.at(-1);
    if (before && before.code === run.code && before.last + 1n === run.first) {
      joined[joined.length - 1] = { ...before, last: run.last };
    } else {
      joined.push({ code: run.code, first: run.first, last: run.last });
    }
  }
  return joined;
}

function byCodeThenSerial(a: SerialRun, b: SerialRun): number {
  if (a.code !== b.code) return a.code < b.code ? -1 : 1;
  return a.first < b.first ? -1 : 1;
}

/** 610924100-2025-G1-1-3000, as serials are written everywhere. */
export const writeRun = ({ code, first, last }: SerialRun): string =>
  `${code.toUpperCase()}-${first}-${last}`;
