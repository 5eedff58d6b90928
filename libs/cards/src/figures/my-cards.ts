import { Injectable } from '@nestjs/common';

import { formatUnits, KILOGRAM, type Day } from '@app/kernel';
import { Database } from '@app/platform';
import { MoneyStore, type OrderMoneyView } from '../certificates/money.store';
import { CardFaces } from '../orders/card-face';
import type { OrderState } from '../orders/order.store';

/** An order of a buyer with the card it became, as the buyer sees it. Amounts in fen, carbon in grams. */
export interface MyCard {
  readonly orderId: string;
  readonly orderNo: string;
  readonly state: OrderState;
  readonly product: string;
  readonly productName: string;
  readonly buyerName: string;
  readonly cardLast4: string;
  readonly grams: bigint;
  readonly amountFen: bigint;
  readonly placedAt: Date;
  readonly holdExpiresAt: Date;
  readonly paidAt: Date | null;
  /** The last day on which unused grams may be given back. */
  readonly windowEndsOn: Day | null;
  readonly refundedGrams: bigint;
  readonly refundedFen: bigint;
  /** Where the money is; null until it was paid and kept. */
  readonly money: OrderMoneyView | null;
  readonly card: CardView | null;
}

export interface CardView {
  readonly id: string;
  readonly state: 'active' | 'refunded' | 'ended';
  readonly retiredGrams: bigint;
  readonly leftGrams: bigint;
  readonly certifiedGrams: bigint;
  readonly termEndsOn: Day;
  /** Rides of the card's number since the buyer bound it, on whichever of the buyer's cards. */
  readonly rides: number;
  readonly metres: bigint;
  readonly rideGrams: bigint;
  /** 出行估算排放 … kg｜已注销登记的认购碳汇 … kg: the two beside each other and never one less the other. */
  readonly gauge: string;
  readonly certificates: readonly {
    readonly number: string;
    readonly grams: bigint;
    readonly issuedAt: Date;
  }[];
}

interface MyCardRow {
  readonly order_id: string;
  readonly order_no: string;
  readonly state: OrderState;
  readonly product: string;
  readonly product_name: string;
  readonly face_sealed: Buffer;
  readonly number_last4: string;
  readonly grams: string;
  readonly amount_fen: string;
  readonly placed_at: Date;
  readonly hold_expires_at: Date;
  readonly paid_at: Date | null;
  readonly window_ends_on: Day | null;
  readonly refunded_grams: string;
  readonly refunded_fen: string;
  readonly card_id: string | null;
  readonly card_state: CardView['state'];
  readonly retired_grams: string;
  readonly card_refunded_grams: string;
  readonly certified_grams: string;
  readonly term_ends_on: Day;
  readonly number_retired_grams: string;
  readonly rides: number;
  readonly metres: string;
  readonly ride_grams: string;
  readonly certificates: { number: string; grams: string; issuedAt: string }[] | null;
}

const CARDS_MAX = 200;

const SQL = `
  WITH mine AS (
    SELECT * FROM cards.card_order WHERE book = $1 AND buyer_user = $2 ORDER BY placed_at DESC, no LIMIT ${CARDS_MAX}),
  numbers AS (
    SELECT c.number_index, min(c.issued_at) AS since, sum(c.retired_grams) AS retired_grams
      FROM cards.card c WHERE c.book = $1 AND c.buyer_user = $2 GROUP BY c.number_index),
  ridden AS (
    SELECT n.number_index, count(*)::int AS rides, sum(r.metres) AS metres, sum(r.grams) AS grams
      FROM numbers n JOIN cards.ride r ON r.book = $1 AND r.number_index = n.number_index AND r.at >= n.since
     GROUP BY n.number_index)
  SELECT o.id AS order_id, o.no AS order_no, o.state, o.product, p.name AS product_name, o.face_sealed,
         o.number_last4, o.grams, o.amount_fen, o.placed_at, o.hold_expires_at, o.paid_at,
         o.window_ends_on::text AS window_ends_on, o.refunded_grams, o.refunded_fen, c.id AS card_id,
         c.state AS card_state, c.retired_grams, c.refunded_grams AS card_refunded_grams, c.certified_grams,
         c.term_ends_on::text AS term_ends_on, n.retired_grams AS number_retired_grams,
         coalesce(r.rides, 0) AS rides, coalesce(r.metres, 0) AS metres, coalesce(r.grams, 0) AS ride_grams,
         (SELECT jsonb_agg(jsonb_build_object('number', t.number, 'grams', t.grams::text, 'issuedAt', t.issued_at)
                           ORDER BY t.issued_at, t.number)
            FROM cards.certificate t WHERE t.book = c.book AND t.card_id = c.id) AS certificates
    FROM mine o
    JOIN cards.product p ON p.book = o.book AND p.code = o.product
    LEFT JOIN cards.card c ON c.book = o.book AND c.order_id = o.id
    LEFT JOIN numbers n ON n.number_index = c.number_index
    LEFT JOIN ridden r ON r.number_index = c.number_index
   ORDER BY o.placed_at DESC, o.no`;

/** The orders and cards of one buyer, newest first. */
@Injectable()
export class MyCards {
  constructor(
    private readonly database: Database,
    private readonly faces: CardFaces,
    private readonly money: MoneyStore,
  ) {}

  async list(book: number, buyerUser: string): Promise<MyCard[]> {
    const rows = await this.database.query<MyCardRow>(SQL, [book, buyerUser]);
    const money = await this.money.of(
      book,
      rows.filter((row) => row.card_id !== null).map((row) => row.order_id),
    );
    return rows.map((row) => this.present(row, money.get(row.order_id) ?? null));
  }

  /** Every card that the buyer ever had. */
  async ids(book: number, buyerUser: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT c.id FROM cards.card_order o JOIN cards.card c ON c.book = o.book AND c.order_id = o.id
        WHERE o.book = $1 AND o.buyer_user = $2`,
      [book, buyerUser],
    );
    return rows.map(({ id }) => id);
  }

  private present(row: MyCardRow, money: OrderMoneyView | null): MyCard {
    return {
      orderId: row.order_id,
      orderNo: row.order_no,
      state: row.state,
      product: row.product,
      productName: row.product_name,
      buyerName: this.faces.open(row.face_sealed).buyerName,
      cardLast4: row.number_last4,
      grams: BigInt(row.grams),
      amountFen: BigInt(row.amount_fen),
      placedAt: row.placed_at,
      holdExpiresAt: row.hold_expires_at,
      paidAt: row.paid_at,
      windowEndsOn: row.window_ends_on,
      refundedGrams: BigInt(row.refunded_grams),
      refundedFen: BigInt(row.refunded_fen),
      money,
      card: row.card_id === null ? null : cardOf(row, row.card_id),
    };
  }
}

function cardOf(row: MyCardRow, id: string): CardView {
  const rideGrams = BigInt(row.ride_grams);
  const kilograms = (grams: bigint): string => formatUnits(KILOGRAM, grams);
  return {
    id,
    state: row.card_state,
    retiredGrams: BigInt(row.retired_grams),
    leftGrams: BigInt(row.grams) - BigInt(row.retired_grams) - BigInt(row.card_refunded_grams),
    certifiedGrams: BigInt(row.certified_grams),
    termEndsOn: row.term_ends_on,
    rides: row.rides,
    metres: BigInt(row.metres),
    rideGrams,
    gauge:
      `出行估算排放 ${kilograms(rideGrams)} kg｜` +
      `已注销登记的认购碳汇 ${kilograms(BigInt(row.number_retired_grams))} kg`,
    certificates: (row.certificates ?? []).map(({ number, grams, issuedAt }) => ({
      number,
      grams: BigInt(grams),
      issuedAt: new Date(issuedAt),
    })),
  };
}
