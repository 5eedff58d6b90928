import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';

/** What an issuance made of a parcel. */
export interface ParcelIssuance {
  readonly issuanceCode: string;
  /** The last day of the period: whose right held then was credited. */
  readonly asOf: Day;
  readonly parties: number;
  readonly grams: bigint;
}

const ISSUANCES_MAX = 200;

/** Which issuances rest on the rights to a parcel. */
@Injectable()
export class ParcelIssuances {
  constructor(private readonly database: Database) {}

  /** Those as of one of the days, the earliest first. */
  async of(book: number, parcelCode: string, from: Day, to: Day | null): Promise<ParcelIssuance[]> {
    const rows = await this.database.query<Omit<ParcelIssuance, 'grams'> & { grams: string }>(
      `SELECT i.code AS "issuanceCode", (upper(m.period) - 1)::text AS "asOf", count(DISTINCT s.party)::int AS parties,
              sum(s.grams)::text AS grams
         FROM registry.parcel p
         JOIN credits.measurement m ON m.book = p.book AND m.parcel = p.id
         JOIN credits.issuance_share s ON s.book = m.book AND s.measurement = m.id
         JOIN credits.issuance i ON i.book = s.book AND i.id = s.issuance
        WHERE p.book = $1 AND p.code = $2 AND daterange($3::date, $4::date, '[]') @> (upper(m.period) - 1)
        GROUP BY i.code, upper(m.period) ORDER BY 2, 1 LIMIT ${ISSUANCES_MAX}`,
      [book, parcelCode, from, to],
    );
    return rows.map((row) => ({ ...row, grams: BigInt(row.grams) }));
  }
}
