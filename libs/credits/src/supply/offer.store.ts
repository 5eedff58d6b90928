import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import { gradeAt, type Grade } from '../grade';
import type { Offer } from './supplier.rules';

/** Reads are the same from a Tx or the Database: both have `query`. */
export interface Reader {
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
}

export interface OfferQuery {
  readonly book: number;
  readonly grades: readonly Grade[];
  /** The day on which consent must be in force. */
  readonly day: Day;
}

/** In what order offers are wanted, and how many. */
export interface OfferList extends OfferQuery {
  readonly order: keyof typeof ORDERS;
  readonly count: number;
}

/**
 * What every party that consented may still sell, by issuance: the consented share of its free grams, less what
 * has left its holding since the issuance. The buffer is never for sale; what returned of it is free. An
 * issuance counts with its grade of now.
 */
const OFFERS = `
  WITH graded AS MATERIALIZED (
    SELECT i.id, i.issued_at FROM credits.issuance i WHERE i.book = $1 AND ${gradeAt('i')} = ANY ($2)),
  line AS (
    SELECT l.party, l.issuance, l.lot, i.issued_at, l.grams - l.buffer_grams + l.returned_grams - coalesce(h.grams, 0) AS sold,
           div((l.grams - l.buffer_grams + l.returned_grams)::numeric * c.share_ppm, 1000000) AS consented
      FROM registry.consent_in_force c
      JOIN credits.issuance_line l ON l.book = c.book AND l.party = c.party
      JOIN graded i ON i.id = l.issuance
      LEFT JOIN (SELECT b.party, b.issuance, sum(upper(b.serials) - lower(b.serials)) AS grams
                   FROM credits.serial_block b
                  WHERE b.book = $1 AND b.place LIKE 'holding/%'
                  GROUP BY b.party, b.issuance) h ON h.party = l.party AND h.issuance = l.issuance
     WHERE c.book = $1 AND c.valid @> $3::date),
  offer AS (SELECT line.*, (consented - sold)::bigint AS grams FROM line WHERE consented > sold)`;

/** Fair: who sold the smallest part of what they may goes first; then the oldest issuance, then the lot. */
const ORDERS = {
  fair: 'sold / consented, issued_at, lot',
  largest: 'grams DESC, sold / consented, issued_at, lot',
} as const;

@Injectable()
export class OfferStore {
  /** Reservations of a book are made one after the other: two at once would see the same grams as free. */
  async lockBook(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('credits.reserve', $1))`, [tx.book]);
  }

  async offers(reader: Reader, { book, grades, day, order, count }: OfferList): Promise<Offer[]> {
    const rows = await reader.query<{ party: string; issuance: string; grams: string }>(
      `${OFFERS} SELECT party, issuance, grams FROM offer ORDER BY ${ORDERS[order]} LIMIT $4`,
      [book, grades, day, count],
    );
    return rows.map((row) => ({ ...row, grams: BigInt(row.grams) }));
  }

  /** What one party offers of one issuance. */
  async offerOf(
    reader: Reader,
    { book, grades, day }: OfferQuery,
    { party, issuance }: { readonly party: string; readonly issuance: string },
  ): Promise<bigint> {
    const rows = await reader.query<{ grams: string }>(
      `${OFFERS} SELECT grams FROM offer WHERE party = $4 AND issuance = $5`,
      [book, grades, day, party, issuance],
    );
    return BigInt(rows[0]?.grams ?? 0);
  }

  /** What all offers come to. */
  async available(reader: Reader, { book, grades, day }: OfferQuery): Promise<bigint> {
    const rows = await reader.query<{ grams: string }>(
      `${OFFERS} SELECT coalesce(sum(grams), 0)::text AS grams FROM offer`,
      [book, grades, day],
    );
    return BigInt(rows[0]?.grams ?? 0);
  }
}
