import type { NoteVerifier } from '@app/proof';
import { countPostings, NOTHING, readReach, runCheck, type Ask, type Reach } from './check';
import { checkCopies, checkSignatures } from './check-notes';
import { planNew, planWhole } from './plans';
import { runChecks, type Listener } from './run-checks';

export interface VerifyOptions {
  /** Verified before: only what came after it is read. Without it, everything. */
  readonly after?: Reach | undefined;
  /** Whose signatures are believed. Without keys signatures are not checked. */
  readonly keys?: readonly NoteVerifier[];
  /** How many rows a check looks at, about. */
  readonly slice?: bigint;
  /** Checkpoints that were published elsewhere. */
  readonly copies?: readonly string[];
}

export interface Outcome {
  readonly reach: Reach;
  readonly postings: bigint;
  /** How many checkpoints' signatures were checked. */
  readonly signatures: number;
}

/**
 * Recomputes one book with nothing but the right to read it, on as many connections as there are `asks`. Findings go
 * to the listener as they come; memory stays the same however many there are.
 */
export async function verifyLedger(
  asks: readonly [Ask, ...Ask[]],
  book: number,
  { after, keys = [], copies = [], slice }: VerifyOptions,
  listener: Listener,
): Promise<Outcome> {
  const [ask] = asks;
  const reach = await readReach(ask, book);
  const plan = after ? planNew(ask, book, after, reach, slice) : planWhole(ask, book, reach, slice);
  await runChecks(asks, plan, listener);
  const found = listener.found.bind(listener);
  const signatures = keys.length > 0 ? await checkSignatures(ask, book, keys, found, after?.seal) : 0;
  await checkCopies(ask, book, { notes: copies, keys }, found);
  const postings = await countPostings(ask, book, (after ?? NOTHING).entry + 1n, reach.entry);
  return { reach, postings, signatures };
}

/** Rows that belong to no book at all. */
export async function verifyBooks(ask: Ask, listener: Listener): Promise<void> {
  for (const finding of await runCheck(ask, { name: 'books', params: [] })) listener.found(finding);
}

/** What a seal covers to its end; undefined when there is no such seal. */
export async function reachOfSeal(ask: Ask, book: number, seal: bigint): Promise<Reach | undefined> {
  const [row] = await ask<Record<keyof Reach, string>>(
    `SELECT s.next_entry - 1 AS entry, s.next_refusal - 1 AS refusal, s.next_event - 1 AS event, s.no AS seal
       FROM ledger.seal s WHERE s.book = $1 AND s.no = $2`,
    [book, seal],
  );
  if (!row) return undefined;
  return {
    entry: BigInt(row.entry),
    refusal: BigInt(row.refusal),
    event: BigInt(row.event),
    seal: BigInt(row.seal),
  };
}
