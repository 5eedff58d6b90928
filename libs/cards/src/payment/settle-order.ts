import { Injectable } from '@nestjs/common';

import { AssignGrams, type AssignGramsRefusal } from '@app/credits';
import { addDays, dayOf, idOf, ok, present, startOf, type Day, type Result } from '@app/kernel';
import { Jobs, type Tx } from '@app/platform';
import { END_TERMS, SPLIT_ORDERS } from '../cards.jobs';
import { CardStore } from '../orders/card.store';
import { OrderStore, type Order } from '../orders/order.store';
import { ProductStore } from '../products/product.store';

export type SettleRefusal = AssignGramsRefusal;

/** A paid order becomes a card: the held grams move to it, the refund window and the term begin. */
@Injectable()
export class SettleOrder {
  constructor(
    private readonly orders: OrderStore,
    private readonly cards: CardStore,
    private readonly products: ProductStore,
    private readonly jobs: Jobs,
    private readonly assignGrams: AssignGrams,
  ) {}

  /** The caller holds the order's row and books the money. */
  async execute(
    tx: Tx,
    order: Order & { readonly channel: string | null },
  ): Promise<Result<{ cardId: string }, SettleRefusal>> {
    const product = present(await this.products.find(tx, tx.book, order.product), 'an order has its product');
    const cardId = idOf('card', order.id);
    const today = dayOf(tx.now);
    const windowEndsOn = addDays(today, product.windowDays);
    const termEndsOn = addDays(today, product.termDays);
    const channel = present(order.channel, 'a paid order has a channel');
    await this.orders.markPaid(tx, order.id, { channel, supplyId: order.supplyId, windowEndsOn });
    await this.cards.insert(tx, {
      id: cardId,
      orderId: order.id,
      buyerUser: order.buyerUser,
      numberIndex: order.numberIndex,
      grams: order.grams,
      termEndsOn,
    });
    await this.addDayJob(tx, SPLIT_ORDERS, windowEndsOn);
    await this.addDayJob(tx, END_TERMS, termEndsOn);
    const assigned = await this.assignGrams.execute(tx, { orderId: order.supplyId, cardId });
    return assigned.ok ? ok({ cardId }) : assigned;
  }

  /** One job a day serves all orders of the day. */
  private async addDayJob(tx: Tx, job: typeof SPLIT_ORDERS, lastDay: Day): Promise<void> {
    await this.jobs.add(
      tx,
      job,
      {},
      { id: idOf(job.name, String(tx.book), lastDay), dueAt: startOf(addDays(lastDay, 1)) },
    );
  }
}
