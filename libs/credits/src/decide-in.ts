import type { Tx } from '@app/platform';

/** Writes the decision on a proposal of any of the tables that two people fill. */
export async function decideIn(tx: Tx, table: string, id: string, rejection: string | null): Promise<void> {
  await tx.execute(
    `UPDATE ${table} SET state = $3, decided_by = $4, decided_at = $5, rejection = $6 WHERE book = $1 AND id = $2`,
    [tx.book, id, rejection === null ? 'approved' : 'rejected', tx.context.actor, tx.now, rejection],
  );
}
