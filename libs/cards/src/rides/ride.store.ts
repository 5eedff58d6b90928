import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';

export interface NewRide {
  readonly rideNo: string;
  readonly numberIndex: Buffer;
  readonly at: Date;
  readonly metres: bigint;
  readonly factorFrom: Day;
  readonly grams: bigint;
}

export interface StoredRide {
  readonly rideNo: string;
  readonly numberIndex: Buffer;
  readonly at: Date;
  readonly grams: bigint;
}

interface RideRow {
  readonly ride_no: string;
  readonly number_index: Buffer;
  readonly at: Date;
  readonly grams: string;
}

@Injectable()
export class RideStore {
  /** Adds rides that are not there yet; returns the numbers of those it added. */
  async insert(tx: Tx, rides: readonly NewRide[]): Promise<Set<string>> {
    const rows = await tx.query<{ ride_no: string }>(
      `INSERT INTO cards.ride (book, ride_no, number_index, at, metres, factor_from, grams, taken_at)
       SELECT $1, r.ride_no, r.number_index, r.at, r.metres, r.factor_from, r.grams, $2
         FROM unnest($3::text[], $4::bytea[], $5::timestamptz[], $6::bigint[], $7::date[], $8::bigint[])
              AS r (ride_no, number_index, at, metres, factor_from, grams)
       ON CONFLICT DO NOTHING RETURNING ride_no`,
      [
        tx.book,
        tx.now,
        rides.map(({ rideNo }) => rideNo),
        rides.map(({ numberIndex }) => numberIndex),
        rides.map(({ at }) => at),
        rides.map(({ metres }) => metres.toString()),
        rides.map(({ factorFrom }) => factorFrom),
        rides.map(({ grams }) => grams.toString()),
      ],
    );
    return new Set(rows.map((row) => row.ride_no));
  }

  /** Ride numbers among these that are kept with another card, time or length. */
  async changed(tx: Tx, rides: readonly NewRide[]): Promise<Set<string>> {
    const rows = await tx.query<{ ride_no: string }>(
      `SELECT k.ride_no
         FROM unnest($2::text[], $3::bytea[], $4::timestamptz[], $5::bigint[])
              AS r (ride_no, number_index, at, metres)
         JOIN cards.ride k ON k.book = $1 AND k.ride_no = r.ride_no
        WHERE (k.number_index, k.at, k.metres) IS DISTINCT FROM (r.number_index, r.at, r.metres)`,
      [
        tx.book,
        rides.map(({ rideNo }) => rideNo),
        rides.map(({ numberIndex }) => numberIndex),
        rides.map(({ at }) => at),
        rides.map(({ metres }) => metres.toString()),
      ],
    );
    return new Set(rows.map((row) => row.ride_no));
  }

  /** Which of these card numbers have a card, running or over. Rides of any other number are nobody's. */
  async knownNumbers(tx: Tx, numbers: readonly Buffer[]): Promise<Set<string>> {
    const rows = await tx.query<{ number: string }>(
      `SELECT DISTINCT encode(number_index, 'hex') AS number FROM cards.card
        WHERE book = $1 AND number_index = ANY ($2)`,
      [tx.book, numbers],
    );
    return new Set(rows.map((row) => row.number));
  }

  /** Card numbers with rides to retire for. */
  async pendingNumbers(tx: Tx, limit: number): Promise<Buffer[]> {
    const rows = await tx.query<{ number_index: Buffer }>(
      `SELECT number_index FROM cards.ride WHERE book = $1 AND state = 'pending'
        GROUP BY number_index ORDER BY min(at) LIMIT $2`,
      [tx.book, limit],
    );
    return rows.map((row) => row.number_index);
  }

  /** The pending rides of some card numbers, earliest first. */
  async pending(tx: Tx, numbers: readonly Buffer[], limit: number): Promise<StoredRide[]> {
    const rows = await tx.query<RideRow>(
      `SELECT ride_no, number_index, at, grams FROM cards.ride
        WHERE book = $1 AND number_index = ANY ($2) AND state = 'pending' ORDER BY at, ride_no LIMIT $3`,
      [tx.book, numbers, limit],
    );
    return rows.map((row) => ({
      rideNo: row.ride_no,
      numberIndex: row.number_index,
      at: row.at,
      grams: BigInt(row.grams),
    }));
  }

  async markDone(tx: Tx, covered: ReadonlyMap<string, bigint>, retirement: string): Promise<void> {
    await tx.execute(
      `UPDATE cards.ride r SET state = 'done', covered_grams = c.grams, retired_in = $4
         FROM unnest($2::text[], $3::bigint[]) AS c (ride_no, grams)
        WHERE r.book = $1 AND r.ride_no = c.ride_no AND r.state = 'pending'`,
      [tx.book, [...covered.keys()], [...covered.values()].map(String), retirement],
    );
  }
}
