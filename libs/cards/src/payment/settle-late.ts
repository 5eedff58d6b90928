import { Injectable } from '@nestjs/common';

import { ReserveGrams, type ReserveGramsRefusal } from '@app/credits';
import { idOf, ok, present, type Result } from '@app/kernel';
import type { PostingRefusal } from '@app/ledger';
import { UnitOfWork, type Tx, type WorkContext } from '@app/platform';
import { SUPPLIERS_MAX } from '../orders/order.rules';
import { OrderStore, type Order } from '../orders/order.store';
import { SupplierStore } from '../orders/supplier.store';
import { ProductStore } from '../products/product.store';
import { PayBack, type PayBackReason } from '../refunds/pay-back';
import { SettleOrder, type SettleRefusal } from './settle-order';

export type LateOutcome = 'held-again' | 'paid-back' | 'nothing-to-do';

type LateRefusal = ReserveGramsRefusal | SettleRefusal | PostingRefusal;

const MINUTE_MS = 60_000;

/**
 * Money came after its hold had ended and waits in `unsplit`. Grams are held again if there still are enough and
 * the card number is still free; otherwise all of the money goes back. It is never split without grams.
 */
@Injectable()
export class SettleLate {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderStore,
    private readonly suppliers: SupplierStore,
    private readonly products: ProductStore,
    private readonly reserveGrams: ReserveGrams,
    private readonly settle: SettleOrder,
    private readonly payBack: PayBack,
  ) {}

  /** Two units of work, as a refused hold rolls its own back. May be run again at any point. */
  async execute(context: WorkContext, orderId: string): Promise<Result<LateOutcome, LateRefusal>> {
    const held = await this.unitOfWork.run(context, (tx) => this.holdAgain(tx, orderId));
    if (held.ok || held.reason.code !== 'CONSENTED_GRAMS_INSUFFICIENT') return held;
    return this.unitOfWork.run(context, (tx) => this.giveBack(tx, orderId, 'no-grams'));
  }

  private async holdAgain(tx: Tx, orderId: string): Promise<Result<LateOutcome, LateRefusal>> {
    const order = await this.lockLate(tx, orderId);
    if (!order) return ok('nothing-to-do');
    if (await this.orders.numberTakenByOther(tx, order.numberIndex, order.buyerUser)) {
      return this.giveBackOrder(tx, order, 'number-taken');
    }
    const product = present(await this.products.find(tx, tx.book, order.product), 'an order has its product');
    // The first hold has ended under the order's own id: the second needs another.
    const supplyId = idOf('card-order-held-again', order.id);
    const reserved = await this.reserveGrams.execute(tx, {
      orderId: supplyId,
      grams: order.grams,
      leastGrade: product.leastGrade,
      expiresAt: new Date(tx.now.getTime() + product.holdMinutes * MINUTE_MS),
      maxSuppliers: SUPPLIERS_MAX,
    });
    if (!reserved.ok) return reserved;
    await this.suppliers.insert(tx, order.id, supplyId, reserved.value.suppliers);
    tx.audit({ order: order.id, outcome: 'held-again' });
    const settled = await this.settle.execute(tx, { ...order, supplyId });
    return settled.ok ? ok('held-again') : settled;
  }

  private async giveBack(
    tx: Tx,
    orderId: string,
    reason: PayBackReason,
  ): Promise<Result<LateOutcome, PostingRefusal>> {
    const order = await this.lockLate(tx, orderId);
    return order ? this.giveBackOrder(tx, order, reason) : ok('nothing-to-do');
  }

  private async giveBackOrder(
    tx: Tx,
    order: Order,
    reason: PayBackReason,
  ): Promise<Result<LateOutcome, PostingRefusal>> {
    const { grams, amountFen } = order;
    const paid = await this.payBack.execute(tx, order, { grams, amountFen, reason });
    return paid.ok ? ok('paid-back') : paid;
  }

  private async lockLate(tx: Tx, orderId: string): Promise<Order | undefined> {
    const order = await this.orders.lock(tx, { id: orderId });
    return order?.state === 'late' ? order : undefined;
  }
}
