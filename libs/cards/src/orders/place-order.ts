import { Injectable } from '@nestjs/common';

import { ReserveGrams, type ReserveGramsRefusal } from '@app/credits';
import { dayOf, idOf, newId, ok, present, refuse, type Result } from '@app/kernel';
import { Jobs, type Tx } from '@app/platform';
import { EXPIRE_HOLD } from '../cards.jobs';
import type { MarketRefusal, OrderRefusal } from '../cards.refusals';
import { ProductStore, type Product } from '../products/product.store';
import { SplitRuleStore } from '../products/split-rule.store';
import { CardFaces } from './card-face';
import { priceOf, readCardNumber, SUPPLIERS_MAX } from './order.rules';
import { OrderStore, type NewOrder, type Order } from './order.store';
import { SupplierStore } from './supplier.store';

export interface OrderDraft {
  /** The caller's Idempotency-Key; the same key of the same buyer is the same order. */
  readonly key?: string | undefined;
  readonly product: string;
  readonly grams: bigint;
  readonly cardNumber: string;
  readonly buyerName: string;
  /** User id of the buyer. */
  readonly buyerUser: string;
}

export type PlaceOrderRefusal =
  | OrderRefusal
  | Extract<MarketRefusal, { code: 'PRODUCT_UNKNOWN' | 'SPLIT_RULE_MISSING' }>
  | ReserveGramsRefusal;

const MINUTE_MS = 60_000;

/** Places an order: binds the card number and holds consented grams until the money comes or the hold ends. */
@Injectable()
export class PlaceOrder {
  constructor(
    private readonly catalogue: ProductStore,
    private readonly rules: SplitRuleStore,
    private readonly orders: OrderStore,
    private readonly suppliers: SupplierStore,
    private readonly faces: CardFaces,
    private readonly jobs: Jobs,
    private readonly reserveGrams: ReserveGrams,
  ) {}

  /**
   * Refuses PRODUCT_UNKNOWN, SPLIT_RULE_MISSING, ORDER_SIZE_WRONG, CARD_NUMBER_MALFORMED, CARD_NUMBER_TAKEN,
   * KEY_REUSED (the key came with another body) and the credits lib's CONSENTED_GRAMS_INSUFFICIENT with what is
   * available and what was asked.
   */
  async execute(
    tx: Tx,
    draft: OrderDraft,
  ): Promise<Result<{ order: Order; replayed: boolean }, PlaceOrderRefusal>> {
    const product = await this.catalogue.find(tx, tx.book, draft.product);
    if (!product) return refuse({ code: 'PRODUCT_UNKNOWN', product: draft.product });
    const built = await this.build(tx, draft, product);
    if (!built.ok) return built;
    const order = built.value;
    if (!(await this.orders.insert(tx, order))) return this.replayOrRefuse(tx, order);
    await this.jobs.add(tx, EXPIRE_HOLD, { orderId: order.id }, { dueAt: order.holdExpiresAt });
    tx.audit({ order: order.id, grams: order.grams.toString(), amountFen: order.amountFen.toString() });
    const reserved = await this.reserveGrams.execute(tx, {
      orderId: order.id,
      grams: order.grams,
      leastGrade: product.leastGrade,
      expiresAt: order.holdExpiresAt,
      maxSuppliers: SUPPLIERS_MAX,
    });
    if (!reserved.ok) return reserved;
    await this.suppliers.insert(tx, order.id, order.id, reserved.value.suppliers);
    return ok({ order: await this.read(tx, order.id), replayed: false });
  }

  private async build(
    tx: Tx,
    draft: OrderDraft,
    product: Product,
  ): Promise<Result<NewOrder, PlaceOrderRefusal>> {
    const cardNumber = readCardNumber(draft.cardNumber);
    if (cardNumber === undefined) {
      return refuse({ code: 'CARD_NUMBER_MALFORMED', expected: '6 to 24 digits or Latin letters' });
    }
    const price = priceOf(draft.grams, product);
    if (!price.ok) return price;
    const today = dayOf(tx.now);
    const rule = await this.rules.inForce(tx, tx.book, today);
    if (!rule) return refuse({ code: 'SPLIT_RULE_MISSING', day: today });
    const buyerName = draft.buyerName.trim();
    const id =
      draft.key === undefined ? newId() : idOf('card-order', String(tx.book), draft.buyerUser, draft.key);
    return ok({
      id,
      no: orderNo(today, id),
      product: product.code,
      buyerUser: draft.buyerUser,
      requestDigest: this.faces.digestOf(
        JSON.stringify([product.code, draft.grams.toString(), cardNumber, buyerName]),
      ),
      ...this.faces.seal({ cardNumber, buyerName }),
      grams: draft.grams,
      amountFen: price.value,
      splitVersion: rule.version,
      holdExpiresAt: new Date(tx.now.getTime() + product.holdMinutes * MINUTE_MS),
    });
  }

  /** The row was not inserted: the key was used before, or the card number is another buyer's. */
  private async replayOrRefuse(
    tx: Tx,
    order: NewOrder,
  ): Promise<Result<{ order: Order; replayed: boolean }, OrderRefusal>> {
    const known = await this.orders.find(tx, tx.book, order.id);
    if (!known) return refuse({ code: 'CARD_NUMBER_TAKEN', last4: order.numberLast4 });
    if (!known.requestDigest.equals(order.requestDigest)) {
      return refuse({ code: 'KEY_REUSED', id: known.id, field: 'body' });
    }
    return ok({ order: known, replayed: true });
  }

  private async read(tx: Tx, id: string): Promise<Order> {
    return present(await this.orders.find(tx, tx.book, id), 'an order just placed is there');
  }
}

/** K + day + twelve hex digits of the id: short enough for a payment remark, and not to be counted through. */
const orderNo = (day: string, id: string): string =>
  `k${day.replaceAll('-', '')}-${idOf('card-order-no', id).replaceAll('-', '').slice(0, 12)}`;
