import { present } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { ArchivedBook } from './archive-lines.rules';

/** A book that was opened and not used yet: its own asset and what it was told when it opened, and nothing else. */
const EMPTY = `
  SELECT f.next_seq = 1 AND f.next_refusal = 1
     AND NOT EXISTS (SELECT FROM ledger.account a WHERE a.book = $1)
     AND NOT EXISTS (SELECT FROM ledger.period p WHERE p.book = $1)
     AND NOT EXISTS (SELECT FROM ledger.log l WHERE l.book = $1)
     AND NOT EXISTS (SELECT FROM ledger.event v WHERE v.book = $1 AND v.actor NOT LIKE 'system/%') AS empty
    FROM ledger.fence f WHERE f.book = $1 FOR UPDATE`;

/** What recorded things stay by is lifted for the rows that the opening of an empty book wrote, in this transaction. */
const CLEAR = [
  ['event', 'event_is_final'],
  ['asset', 'asset_stays'],
  ['fence', 'fence_stays'],
] as const;

/**
 * The number of the book that an archive is taken into, without a ledger of its own; undefined when it has been used.
 * The archive brings its fence last: until then nobody can post.
 */
export async function openFor(tx: Tx, book: ArchivedBook): Promise<number | undefined> {
  await tx.query(
    'CREATE TEMP TABLE taken_account (n bigint PRIMARY KEY, id bigint, asset int) ON COMMIT DROP',
  );
  const [there] = await tx.query<{ id: number }>('SELECT b.id FROM platform.book b WHERE b.code = $1', [
    book.code,
  ]);
  if (!there) return open(tx, book);
  const [state] = await tx.query<{ empty: boolean }>(EMPTY, [there.id]);
  if (!state?.empty) return undefined;
  for (const [table, trigger] of CLEAR) {
    await tx.query(`ALTER TABLE ledger.${table} DISABLE TRIGGER ${trigger}`);
    await tx.query(`DELETE FROM ledger.${table} WHERE book = $1`, [there.id]);
    await tx.query(`ALTER TABLE ledger.${table} ENABLE TRIGGER ${trigger}`);
  }
  return there.id;
}

/** Without the trigger that would open an empty ledger for it. */
async function open(tx: Tx, { code, name, mode, region, clockAt, openedAt }: ArchivedBook): Promise<number> {
  await tx.query('ALTER TABLE platform.book DISABLE TRIGGER book_opens_its_ledger');
  const [row] = await tx.query<{ id: number }>(
    `INSERT INTO platform.book (code, name, mode, region, clock_at, opened_at)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [code, name, mode, region, clockAt, openedAt],
  );
  await tx.query('ALTER TABLE platform.book ENABLE TRIGGER book_opens_its_ledger');
  return present(row, 'an inserted book has a number').id;
}
