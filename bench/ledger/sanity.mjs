import { setTimeout as sleep } from 'node:timers/promises';

/** Counters of the server reach pg_stat_database within a second of the last transaction. */
const COUNTERS_MS = 1_100;

/** Entries in the book now. */
export async function countEntries(stage, book) {
  const [row] = await stage.rows('SELECT count(*)::int AS entries FROM ledger.entry WHERE book = $1', [book]);
  return row.entries;
}

/**
 * After a figure: every accepted post is in the book and no other, the book's own verification finds nothing, and
 * nobody deadlocked. A fast figure that fails here is not a figure.
 */
export async function checkBook(stage, desk, { name, book, entries }) {
  const found = await countEntries(stage, book);
  if (found !== entries)
    throw new Error(`${name}: ${entries} entries were accepted, the book holds ${found}`);
  // As a library does that has loaded much: the planner would still believe the tables small.
  await stage.rows(`SELECT platform.refresh_statistics('ledger')`);
  const verified = await desk.ask('verify', { book });
  if (!verified.ok) throw new Error(`${name}: the book does not verify: ${verified.findings.join('; ')}`);
  const deadlocks = await deadlocksOf(stage);
  if (deadlocks !== 0) throw new Error(`${name}: ${deadlocks} deadlocks`);
  stage.log(`  ${name}: ${entries} entries, verified, no deadlock`);
}

export async function deadlocksOf(stage) {
  await sleep(COUNTERS_MS);
  const [row] = await stage.rows('SELECT deadlocks::int FROM pg_stat_database WHERE datname = $1', [
    stage.database,
  ]);
  return row.deadlocks;
}
