import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';

/** Days for which land was credited. */
export interface CreditedYear {
  /** First and last day. */
  readonly from: Day;
  readonly to: Day | null;
  readonly scheme: string;
  /** Code of the issuance; null for another registry's grams and for what former land brought along. */
  readonly issuance: string | null;
  /** Grams measured of this parcel for it; null where they were not measured here under this code. */
  readonly grams: bigint | null;
}

/** A parcel whose facts are not what its grams were measured with: an order came after the measurement. */
export interface CreditedChange {
  readonly parcel: string;
  readonly village: string;
  readonly year: number;
  readonly issuance: string;
  /** What it was measured with, and what is now held to be true of the last day of the year. */
  readonly measured: MeasuredFacts;
  readonly now: MeasuredFacts | null;
  readonly grams: bigint;
}

export interface MeasuredFacts {
  readonly areaMu100: string;
  readonly forestClass: string;
  readonly ageGroup: string;
  readonly origin: string;
}

export interface CreditedChangeFilter {
  /** Only parcels in one of these regions: what the reader may see. */
  readonly scope: readonly string[];
  /** Code and year after which the page begins. */
  readonly after?: { readonly parcel: string; readonly year: number };
  readonly count: number;
}

/** What is told of land when facts behind its grams change: nothing that was issued changes by itself. */
@Injectable()
export class LandCredits {
  constructor(private readonly database: Database) {}

  /** Credited days of the parcel's land from the day on, in their order. */
  async creditedFrom(book: number, parcelCode: string, day: Day): Promise<CreditedYear[]> {
    const rows = await this.database.query<Omit<CreditedYear, 'grams'> & { grams: string | null }>(
      `SELECT lower(c.period)::text AS "from", (upper(c.period) - 1)::text AS "to", c.scheme, i.code AS issuance, m.grams
         FROM registry.parcel p
         JOIN credits.claim c ON c.book = p.book AND c.land_unit = p.land_unit
         LEFT JOIN credits.issuance i ON i.book = c.book AND i.id = c.issuance
         LEFT JOIN credits.measurement m ON m.book = p.book AND m.parcel = p.id AND m.issuance = c.issuance
        WHERE p.book = $1 AND p.code = $2 AND coalesce(upper(c.period) > $3::date, true)
        ORDER BY lower(c.period)`,
      [book, parcelCode, day],
    );
    return rows.map((row) => ({ ...row, grams: row.grams === null ? null : BigInt(row.grams) }));
  }

  /**
   * Issued measurements whose inputs differ from what is now held to be true of the last day of their year: somebody
   * has to look whether grams are to be cancelled or replaced. By parcel and year.
   */
  async changedSince(book: number, { scope, after, count }: CreditedChangeFilter): Promise<CreditedChange[]> {
    const rows = await this.database.query<Omit<CreditedChange, 'grams'> & { grams: string }>(
      `SELECT q.code AS parcel, q.village, m.year, i.code AS issuance, m.grams,
              ${factsOf('m')} AS measured, CASE WHEN f.id IS NOT NULL THEN ${factsOf('f')} END AS now
         FROM registry.parcel q
         JOIN credits.measurement m ON m.book = q.book AND m.parcel = q.id AND m.issuance IS NOT NULL
         JOIN credits.issuance i ON i.book = m.book AND i.id = m.issuance
         LEFT JOIN LATERAL (SELECT * FROM registry.parcel_on($1, make_date(m.year, 12, 31)) o WHERE o.id = q.id) f ON true
        WHERE q.book = $1 AND q.version > 0
          AND (f.id IS NULL OR ${columns('f')} IS DISTINCT FROM ${columns('m')})
          AND EXISTS (SELECT FROM unnest($2::text[]) own WHERE starts_with(q.village, own))
          AND ($3::text IS NULL OR (q.code, m.year) > ($3, $4::int))
        ORDER BY q.code, m.year LIMIT $5`,
      [book, scope, after?.parcel ?? null, after?.year ?? null, count],
    );
    return rows.map((row) => ({ ...row, grams: BigInt(row.grams) }));
  }
}

const columns = (row: string): string =>
  `(${row}.area_mu100, ${row}.forest_class, ${row}.age_group, ${row}.origin)`;
const factsOf = (row: string): string =>
  `jsonb_build_object('areaMu100', ${row}.area_mu100::text, 'forestClass', ${row}.forest_class,
     'ageGroup', ${row}.age_group, 'origin', ${row}.origin)`;
