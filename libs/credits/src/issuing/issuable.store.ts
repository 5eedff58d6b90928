import { Injectable } from '@nestjs/common';

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

/** Reads what can be issued. */
@Injectable()
export class IssuableStore {
  constructor(private readonly database: Database) {}

  async townships(
    book: number,
    { region, period }: MeasuringScope,
    actor: string,
  ): Promise<WaitingTownship[]> {
    return this.database.query<WaitingTownship>(
      `SELECT left(m.village, 9) AS township, count(*)::int AS parcels,
              count(*) FILTER (WHERE m.rechecked_at IS NULL)::int AS "notRechecked",
              count(*) FILTER (WHERE m.measured_by = $4)::int AS "measuredBySelf",
              count(*) FILTER (WHERE m.rechecked_by = $4)::int AS "recheckedBySelf"
         FROM credits.measurement m
        WHERE ${WAITS}
        GROUP BY 1 ORDER BY 1`,
      [book, yearOf(period), region, actor],
    );
  }

  /**
   * The re-checked measurements of the region with the rights to their parcels on the last day of the period. The
   * caller holds the book's measurements, so that none is rejected meanwhile.
   */
  async issuables(tx: Tx, { region, period }: MeasuringScope, notBy: string | null): Promise<Issuable[]> {
    const params = [tx.book, yearOf(period), region];
    const measured = await tx.query<IssuableRow>(
      `SELECT m.id AS measurement, m.parcel, p.code AS parcel_code, m.land_unit, p.tenure, p.right_registered, m.grams
         FROM credits.measurement m
         JOIN registry.parcel_current p ON p.book = m.book AND p.id = m.parcel
        WHERE ${WAITS} AND m.rechecked_at IS NOT NULL
          AND ($4::text IS NULL OR (m.measured_by <> $4 AND m.rechecked_by <> $4))
        ORDER BY m.id`,
      [...params, notBy],
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
        WHERE s.version IN (SELECT m.coefficient_set FROM credits.measurement m
                             WHERE ${WAITS})
        ORDER BY s.buffer_ppm DESC, s.version LIMIT 1`,
      [tx.book, yearOf(period), region],
    );
    const row = rows[0];
    return row && { set: row.version, bufferPpm: BigInt(row.buffer_ppm) };
  }
}
