import type { Tx } from '@app/platform';

/** A statement's JSON stays a few megabytes. */
const CHUNK_ROWS = 5_000;

/**
 * Runs a set-based INSERT over rows given as JSON in `$2` (`jsonb_to_recordset($2::jsonb)`), the book in `$1`
 * and the extra parameters from `$3`, some thousand rows a statement.
 */
export async function insertRows<Returned = never>(
  tx: Tx,
  sql: string,
  rows: readonly object[],
  extra: readonly unknown[] = [],
): Promise<Returned[]> {
  const returned: Returned[] = [];
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    const chunk = JSON.stringify(rows.slice(start, start + CHUNK_ROWS));
    returned.push(...(await tx.query<Returned>(sql, [tx.book, chunk, ...extra])));
  }
  return returned;
}
