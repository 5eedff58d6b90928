import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { Grade } from '../grade';
import type { Place } from '../one-book/land.store';

/** Orders of one kind that were decided between two days. */
export interface DecidedOrders {
  readonly order: 'right' | 'parcel' | 'land' | 'party' | 'payee';
  readonly reason: string;
  readonly approved: number;
  readonly rejected: number;
}

export interface IssuedBetween {
  readonly code: string;
  readonly year: number;
  readonly grade: Grade;
  readonly documentNo: string;
  readonly issuedOn: Day;
  readonly grams: bigint;
}

/** Where an order lies, by its parcel or by its party. */
const ORDERS = `
  SELECT 'right' AS "order", o.reason, o.state, o.decided_at, p.village AS region
    FROM registry.right_order o JOIN registry.parcel p ON p.book = o.book AND p.id = o.parcel WHERE o.book = $1
  UNION ALL
  SELECT 'parcel', o.reason, o.state, o.decided_at, p.village
    FROM registry.parcel_order o JOIN registry.parcel p ON p.book = o.book AND p.id = o.parcel WHERE o.book = $1
  UNION ALL
  SELECT 'land', o.kind, o.state, o.decided_at,
         (SELECT min(p.village) FROM registry.land_order_parent q
            JOIN registry.parcel p ON p.book = q.book AND p.id = q.parcel WHERE q.book = o.book AND q.land_order = o.id)
    FROM registry.land_order o WHERE o.book = $1
  UNION ALL
  SELECT 'party', o.event, o.state, o.decided_at, o.region FROM registry.party_order o WHERE o.book = $1
  UNION ALL
  SELECT 'payee', coalesce(o.reason, 'end'), o.state, o.decided_at, t.region
    FROM registry.payee_order o JOIN registry.party t ON t.book = o.book AND t.id = o.party WHERE o.book = $1`;

@Injectable()
export class AuditStore {
  constructor(private readonly database: Database) {}

  orders({ book, region }: Place, from: Day, to: Day): Promise<DecidedOrders[]> {
    return this.database.query<DecidedOrders>(
      `SELECT q."order", q.reason, count(*) FILTER (WHERE q.state = 'approved')::int AS approved,
              count(*) FILTER (WHERE q.state = 'rejected')::int AS rejected
         FROM (${ORDERS}) q
        WHERE credits.day_of(q.decided_at) > $3::date AND credits.day_of(q.decided_at) <= $4::date
          AND starts_with(q.region, $2)
        GROUP BY 1, 2 ORDER BY 1, 2`,
      [book, region, from, to],
    );
  }

  /** Issuances are of townships: those of the region, and the one that a village of it lies in. */
  async issuances({ book, region }: Place, from: Day, to: Day): Promise<IssuedBetween[]> {
    const rows = await this.database.query<Omit<IssuedBetween, 'grams'> & { grams: string }>(
      `SELECT i.code, i.year, i.grade, i.document_no AS "documentNo", credits.day_of(i.issued_at)::text AS "issuedOn",
              i.grams
         FROM credits.issuance i
        WHERE i.book = $1 AND (starts_with(i.region, $2) OR starts_with($2, i.region))
          AND credits.day_of(i.issued_at) > $3::date AND credits.day_of(i.issued_at) <= $4::date
        ORDER BY i.issued_at, i.code`,
      [book, region, from, to],
    );
    return rows.map((row) => ({ ...row, grams: BigInt(row.grams) }));
  }
}
