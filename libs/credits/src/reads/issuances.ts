import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import { Regions } from '@app/regions';
import { gradeAt, type Grade } from '../grade';
import { ILLUSTRATIVE_NOTE } from '../measuring/coefficient.store';

/** What everybody may know of an issuance. It names no person. */
export interface PublicIssuance {
  readonly code: string;
  /** As of now; its code tells what it was issued as. */
  readonly grade: Grade;
  /** Region code, nine digits, and its name where the code is known. */
  readonly township: string;
  readonly townshipName: string | null;
  readonly year: number;
  readonly from: Day;
  readonly to: Day;
  /** The document that decided the issuance. */
  readonly documentNo: string;
  readonly grams: bigint;
  readonly bufferGrams: bigint;
  readonly issuedAt: Date;
  readonly coefficientSet: string;
  readonly method: string;
  readonly source: string;
  /** Who looked at it: the county's own re-check is not a third party's verification. */
  readonly verification: string;
  /** 示例系数，非核定值 when the coefficients are illustrative, else null. */
  readonly note: string | null;
}

interface IssuanceRow {
  readonly code: string;
  readonly grade: Grade;
  readonly township: string;
  readonly year: number;
  readonly from: Day;
  readonly to: Day;
  readonly documentNo: string;
  readonly grams: string;
  readonly bufferGrams: string;
  readonly issuedAt: Date;
  readonly coefficientSet: string;
  readonly method: string;
  readonly source: string;
  readonly illustrative: boolean;
}

const COUNTY_RECHECK = '县级复核，非独立第三方核证';

@Injectable()
export class Issuances {
  constructor(
    private readonly database: Database,
    private readonly regions: Regions,
  ) {}

  /** All of a book, newest first; or those with the codes. */
  async list(book: number, codes?: readonly string[]): Promise<PublicIssuance[]> {
    const rows = await this.database.query<IssuanceRow>(
      `SELECT i.code, ${gradeAt('i')} AS grade, i.region AS township, i.year, lower(i.period)::text AS "from",
              (upper(i.period) - 1)::text AS "to", i.document_no AS "documentNo", i.grams,
              i.buffer_grams AS "bufferGrams", i.issued_at AS "issuedAt", i.coefficient_set AS "coefficientSet",
              s.method, s.source, s.illustrative
         FROM credits.issuance i JOIN credits.coefficient_set s ON s.version = i.coefficient_set
        WHERE i.book = $1 AND ($2::text[] IS NULL OR i.code = ANY ($2))
        ORDER BY i.year DESC, i.code`,
      [book, codes ?? null],
    );
    const names = await this.regions.byCodes([...new Set(rows.map(({ township }) => township))]);
    return rows.map(({ illustrative, grams, bufferGrams, ...row }) => ({
      ...row,
      grams: BigInt(grams),
      bufferGrams: BigInt(bufferGrams),
      townshipName: names.get(row.township)?.name ?? null,
      verification: COUNTY_RECHECK,
      note: illustrative ? ILLUSTRATIVE_NOTE : null,
    }));
  }
}
