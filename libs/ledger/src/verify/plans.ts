import { NOTHING, type Ask, type Check, type Reach } from './check';
import { accountChecks, rangesOf, sealRanges, SLICE } from './slices';

const ROWS_OF_A_PART = 100_000;

/** Everything there is in a book, the quick checks first. */
export async function* planWhole(ask: Ask, book: number, reach: Reach, slice = SLICE): AsyncGenerator<Check> {
  yield { name: 'fence', params: [book] };
  yield { name: 'terms', params: [book] };
  yield { name: 'periods', params: [book] };
  yield { name: 'checkpoints', params: [book] };
  yield* refusalsAndEvents(ask, book, NOTHING, reach, slice);
  yield* inParts(ask, 'account_terms', 'account', book);
  yield* inParts(ask, 'holds', 'hold', book);
  yield* inParts(ask, 'hold_steps', 'hold_step', book);
  for await (const range of rangesOf(ask, ['entry', 'posting'], book, 1n, reach.entry, slice)) {
    yield { name: 'entries', params: [book, ...range] };
  }
  yield* accountChecks(ask, book, await hasPeriods(ask, book), slice);
  for await (const range of sealRanges(ask, book, 1n, reach.seal, slice)) {
    yield { name: 'seals', params: [book, ...range] };
  }
}

/**
 * What came after a state that was verified: its own records, that they continue what was there, and that accounts,
 * holds and terms stand where they left them. What lies before is not read again.
 */
export async function* planNew(
  ask: Ask,
  book: number,
  before: Reach,
  reach: Reach,
  slice = SLICE,
): AsyncGenerator<Check> {
  yield { name: 'fence', params: [book] };
  yield* refusalsAndEvents(ask, book, before, reach, slice);
  if (reach.event > before.event) {
    yield { name: 'terms', params: [book] };
    yield { name: 'periods', params: [book] };
    for await (const range of rangesOf(ask, ['event'], book, before.event + 1n, reach.event, slice)) {
      yield { name: 'account_terms_of_new', params: [book, 1n, 0n, ...range] };
    }
  }
  for await (const range of rangesOf(
    ask,
    ['entry', 'posting'],
    book,
    before.entry + 1n,
    reach.entry,
    slice,
  )) {
    yield { name: 'entries', params: [book, ...range] };
    yield { name: 'chain_of_new', params: [book, ...range] };
    yield { name: 'heads', params: [book, ...range] };
    yield { name: 'holds_of_new', params: [book, ...range] };
    yield { name: 'account_terms_of_new', params: [book, ...range, 1n, 0n] };
  }
  for await (const range of sealRanges(ask, book, before.seal + 1n, reach.seal, slice)) {
    yield { name: 'seals', params: [book, ...range] };
  }
}

async function* refusalsAndEvents(
  ask: Ask,
  book: number,
  before: Reach,
  reach: Reach,
  slice: bigint,
): AsyncGenerator<Check> {
  for await (const range of rangesOf(ask, ['refusal'], book, before.refusal + 1n, reach.refusal, slice)) {
    yield { name: 'refusals', params: [book, ...range] };
  }
  for await (const range of rangesOf(ask, ['event'], book, before.event + 1n, reach.event, slice)) {
    yield { name: 'events', params: [book, ...range] };
  }
}

/** Rows without a number go by the hash of their key. The planner's count is near enough to cut by. */
async function* inParts(ask: Ask, name: string, table: string, book: number): AsyncGenerator<Check> {
  const [row] = await ask<{ rows: string }>(
    `SELECT greatest(c.reltuples, 0)::bigint AS rows FROM pg_catalog.pg_class c WHERE c.oid = $1::regclass`,
    [`ledger.${table}`],
  );
  const parts = 1 + Math.floor(Number(row?.rows ?? 0) / ROWS_OF_A_PART);
  for (let part = 0; part < parts; part += 1) yield { name, params: [book, part, parts] };
}

async function hasPeriods(ask: Ask, book: number): Promise<boolean> {
  const rows = await ask(
    `SELECT FROM (SELECT FROM ledger.period d WHERE d.book = $1
      UNION ALL SELECT FROM ledger.period_balance k WHERE k.book = $1) q LIMIT 1`,
    [book],
  );
  return rows.length > 0;
}
