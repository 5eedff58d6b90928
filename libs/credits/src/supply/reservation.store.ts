import { Injectable } from '@nestjs/common';

import { invariant } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { ReservationState } from '../credits.refusals';
import type { Grade } from '../grade';

/** Grams of one issuance that one party supplies. */
export interface Supply {
  readonly party: string;
  /** Issuance id. */
  readonly issuance: string;
  readonly grams: bigint;
}

export interface Reservation {
  readonly orderId: string;
  readonly grams: bigint;
  readonly leastGrade: Grade;
  readonly expiresAt: Date;
  readonly state: ReservationState;
  readonly card: string | null;
}

@Injectable()
export class ReservationStore {
  async insert(
    tx: Tx,
    reservation: Pick<Reservation, 'orderId' | 'grams' | 'leastGrade' | 'expiresAt'>,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.reservation (book, order_id, grams, least_grade, expires_at, reserved_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        tx.book,
        reservation.orderId,
        reservation.grams.toString(),
        reservation.leastGrade,
        reservation.expiresAt,
        tx.now,
      ],
    );
  }

  async insertSupplies(tx: Tx, orderId: string, supplies: readonly Supply[]): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.supply (book, order_id, party, issuance, grams)
       SELECT $1, $2, s.party, s.issuance, s.grams
         FROM unnest($3::uuid[], $4::uuid[], $5::bigint[]) AS s (party, issuance, grams)`,
      [
        tx.book,
        orderId,
        supplies.map(({ party }) => party),
        supplies.map(({ issuance }) => issuance),
        supplies.map(({ grams }) => grams.toString()),
      ],
    );
  }

  /** Holds the row until the commit: an order is assigned, released or refunded by one at a time. */
  async lock(tx: Tx, orderId: string): Promise<Reservation | undefined> {
    const rows = await tx.query<Omit<Reservation, 'grams'> & { grams: string }>(
      `SELECT order_id AS "orderId", grams, least_grade AS "leastGrade", expires_at AS "expiresAt", state, card
         FROM credits.reservation WHERE book = $1 AND order_id = $2 FOR UPDATE`,
      [tx.book, orderId],
    );
    return rows[0] && { ...rows[0], grams: BigInt(rows[0].grams) };
  }

  async supplies(tx: Tx, orderId: string): Promise<Supply[]> {
    const rows = await tx.query<{ party: string; issuance: string; grams: string }>(
      `SELECT party, issuance, grams FROM credits.supply WHERE book = $1 AND order_id = $2 ORDER BY party, issuance`,
      [tx.book, orderId],
    );
    return rows.map((row) => ({ ...row, grams: BigInt(row.grams) }));
  }

  async end(
    tx: Tx,
    orderId: string,
    from: ReservationState,
    to: { readonly state: ReservationState; readonly card: string | null },
  ): Promise<void> {
    const ended = await tx.execute(
      `UPDATE credits.reservation SET state = $4, card = $5, ended_at = $6
        WHERE book = $1 AND order_id = $2 AND state = $3`,
      [tx.book, orderId, from, to.state, to.card, tx.now],
    );
    invariant(ended === 1, 'a reservation ends while its row is held');
  }
}
