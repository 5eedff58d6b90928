import { sizeOf, type Block } from '../serials/take.rules';
import type { Range } from './ranges.rules';

/** Serials somebody has a claim to, whose forest is lost. */
export interface Owed extends Range {
  readonly issuance: string;
  readonly code: string;
  readonly grade: string;
  readonly issuedAt: Date;
  readonly party: string;
  /** Claims that were made are served first. */
  readonly isRetired: boolean;
}

/** Serials that may be cancelled instead: of a buffer, or of a right holder who agreed. */
export interface StandIn extends Range {
  readonly block: Block;
  readonly grade: string;
}

/** So many serials that are owed, and as many that are cancelled in their stead. */
export interface Replacement {
  readonly owed: Owed;
  readonly range: Range;
  readonly by: StandIn;
}

export interface ReplacementPlan {
  readonly replacements: readonly Replacement[];
  /** What nothing was left for. */
  readonly short: readonly Owed[];
}

/**
 * Who stands in for whom, gram for gram. First everybody's own buffer of the issuance, then the other contributors' to
 * it, then other issuances of the same grade or a better one. Always the oldest issuance first and in it the lowest
 * serials; claims that were made are served before those that are still to come.
 */
export function planReplacements(owed: readonly Owed[], standIns: readonly StandIn[]): ReplacementPlan {
  const free = [...standIns].sort((a, b) => oldestLowest(of(a), of(b))).map((run) => ({ ...run }));
  const open = [...owed].sort(claimsFirst).map((run) => ({ ...run }));
  const replacements: Replacement[] = [];
  for (const may of TURNS) {
    const pools = new Map<string, Pool>();
    for (const run of open) {
      const key = may.key(run);
      const known = pools.get(key);
      const pool = known ?? { runs: free.filter((each) => may.stand(run, each)), at: 0 };
      if (!known) pools.set(key, pool);
      take(run, pool, replacements);
    }
  }
  return { replacements, short: open.filter(({ first, last }) => first <= last) };
}

interface Pool {
  readonly runs: Mutable<StandIn>[];
  at: number;
}
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Owed runs with the same key may take from the same stand-ins. */
const TURNS: readonly {
  readonly key: (owed: Owed) => string;
  readonly stand: (owed: Owed, run: StandIn) => boolean;
}[] = [
  {
    key: ({ issuance, party }) => `${issuance} ${party}`,
    stand: (owed, { block }) => block.issuance === owed.issuance && block.party === owed.party,
  },
  { key: ({ issuance }) => issuance, stand: (owed, { block }) => block.issuance === owed.issuance },
  { key: ({ grade }) => grade, stand: (owed, { grade }) => grade >= owed.grade },
];

function take(owed: Mutable<Owed>, pool: Pool, replacements: Replacement[]): void {
  while (owed.first <= owed.last && pool.at < pool.runs.length) {
    const run = pool.runs[pool.at]!;
    if (run.first > run.last) {
      pool.at += 1;
      continue;
    }
    const size = sizeOf(run) < sizeOf(owed) ? sizeOf(run) : sizeOf(owed);
    const range = { first: owed.first, last: owed.first + size - 1n };
    replacements.push({ owed: { ...owed, ...range }, range, by: { ...run, last: run.first + size - 1n } });
    owed.first += size;
    run.first += size;
  }
}

const of = ({ block, first }: StandIn) => ({ issuedAt: block.issuedAt, code: block.code, first });

function claimsFirst(a: Owed, b: Owed): number {
  if (a.isRetired !== b.isRetired) return a.isRetired ? -1 : 1;
  return oldestLowest(a, b);
}

interface Aged {
  readonly issuedAt: Date;
  readonly code: string;
  readonly first: bigint;
}

function oldestLowest(a: Aged, b: Aged): number {
  const byAge = a.issuedAt.getTime() - b.issuedAt.getTime();
  if (byAge !== 0) return byAge;
  if (a.code !== b.code) return a.code < b.code ? -1 : 1;
  return a.first < b.first ? -1 : 1;
}
