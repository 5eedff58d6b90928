import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import { Regions } from '@app/regions';
import { gradeAt, type Grade } from '../grade';
import { ILLUSTRATIVE_NOTE } from '../measuring/coefficient.store';
import type { MethodKind } from '../methodology/stock-change.rules';

/** What part of an issuance was measured with one set of coefficients or factors. */
export interface IssuanceSet {
  readonly coefficientSet: string;
  readonly methodKind: MethodKind;
  readonly method: string;
  readonly parcels: number;
  readonly grams: bigint;
  /** 示例系数，非核定值 when the set is illustrative, else null. */
  readonly note: string | null;
}

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
  /** Measured and left out, for the uncertainty of the coefficients. */
  readonly discountGrams: bigint;
  readonly issuedAt: Date;
  /** The one that gave the buffer's share. */
  readonly coefficientSet: string;
  /** Every set its grams were measured with, the most grams first. */
  readonly sets: readonly IssuanceSet[];
  /** Of every set its grams were measured with, as the source is. */
  readonly method: string;
  readonly source: string;
  /** Who looked at it: the county's own re-check (复核) is not a third party's verification (核证). */
  readonly verification: string;
  readonly verified: 'recheck' | 'third-party';
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
  readonly discountGrams: string;
  readonly report: { readonly body: string; readonly reportNo: string; readonly reportDay: Day } | null;
  readonly issuedAt: Date;
  readonly coefficientSet: string;
  readonly sets: readonly (Omit<IssuanceSet, 'grams' | 'note'> & { grams: string; illustrative: boolean })[];
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
              i.buffer_grams AS "bufferGrams", i.discount_grams AS "discountGrams", i.issued_at AS "issuedAt",
              i.coefficient_set AS "coefficientSet", q.sets, s.method, s.source, s.illustrative,
              CASE WHEN v.id IS NOT NULL THEN jsonb_build_object('body', v.body, 'reportNo', v.report_no,
                'reportDay', v.report_day::text) END AS report
         FROM credits.issuance i
         LEFT JOIN credits.verification v ON v.book = i.book AND v.id = i.verification
        CROSS JOIN LATERAL (
          SELECT string_agg(DISTINCT c.method, '；') AS method, string_agg(DISTINCT c.source, '；') AS source,
                 bool_or(c.illustrative) AS illustrative
            FROM credits.coefficient_set c
           WHERE c.owner IN (0, i.book) AND c.version = ANY (i.coefficient_set || i.coefficient_sets)) s
        CROSS JOIN LATERAL (
          SELECT coalesce(jsonb_agg(jsonb_build_object('coefficientSet', u.coefficient_set, 'methodKind', u.method_kind,
                   'method', c.method, 'parcels', u.parcels, 'grams', u.grams::text, 'illustrative', c.illustrative)
                   ORDER BY u.grams DESC, u.coefficient_set), '[]') AS sets
            FROM credits.issuance_set u
            JOIN credits.coefficient_set c ON c.owner = u.set_owner AND c.version = u.coefficient_set
           WHERE u.book = i.book AND u.issuance = i.id) q
        WHERE i.book = $1 AND ($2::text[] IS NULL OR i.code = ANY ($2))
        ORDER BY i.year DESC, i.code`,
      [book, codes ?? null],
    );
    const names = await this.regions.byCodes([...new Set(rows.map(({ township }) => township))]);
    return rows.map(({ illustrative, grams, bufferGrams, discountGrams, report, sets, ...row }) => ({
      ...row,
      grams: BigInt(grams),
      sets: sets.map(({ illustrative: isExample, ...set }) => ({
        ...set,
        grams: BigInt(set.grams),
        note: isExample ? ILLUSTRATIVE_NOTE : null,
      })),
      bufferGrams: BigInt(bufferGrams),
      discountGrams: BigInt(discountGrams),
      townshipName: names.get(row.township)?.name ?? null,
      verification: report
        ? `第三方核证：${report.body}，报告号 ${report.reportNo}，${report.reportDay}`
        : COUNTY_RECHECK,
      verified: report ? ('third-party' as const) : ('recheck' as const),
      note: illustrative ? ILLUSTRATIVE_NOTE : null,
    }));
  }
}
