import { Injectable } from '@nestjs/common';

import type { Tx } from '@app/platform';

export interface OpenReturn {
  readonly id: string;
  readonly returnedBy: string;
}

@Injectable()
export class ReturnStore {
  /** Sends the roster back; its posts wait. */
  async insert(
    tx: Tx,
    roster: string,
    sent: { id: string; from: number; to: number; reason: string },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO compensation.roster_return (book, id, roster, from_ordinal, to_ordinal, reason, returned_by, returned_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [tx.book, sent.id, roster, sent.from, sent.to, sent.reason, tx.context.actor, tx.now],
    );
    await tx.execute('UPDATE compensation.roster SET return_to = $3 WHERE book = $1 AND id = $2', [
      tx.book,
      roster,
      sent.to,
    ]);
  }

  async open(tx: Tx, roster: string): Promise<OpenReturn | undefined> {
    const [row] = await tx.query<OpenReturn>(
      `SELECT id, returned_by AS "returnedBy" FROM compensation.roster_return
        WHERE book = $1 AND roster = $2 AND answered_at IS NULL`,
      [tx.book, roster],
    );
    return row;
  }

  /** The post has mended it: the roster goes straight to whoever sent it back. */
  async answer(
    tx: Tx,
    roster: string,
    { id, answer, actingOrderNo }: { id: string; answer: string; actingOrderNo: string | undefined },
  ): Promise<void> {
    await tx.execute(
      `UPDATE compensation.roster_return SET answer = $3, answered_by = $4, answered_at = $5, acting_order_no = $6
        WHERE book = $1 AND id = $2`,
      [tx.book, id, answer, tx.context.actor, tx.now, actingOrderNo ?? null],
    );
    await tx.execute('UPDATE compensation.roster SET return_to = NULL WHERE book = $1 AND id = $2', [
      tx.book,
      roster,
    ]);
  }
}
