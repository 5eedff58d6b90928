import { Injectable } from '@nestjs/common';

import { present, type Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { Reader } from '../products/product.store';

export interface NewCard {
  readonly id: string;
  readonly orderId: string;
  readonly buyerUser: string;
  readonly numberIndex: Buffer;
  readonly grams: bigint;
  readonly termEndsOn: Day;
}

export interface Card extends NewCard {
  readonly retiredGrams: bigint;
  readonly refundedGrams: bigint;
  readonly certifiedGrams: bigint;
  readonly state: 'active' | 'refunded' | 'ended';
  readonly issuedAt: Date;
}

interface CardRow {
  readonly id: string;
  readonly order_id: string;
  readonly buyer_user: string;
  readonly number_index: Buffer;
  readonly grams: string;
  readonly retired_grams: string;
  readonly refunded_grams: string;
  readonly certified_grams: string;
  readonly state: Card['state'];
  readonly issued_at: Date;
  readonly term_ends_on: Day;
}

const COLUMNS = `id, order_id, buyer_user, number_index, grams, retired_grams, refunded_grams, certified_grams, state,
  issued_at, term_ends_on::text AS term_ends_on`;

/** First key of the advisory lock; the second is the book. */
const USAGE_LOCK = 6_109_100;

export const leftGrams = ({ grams, retiredGrams, refundedGrams }: Card): bigint =>
  grams - retiredGrams - refundedGrams;

@Injectable()
export class CardStore {
  async insert(tx: Tx, card: NewCard): Promise<void> {
    await tx.execute(
      `INSERT INTO cards.card (book, id, order_id, buyer_user, number_index, grams, state, issued_at, term_ends_on)
       VALUES ($1, $2, $3, $4, $5, $6, 'active', $7, $8::date)`,
      [tx.book, card.id, card.orderId, card.buyerUser, card.numberIndex, card.grams, tx.now, card.termEndsOn],
    );
  }

  /**
   * Whatever takes grams off cards takes this first: rides of one number may draw on several cards, and two
   * retirements at once would each see what the other is about to take. The ledger takes one at a time anyway.
   */
  async lockUsage(tx: Tx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1, $2)', [USAGE_LOCK, tx.book]);
  }

  async find(reader: Reader, book: number, id: string): Promise<Card | undefined> {
    const rows = await reader.query<CardRow>(
      `SELECT ${COLUMNS} FROM cards.card WHERE book = $1 AND id = $2`,
      [book, id],
    );
    return rows[0] && toCard(rows[0]);
  }

  /** The card of a paid order. */
  async ofOrder(tx: Tx, orderId: string): Promise<Card> {
    const rows = await tx.query<CardRow>(
      `SELECT ${COLUMNS} FROM cards.card WHERE book = $1 AND order_id = $2`,
      [tx.book, orderId],
    );
    return toCard(present(rows[0], 'a paid order has its card'));
  }

  async lock(tx: Tx, id: string): Promise<Card | undefined> {
    const rows = await tx.query<CardRow>(
      `SELECT ${COLUMNS} FROM cards.card WHERE book = $1 AND id = $2 FOR UPDATE`,
      [tx.book, id],
    );
    return rows[0] && toCard(rows[0]);
  }

  /** The running cards of some numbers, locked in id order. */
  async lockActive(tx: Tx, numbers: readonly Buffer[]): Promise<Card[]> {
    const rows = await tx.query<CardRow>(
      `SELECT ${COLUMNS} FROM cards.card WHERE book = $1 AND number_index = ANY ($2) AND state = 'active'
        ORDER BY id FOR UPDATE`,
      [tx.book, numbers],
    );
    return rows.map(toCard);
  }

  /** Running cards whose term is over, locked in id order. */
  async lockPastTerm(tx: Tx, today: Day, limit: number): Promise<Card[]> {
    const rows = await tx.query<CardRow>(
      `SELECT ${COLUMNS} FROM cards.card WHERE book = $1 AND state = 'active' AND term_ends_on < $2::date
        ORDER BY id LIMIT $3 FOR UPDATE`,
      [tx.book, today, limit],
    );
    return rows.map(toCard);
  }

  async addRetired(tx: Tx, taken: ReadonlyMap<string, bigint>): Promise<void> {
    await tx.execute(
      `UPDATE cards.card c SET retired_grams = c.retired_grams + t.grams
         FROM unnest($2::uuid[], $3::bigint[]) AS t (id, grams) WHERE c.book = $1 AND c.id = t.id`,
      [tx.book, [...taken.keys()], [...taken.values()].map(String)],
    );
  }

  /** What was not retired went back to its suppliers; the card is over. */
  async markRefunded(tx: Tx, id: string, grams: bigint): Promise<void> {
    await tx.execute(
      `UPDATE cards.card SET refunded_grams = refunded_grams + $3, state = 'refunded'
        WHERE book = $1 AND id = $2 AND state = 'active'`,
      [tx.book, id, grams],
    );
  }

  async markEnded(tx: Tx, ids: readonly string[]): Promise<void> {
    await tx.execute(
      `UPDATE cards.card SET state = 'ended' WHERE book = $1 AND id = ANY ($2) AND state = 'active'`,
      [tx.book, ids],
    );
  }

  async addCertified(tx: Tx, id: string, grams: bigint): Promise<void> {
    await tx.execute(
      'UPDATE cards.card SET certified_grams = certified_grams + $3 WHERE book = $1 AND id = $2',
      [tx.book, id, grams],
    );
  }
}

const toCard = (row: CardRow): Card => ({
  id: row.id,
  orderId: row.order_id,
  buyerUser: row.buyer_user,
  numberIndex: row.number_index,
  grams: BigInt(row.grams),
  retiredGrams: BigInt(row.retired_grams),
  refundedGrams: BigInt(row.refunded_grams),
  certifiedGrams: BigInt(row.certified_grams),
  state: row.state,
  issuedAt: row.issued_at,
  termEndsOn: row.term_ends_on,
});
