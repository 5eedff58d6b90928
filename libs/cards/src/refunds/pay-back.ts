import { Injectable } from '@nestjs/common';

import { idOf, ok, present, type Result } from '@app/kernel';
import { Ledger, move, type DomainLedger, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { custodyPath, MONEY, unsplitPath } from '../cards.paths';
import { OrderStore, type Order } from '../orders/order.store';
import { RefundStore } from './refund.store';

export type PayBackReason = 'asked' | 'no-grams' | 'number-taken';

export interface PayBackTerms {
  readonly grams: bigint;
  readonly amountFen: bigint;
  readonly reason: PayBackReason;
}

/** Books money back to the channel it came from: unsplit → custody, as a reversal of the payment. */
@Injectable()
export class PayBack {
  private readonly books: DomainLedger;

  constructor(
    private readonly orders: OrderStore,
    private readonly refunds: RefundStore,
    ledger: Ledger,
  ) {
    this.books = ledger.domain('cards');
  }

  /** The caller holds the order's row. Posts last. An order is paid back once: what is left is split. */
  async execute(tx: Tx, order: Order, terms: PayBackTerms): Promise<Result<{ id: string }, PostingRefusal>> {
    const channel = present(order.channel, 'a paid order has a channel');
    const id = idOf('cards.refund', order.id);
    await this.orders.addRefund(tx, order.id, terms.grams, terms.amountFen);
    await this.refunds.insert(tx, { id, orderId: order.id, channel, ...terms });
    tx.audit({
      order: order.id,
      refundedGrams: terms.grams.toString(),
      refundedFen: terms.amountFen.toString(),
      reason: terms.reason,
    });
    if (terms.amountFen === 0n) return ok({ id });
    const posted = await this.books.post(tx, [
      {
        id,
        kind: 'cards.refund',
        reference: order.no,
        reverses: idOf('cards.pay', order.id),
        legs: move(unsplitPath(order.id), custodyPath(channel), MONEY, terms.amountFen),
      },
    ]);
    return posted.ok ? ok({ id }) : posted;
  }
}
