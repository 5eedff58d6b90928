import { Injectable } from '@nestjs/common';

import type { Tx } from '@app/platform';

export interface NewRefund {
  readonly id: string;
  readonly orderId: string;
  readonly channel: string;
  readonly grams: bigint;
  readonly amountFen: bigint;
  readonly reason: 'asked' | 'no-grams' | 'number-taken';
}

@Injectable()
export class RefundStore {
  async insert(tx: Tx, refund: NewRefund): Promise<void> {
    await tx.execute(
      `INSERT INTO cards.refund (book, id, order_id, channel, grams, amount_fen, reason, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        tx.book,
        refund.id,
        refund.orderId,
        refund.channel,
        refund.grams,
        refund.amountFen,
        refund.reason,
        tx.now,
      ],
    );
  }
}
