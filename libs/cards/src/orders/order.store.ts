import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { Reader } from '../products/product.store';

export type OrderState = 'held' | 'paid' | 'expired' | 'late' | 'refunded' | 'split';

export interface NewOrder {
  readonly id: string;
  readonly no: string;
  readonly product: string;
  readonly buyerUser: string;
  readonly requestDigest: Buffer;
  readonly faceSealed: Buffer;
  readonly numberIndex: Buffer;
  readonly numberLast4: string;
  readonly grams: bigint;
  readonly amountFen: bigint;
  readonly splitVersion: number;
  readonly holdExpiresAt: Date;
}

export interface Order extends NewOrder {
  readonly supplyId: string;
  readonly state: OrderState;
  readonly bound: boolean;
  readonly placedAt: Date;
  readonly channel: string | null;
  readonly paidAt: Date | null;
  readonly windowEndsOn: Day | null;
  readonly refundedGrams: bigint;
  readonly refundedFen: bigint;
  readonly settlement: string | null;
}

interface OrderRow {
  readonly id: string;
  readonly no: string;
  readonly product: string;
  readonly buyer_user: string;
  readonly request_digest: Buffer;
  readonly face_sealed: Buffer;
  readonly number_index: Buffer;
  readonly number_last4: string;
  readonly grams: string;
  readonly amount_fen: string;
  readonly split_version: number;
  readonly supply_id: string;
  readonly state: OrderState;
  readonly bound: boolean;
  readonly placed_at: Date;
  readonly hold_expires_at: Date;
  readonly channel: string | null;
  readonly paid_at: Date | null;
  readonly window_ends_on: Day | null;
  readonly refunded_grams: string;
  readonly refunded_fen: string;
  readonly settlement: string | null;
}

const COLUMNS = `id, no, product, buyer_user, request_digest, face_sealed, number_index, number_last4, grams, amount_fen,
  split_version, supply_id, state, bound, placed_at, hold_expires_at, channel, paid_at,
  window_ends_on::text AS window_ends_on, refunded_grams, refunded_fen, settlement`;

/** What settling an order writes on it. */
export interface Settled {
  readonly channel: string;
  readonly supplyId: string;
  readonly windowEndsOn: Day;
}

@Injectable()
export class OrderStore {
  /** Returns false when the order exists already or its card number is another buyer's. */
  async insert(tx: Tx, order: NewOrder): Promise<boolean> {
    const rows = await tx.query<{ id: string }>(
      `INSERT INTO cards.card_order (book, id, no, product, buyer_user, request_digest, face_sealed, number_index,
              number_last4, grams, amount_fen, split_version, supply_id, state, bound, placed_at, hold_expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $2, 'held', true, $13, $14)
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        tx.book,
        order.id,
        order.no,
        order.product,
        order.buyerUser,
        order.requestDigest,
        order.faceSealed,
        order.numberIndex,
        order.numberLast4,
        order.grams,
        order.amountFen,
        order.splitVersion,
        tx.now,
        order.holdExpiresAt,
      ],
    );
    return rows.length === 1;
  }

  async find(reader: Reader, book: number, id: string): Promise<Order | undefined> {
    const rows = await reader.query<OrderRow>(
      `SELECT ${COLUMNS} FROM cards.card_order WHERE book = $1 AND id = $2`,
      [book, id],
    );
    return rows[0] && toOrder(rows[0]);
  }

  /** Every operation on an order takes its row first. */
  async lock(tx: Tx, key: { readonly id: string } | { readonly no: string }): Promise<Order | undefined> {
    const [column, value] = 'id' in key ? (['id', key.id] as const) : (['no', key.no] as const);
    const rows = await tx.query<OrderRow>(
      `SELECT ${COLUMNS} FROM cards.card_order WHERE book = $1 AND ${column} = $2 FOR UPDATE`,
      [tx.book, value],
    );
    return rows[0] && toOrder(rows[0]);
  }

  async numberTakenByOther(tx: Tx, numberIndex: Buffer, buyerUser: string): Promise<boolean> {
    const rows = await tx.query(
      `SELECT 1 FROM cards.card_order
        WHERE book = $1 AND number_index = $2 AND buyer_user <> $3 AND bound LIMIT 1`,
      [tx.book, numberIndex, buyerUser],
    );
    return rows.length > 0;
  }

  /** Ends an unpaid hold: the card number is free again. */
  async markExpired(tx: Tx, id: string): Promise<void> {
    await tx.execute(
      `UPDATE cards.card_order SET state = 'expired', bound = false WHERE book = $1 AND id = $2 AND state = 'held'`,
      [tx.book, id],
    );
  }

  async markLate(tx: Tx, id: string, channel: string): Promise<void> {
    await tx.execute(
      `UPDATE cards.card_order SET state = 'late', channel = $3, paid_at = $4
        WHERE book = $1 AND id = $2 AND state = 'expired'`,
      [tx.book, id, channel, tx.now],
    );
  }

  async markPaid(tx: Tx, id: string, settled: Settled): Promise<void> {
    await tx.execute(
      `UPDATE cards.card_order
          SET state = 'paid', bound = true, channel = $3, supply_id = $4, window_ends_on = $5::date, paid_at = $6
        WHERE book = $1 AND id = $2 AND state IN ('held', 'late')`,
      [tx.book, id, settled.channel, settled.supplyId, settled.windowEndsOn, tx.now],
    );
  }

  /** Books what went back and frees the card number. An order of which nothing is left is refunded. */
  async addRefund(tx: Tx, id: string, grams: bigint, amountFen: bigint): Promise<void> {
    await tx.execute(
      `UPDATE cards.card_order
          SET refunded_grams = refunded_grams + $3, refunded_fen = refunded_fen + $4,
              bound = false,
              state = CASE WHEN refunded_grams + $3 = grams THEN 'refunded' ELSE state END
        WHERE book = $1 AND id = $2 AND state IN ('paid', 'late')`,
      [tx.book, id, grams, amountFen],
    );
  }

  async markSplit(tx: Tx, ids: readonly string[], settlement: string): Promise<number> {
    return tx.execute(
      `UPDATE cards.card_order SET state = 'split', settlement = $3
        WHERE book = $1 AND id = ANY ($2) AND state = 'paid'`,
      [tx.book, ids, settlement],
    );
  }

  /** Orders past their refund window, oldest first. Locked; what another run holds is left to it. */
  async lockPastWindow(tx: Tx, today: Day, limit: number): Promise<Order[]> {
    const rows = await tx.query<OrderRow>(
      `SELECT ${COLUMNS} FROM cards.card_order
        WHERE book = $1 AND state = 'paid' AND window_ends_on < $2::date
        ORDER BY window_ends_on, id LIMIT $3 FOR UPDATE SKIP LOCKED`,
      [tx.book, today, limit],
    );
    return rows.map(toOrder);
  }

  async unbind(tx: Tx, ids: readonly string[]): Promise<void> {
    await tx.execute('UPDATE cards.card_order SET bound = false WHERE book = $1 AND id = ANY ($2)', [
      tx.book,
      ids,
    ]);
  }
}

const toOrder = (row: OrderRow): Order => ({
  id: row.id,
  no: row.no,
  product: row.product,
  buyerUser: row.buyer_user,
  requestDigest: row.request_digest,
  faceSealed: row.face_sealed,
  numberIndex: row.number_index,
  numberLast4: row.number_last4,
  grams: BigInt(row.grams),
  amountFen: BigInt(row.amount_fen),
  splitVersion: row.split_version,
  holdExpiresAt: row.hold_expires_at,
  supplyId: row.supply_id,
  state: row.state,
  bound: row.bound,
  placedAt: row.placed_at,
  channel: row.channel,
  paidAt: row.paid_at,
  windowEndsOn: row.window_ends_on,
  refundedGrams: BigInt(row.refunded_grams),
  refundedFen: BigInt(row.refunded_fen),
  settlement: row.settlement,
});
