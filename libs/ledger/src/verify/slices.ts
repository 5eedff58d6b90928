import type { Ask, Check } from './check';

/** So many rows are sorted in the memory that a check may use, and a check takes a second or so. */
export const SLICE = 250_000n;
const ACCOUNTS_LOOKED_AT = 100_000;
const SEALS_AT_ONCE = 1_000;
/** A record under a seal is hashed with all its postings, which takes longer than comparing rows. */
const RECORDS_PER_ROW = 5n;

const LEAST = -9_223_372_036_854_775_808n;
const MOST = 9_223_372_036_854_775_807n;

type Range = readonly [from: bigint, to: bigint];

/** Streams whose rows are numbered, and where the number stands. */
const NUMBERED = {
  entry: 'SELECT t.seq AS no FROM ledger.entry t WHERE t.book = $1 AND t.seq >= $2 ORDER BY t.seq',
  posting: 'SELECT t.seq AS no FROM ledger.posting t WHERE t.book = $1 AND t.seq >= $2 ORDER BY t.seq, t.leg',
  refusal: 'SELECT t.no FROM ledger.refusal t WHERE t.book = $1 AND t.no >= $2 ORDER BY t.no',
  event: 'SELECT t.no FROM ledger.event t WHERE t.book = $1 AND t.no >= $2 ORDER BY t.no',
} as const;

/** The number of the row that comes so many rows after one; undefined when there are not as many. */
async function numberAfter(
  ask: Ask,
  sql: string,
  params: readonly (number | bigint)[],
  slice: bigint,
): Promise<bigint | undefined> {
  const [row] = await ask<{ no: string }>(`${sql} LIMIT 1 OFFSET $${params.length + 1}`, [...params, slice]);
  return row && BigInt(row.no);
}

/**
 * Ranges of numbers with about as many rows of each table in every range. They are cut by what is there and not by
 * counting on, for numbers may have been changed to far ones.
 */
export async function* rangesOf(
  ask: Ask,
  tables: readonly (keyof typeof NUMBERED)[],
  book: number,
  from: bigint,
  to: bigint,
  slice: bigint,
): AsyncGenerator<Range> {
  for (let low = from; low <= to;) {
    let high = to;
    for (const table of tables) {
      const end = await numberAfter(ask, NUMBERED[table], [book, low], slice);
      if (end !== undefined && end < high) high = end;
    }
    yield [low, high];
    low = high + 1n;
  }
}

/** Checks of whole accounts, a slice of ids at a time; an account of its own size goes in slices of its versions. */
export async function* accountChecks(
  ask: Ask,
  book: number,
  withPeriods: boolean,
  slice: bigint,
): AsyncGenerator<Check> {
  for (let low = LEAST; ;) {
    const next = await nextAccounts(ask, book, low, slice);
    const high = next?.last ?? MOST;
    if (next && next.first === next.last && next.versions > slice) {
      if (low < next.first) yield* wholeAccounts(book, low, next.first - 1n, withPeriods);
      yield* oneAccount(ask, book, next.first, slice);
      yield* ofTotals(book, next.first, next.last, withPeriods);
    } else {
      yield* wholeAccounts(book, low, high, withPeriods);
    }
    if (high === MOST) return;
    low = high + 1n;
  }
}

const VERSIONS = `SELECT p.version AS no FROM ledger.posting p
  WHERE p.book = $1 AND p.account = $2 AND p.version >= $3 ORDER BY p.version`;

async function* oneAccount(ask: Ask, book: number, account: bigint, slice: bigint): AsyncGenerator<Check> {
  for (let low = LEAST; ;) {
    const high = (await numberAfter(ask, VERSIONS, [book, account, low], slice)) ?? MOST;
    yield { name: 'chain_of_one', params: [book, account, low, high] };
    if (high === MOST) return;
    low = high + 1n;
  }
}

function* wholeAccounts(book: number, first: bigint, last: bigint, withPeriods: boolean): Generator<Check> {
  yield { name: 'chain', params: [book, first, last] };
  yield* ofTotals(book, first, last, withPeriods);
}

function* ofTotals(book: number, first: bigint, last: bigint, withPeriods: boolean): Generator<Check> {
  yield { name: 'totals', params: [book, first, last] };
  if (withPeriods) yield { name: 'period_balances', params: [book, first, last] };
}

/** The next accounts that have a slice's postings together, or the next one alone when it has more. */
async function nextAccounts(
  ask: Ask,
  book: number,
  low: bigint,
  slice: bigint,
): Promise<{ first: bigint; last: bigint; versions: bigint } | undefined> {
  const [row] = await ask<{ first: string | null; last: string; versions: string }>(
    `SELECT min(q.id) AS first, coalesce(max(q.id) FILTER (WHERE q.total <= $3), min(q.id)) AS last,
            coalesce(max(q.version) FILTER (WHERE q.place = 1), 0) AS versions
       FROM (SELECT a.id, a.version, sum(a.version) OVER w AS total, row_number() OVER w AS place
               FROM (SELECT a.id, a.version FROM ledger.account a WHERE a.book = $1 AND a.id >= $2
                      ORDER BY a.id LIMIT $4) a
             WINDOW w AS (ORDER BY a.id)) q`,
    [book, low, slice, ACCOUNTS_LOOKED_AT],
  );
  if (!row || row.first === null) return undefined;
  return { first: BigInt(row.first), last: BigInt(row.last), versions: BigInt(row.versions) };
}

/** Seals together that cover so many records, but at least one. */
export async function* sealRanges(
  ask: Ask,
  book: number,
  from: bigint,
  to: bigint,
  slice: bigint,
): AsyncGenerator<Range> {
  for (let low = from; low <= to;) {
    const [row] = await ask<{ last: string | null }>(
      `SELECT coalesce(max(q.no) FILTER (WHERE q.records <= $4), min(q.no)) AS last
         FROM (SELECT s.no, sum(s.next_entry - s.first_entry + s.next_refusal - s.first_refusal
                                + s.next_event - s.first_event) OVER (ORDER BY s.no) AS records
                 FROM (SELECT * FROM ledger.seal s WHERE s.book = $1 AND s.no >= $2 ORDER BY s.no LIMIT $3) s) q`,
      [book, low, SEALS_AT_ONCE, slice / RECORDS_PER_ROW],
    );
    const last = BigInt(row?.last ?? to);
    const high = last > to ? to : last;
    yield [low, high];
    low = high + 1n;
  }
}
