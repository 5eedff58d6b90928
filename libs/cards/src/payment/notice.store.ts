import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { PaymentNotice } from './notice.rules';

export type NoticeOutcome = 'settled' | 'late';

export interface StoredNotice {
  readonly channel: string;
  readonly noticeNo: string;
  readonly orderId: string;
  readonly amountFen: bigint;
  readonly outcome: NoticeOutcome;
}

interface NoticeRow {
  readonly channel: string;
  readonly notice_no: string;
  readonly order_id: string;
  readonly amount_fen: string;
  readonly outcome: NoticeOutcome;
}

/** The inbox of the payment channels. */
@Injectable()
export class NoticeStore {
  /** The notice of this number, or the one that paid this order. */
  async find(tx: Tx, notice: PaymentNotice, orderId: string): Promise<StoredNotice | undefined> {
    const rows = await tx.query<NoticeRow>(
      `SELECT channel, notice_no, order_id, amount_fen, outcome FROM cards.payment_notice
        WHERE book = $1 AND (channel = $2 AND notice_no = $3 OR order_id = $4)
        ORDER BY channel = $2 AND notice_no = $3 DESC LIMIT 1`,
      [tx.book, notice.channel, notice.noticeNo, orderId],
    );
    return rows[0] && toNotice(rows[0]);
  }

  /** The caller holds the order's row, so nobody else inserts a notice of it. */
  async insert(tx: Tx, notice: PaymentNotice, orderId: string, outcome: NoticeOutcome): Promise<void> {
    const rows = await tx.query<NoticeRow>(
      `INSERT INTO cards.payment_notice
              (book, channel, notice_no, order_id, amount_fen, paid_at, received_at, outcome)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING order_id`,
      [tx.book, notice.channel, notice.noticeNo, orderId, notice.amountFen, notice.paidAt, tx.now, outcome],
    );
    present(rows[0], 'a notice is kept');
  }
}

const toNotice = (row: NoticeRow): StoredNotice => ({
  channel: row.channel,
  noticeNo: row.notice_no,
  orderId: row.order_id,
  amountFen: BigInt(row.amount_fen),
  outcome: row.outcome,
});
