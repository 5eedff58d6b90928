import { Injectable } from '@nestjs/common';

import { RefundGrams, type RefundGramsRefusal, type RetireGramsRefusal } from '@app/credits';
import { dayOf, ok, present, refuse, type Result } from '@app/kernel';
import type { PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import type { RefundRefusal } from '../cards.refusals';
import { CardStore, leftGrams, type Card } from '../orders/card.store';
import { OrderStore, type Order } from '../orders/order.store';
import { SupplierStore } from '../orders/supplier.store';
import { RetireRides } from '../rides/retire-rides';
import { keptMoney } from '../split/split.rules';
import { PayBack } from './pay-back';

export interface Refund {
  readonly orderId: string;
  readonly grams: bigint;
  readonly amountFen: bigint;
  /** Grams that stay with the buyer's claim, because rides retired them. */
  readonly keptGrams: bigint;
  readonly keptFen: bigint;
}

export type RefundOrderRefusal = RefundRefusal | RetireGramsRefusal | RefundGramsRefusal | PostingRefusal;

/**
 * Gives back, inside the window, the part of an order whose grams no ride has retired: grams to their suppliers,
 * money to the channel. What was ridden before is retired first and stays paid for.
 */
@Injectable()
export class RefundOrder {
  constructor(
    private readonly orders: OrderStore,
    private readonly cards: CardStore,
    private readonly suppliers: SupplierStore,
    private readonly retireRides: RetireRides,
    private readonly refundGrams: RefundGrams,
    private readonly payBack: PayBack,
  ) {}

  /**
   * `buyerUser` limits it to that buyer's orders. Refuses ORDER_UNKNOWN, ORDER_STATE_WRONG, REFUND_WINDOW_CLOSED
   * with the last day, NOTHING_TO_REFUND.
   */
  async execute(tx: Tx, orderId: string, buyerUser?: string): Promise<Result<Refund, RefundOrderRefusal>> {
    await this.cards.lockUsage(tx);
    const checked = await this.check(tx, orderId, buyerUser);
    if (!checked.ok) return checked;
    const { order, card } = checked.value;
    const ridden = await this.retireRides.ofNumbers(tx, [card.numberIndex]);
    if (!ridden.ok) return ridden;
    const left = await this.lockCard(tx, card.id);
    const grams = leftGrams(left);
    if (grams === 0n) return refuse({ code: 'NOTHING_TO_REFUND', order: order.no });
    const keptFen = keptMoney(order.amountFen, left.retiredGrams, grams);
    const returned = await this.refundGrams.execute(tx, { orderId: order.supplyId, cardId: card.id });
    if (!returned.ok) return returned;
    await this.suppliers.giveBack(tx, order.supplyId, returned.value.suppliers);
    await this.cards.markRefunded(tx, card.id, grams);
    const amountFen = order.amountFen - keptFen;
    const paid = await this.payBack.execute(tx, order, { grams, amountFen, reason: 'asked' });
    if (!paid.ok) return paid;
    return ok({ orderId, grams, amountFen, keptGrams: left.retiredGrams, keptFen });
  }

  private async check(
    tx: Tx,
    orderId: string,
    buyerUser?: string,
  ): Promise<Result<{ order: Order; card: Card }, RefundRefusal>> {
    const order = await this.orders.lock(tx, { id: orderId });
    if (!order || (buyerUser !== undefined && order.buyerUser !== buyerUser)) {
      return refuse({ code: 'ORDER_UNKNOWN', order: orderId });
    }
    if (order.state !== 'paid') {
      return refuse({ code: 'ORDER_STATE_WRONG', order: order.no, state: order.state });
    }
    const endedOn = present(order.windowEndsOn, 'a paid order has a window');
    if (dayOf(tx.now) > endedOn) return refuse({ code: 'REFUND_WINDOW_CLOSED', order: order.no, endedOn });
    const card = await this.cards.ofOrder(tx, order.id);
    if (card.state !== 'active') return refuse({ code: 'NOTHING_TO_REFUND', order: order.no });
    return ok({ order, card });
  }

  private async lockCard(tx: Tx, id: string): Promise<Card> {
    return present(await this.cards.lock(tx, id), 'a card stays');
  }
}
