import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database, type Tx } from '@app/platform';
import type { MeasuringScope } from '../measuring/measurement.store';
import { yearOf } from '../period.rules';
import type { Issuable } from './issuance.rules';
import type { RightShare } from './share.rules';

/** What waits for issuance in one township. */
export interface WaitingTownship {
  /** Nine digits. */
  readonly township: string;
  readonly parcels: number;
  readonly notRechecked: number;
  /** In no statement, open to comment until a day, and of which a comment waits for its answer. */
  readonly notStated: number;
  readonly openUntil: Day | null;
  readonly commentedOn: number;
  /** Of them, those that the person asked about measured or re-checked. */
  readonly measuredBySelf: number;
  readonly recheckedBySelf: number;
}

interface IssuableRow {
  readonly measurement: string;
  readonly parcel: string;
  readonly parcel_code: string;
  readonly land_unit: string;
  readonly tenure: string;
  readonly right_registered: boolean;
  readonly grams: string;
  readonly half_width_ppm: string | null;
  readonly verification: string | null;
}

interface RightRow {
  readonly parcel: string;
  readonly party: string;
  readonly party_no: string;
  readonly kind: string;
  readonly share_ppm: string;
  readonly document_no: string;
}

/** Measured, not rejected, not issued, and worth a gram. */
const WAITS = `m.book = $1 AND m.year = $2 AND starts_with(m.village, $3) AND m.rejected_at IS NULL
  AND m.issuance IS NULL AND m.grams > 0`;

/**
 * A comment on the parcel waits for its answer: it is held back, with what shares its land unit, for that is credited once.
 */
const COMMENTED_ON = `EXISTS (SELECT FROM credits.comment c
  JOIN credits.measurement o ON o.book = c.book AND o.parcel = c.parcel AND o.statement = c.statement
  WHERE c.book = m.book AND c.statement = m.statement AND o.land_unit = m.land_unit AND c.answered_at IS NULL)`;
const CHECKED = `(m.rechecked_at IS NOT NULL OR m.verification IS NOT NULL)`;

/** On what terms a day lets things be issued. */
export interface IssuingTerms {
  readonly today: Day;
  /** The county publishes what it measured before it issues it. */
  readonly needsStatement: boolean;
}

/** Reads what can be issued. */
@Injectable()
export class IssuableStore {
  constructor(private readonly database: Database) {}

  async townships(
    book: number,
    { region, period }: MeasuringScope,
    actor: string,
    today: Day,
  ): Promise<WaitingTownship[]> {
    return this.database.query<WaitingTownship>(
      `SELECT left(m.village, 9) AS township, count(*)::int AS parcels,
              count(*) FILTER (WHERE NOT ${CHECKED} AND NOT q.commented)::int AS "notRechecked",
              count(*) FILTER (WHERE m.statement IS NULL)::int AS "notStated",
              max(s.comment_until) FILTER (WHERE s.comment_until >= $5::date)::text AS "openUntil",
              count(*) FILTER (WHERE q.commented)::int AS "commentedOn",
              count(*) FILTER (WHERE m.measured_by = $4)::int AS "measuredBySelf",
              count(*) FILTER (WHERE m.rechecked_by = $4 OR v.decided_by = $4)::int AS "recheckedBySelf"
         FROM credits.measurement m
         LEFT JOIN credits.statement s ON s.book = m.book AND s.id = m.statement
         LEFT JOIN credits.verification v ON v.book = m.book AND v.id = m.verification
        CROSS JOIN LATERAL (SELECT m.statement IS NOT NULL AND ${COMMENTED_ON} AS commented) q
        WHERE ${WAITS}
        GROUP BY 1 ORDER BY 1`,
      [book, yearOf(period), region, actor, today],
    );
  }

  /**
   * The re-checked measurements of the region with the rights to their parcels on the last day of the period. The
   * caller holds the book's measurements, so that none is rejected meanwhile.
   */
  async issuables(
    tx: Tx,
    { region, period }: MeasuringScope,
    notBy: string | null,
    { today, needsStatement }: IssuingTerms,
  ): Promise<Issuable[]> {
    const params = [tx.book, yearOf(period), region];
    const measured = await tx.query<IssuableRow>(
      `SELECT m.id AS measurement, m.parcel, p.code AS parcel_code, m.land_unit, p.tenure, p.right_registered, m.grams,
              k.half_width_ppm, m.verification
         FROM credits.measurement m
         JOIN registry.parcel_current p ON p.book = m.book AND p.id = m.parcel
         JOIN credits.coefficient k ON k.owner = m.set_owner AND k.coefficient_set = m.coefficient_set AND k.forest_class = m.forest_class
          AND k.age_group = m.age_group AND k.origin = m.origin
         LEFT JOIN credits.statement s ON s.book = m.book AND s.id = m.statement
         LEFT JOIN credits.verification v ON v.book = m.book AND v.id = m.verification
        WHERE ${WAITS} AND ${CHECKED}
          AND ($4::text IS NULL OR (m.measured_by <> $4 AND m.rechecked_by IS DISTINCT FROM $4
                                    AND v.decided_by IS DISTINCT FROM $4))
          AND CASE WHEN m.statement IS NULL THEN NOT $6::boolean
                   ELSE coalesce(s.comment_until < $5::date, true) AND NOT ${COMMENTED_ON} END
        ORDER BY m.id`,
      [...params, notBy, today, needsStatement],
    );
    const rights = await tx.query<RightRow>(
      `SELECT r.parcel, r.party, r.party_external_no AS party_no, r.kind, r.share_ppm, r.document_no
         FROM registry.right_current r
         JOIN credits.measurement m ON m.book = r.book AND m.parcel = r.parcel
        WHERE ${WAITS} AND r.valid @> $4::date`,
      [...params, period.to],
    );
    const byParcel = new Map<string, RightShare[]>();
    for (const row of rights) {
      const right = {
        party: row.party,
        partyNo: row.party_no,
        kind: row.kind,
        sharePpm: BigInt(row.share_ppm),
        documentNo: row.document_no,
      };
      const known = byParcel.get(row.parcel);
      if (known) known.push(right);
      else byParcel.set(row.parcel, [right]);
    }
    return measured.map((row) => ({
      measurement: row.measurement,
      parcel: row.parcel,
      parcelCode: row.parcel_code,
      landUnit: row.land_unit,
      tenure: row.tenure,
      rightRegistered: row.right_registered,
      grams: BigInt(row.grams),
      halfWidthPpm: row.half_width_ppm === null ? null : BigInt(row.half_width_ppm),
      verification: row.verification,
      rights: byParcel.get(row.parcel) ?? [],
    }));
  }

  /** What the sets of the waiting measurements keep back; the larger part where two sets meet. */
  async terms(
    tx: Tx,
    { region, period }: MeasuringScope,
  ): Promise<{ set: string; bufferPpm: bigint } | undefined> {
    const rows = await tx.query<{ version: string; buffer_ppm: string }>(
      `SELECT s.version, s.buffer_ppm FROM credits.coefficient_set s
        WHERE (s.owner, s.version) IN (SELECT m.set_owner, m.coefficient_set FROM credits.measurement m
                             WHERE ${WAITS})
        ORDER BY s.buffer_ppm DESC, s.version LIMIT 1`,
      [tx.book, yearOf(period), region],
    );
    const row = rows[0];
    return row && { set: row.version, bufferPpm: BigInt(row.buffer_ppm) };
  }
}
