import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { Grade } from '../grade';
import type { PartyLoss } from './party-loss';

interface ShareRow {
  readonly party: string;
  readonly partyNo: string;
  readonly kind: string;
  readonly sharePpm: string;
  readonly documentNo: string;
}

export interface MeasuredParcelRow {
  readonly parcelCode: string;
  readonly village: string;
  readonly from: Day;
  readonly to: Day;
  readonly grams: string;
  readonly explanation: Readonly<Record<string, string>>;
  readonly rechecked: boolean;
  readonly issuance: { readonly code: string; readonly grade: Grade } | null;
  /** Of every party of the parcel; null while it is not issued. */
  readonly issued: readonly (ShareRow & { readonly grams: string })[] | null;
  /** To the parcel on the last day of the period. */
  readonly rights: readonly ShareRow[];
}

type LossRow = {
  readonly [Key in keyof PartyLoss]: PartyLoss[Key] extends bigint ? string : PartyLoss[Key];
} & {
  readonly party: string;
};
export interface BufferRow {
  readonly party: string;
  readonly issuance: string;
  readonly issuedDay: Day;
  readonly grams: bigint;
}

@Injectable()
export class HouseholdStore {
  constructor(private readonly database: Database) {}

  /**
   * The measured parcels that the parties have or had a right to, newest year first. jsonb carries the integers as
   * text. A parcel sold since shows as long as it was the party's when it grew.
   */
  measured(book: number, parties: readonly string[]): Promise<MeasuredParcelRow[]> {
    return this.database.query<MeasuredParcelRow>(
      `SELECT p.code AS "parcelCode", m.village, lower(m.period)::text AS "from", (upper(m.period) - 1)::text AS "to",
              m.grams, m.explanation || jsonb_build_object('method', c.method, 'source', c.source) AS explanation,
              m.rechecked_at IS NOT NULL OR m.verification IS NOT NULL AS rechecked,
              CASE WHEN i.id IS NOT NULL THEN jsonb_build_object('code', i.code, 'grade', i.grade) END AS issuance,
              CASE WHEN i.id IS NOT NULL THEN (
                SELECT jsonb_agg(jsonb_build_object('party', s.party, 'kind', s.right_kind,
                         'sharePpm', s.share_ppm::text, 'documentNo', s.document_no, 'grams', s.grams::text))
                  FROM credits.issuance_share s WHERE s.book = m.book AND s.measurement = m.id) END AS issued,
              coalesce((
                SELECT jsonb_agg(jsonb_build_object('party', r.party, 'partyNo', r.party_external_no, 'kind', r.kind,
                         'sharePpm', r.share_ppm::text, 'documentNo', r.document_no))
                  FROM registry.right_current r
                 WHERE r.book = m.book AND r.parcel = m.parcel AND r.valid @> upper(m.period) - 1), '[]') AS rights
         FROM credits.measurement m
         JOIN registry.parcel_current p ON p.book = m.book AND p.id = m.parcel
         JOIN credits.coefficient_set c ON c.owner = m.set_owner AND c.version = m.coefficient_set
         LEFT JOIN credits.issuance i ON i.book = m.book AND i.id = m.issuance
        WHERE m.book = $1 AND m.rejected_at IS NULL
          AND m.parcel IN (SELECT r.parcel FROM registry.right_current r
                            WHERE r.book = $1 AND r.party = ANY ($2::uuid[]))
        ORDER BY lower(m.period) DESC, p.code`,
      [book, parties],
    );
  }

  /** What reversals in force took of the parties, the newest first. */
  async losses(book: number, parties: readonly string[]): Promise<Map<string, PartyLoss[]>> {
    const rows = await this.database.query<LossRow>(
      `SELECT s.party, s.reversal, v.kind, v.day::text AS day, p.code AS "parcelCode", m.year, s.lost_grams AS "lostGrams",
              s.holding_grams AS "holdingGrams", s.buffer_grams AS "bufferGrams", s.owed_grams AS "owedGrams"
         FROM credits.reversal_share s
         JOIN credits.reversal v ON v.book = s.book AND v.id = s.reversal
         JOIN credits.measurement m ON m.book = s.book AND m.id = s.measurement
         JOIN registry.parcel p ON p.book = m.book AND p.id = m.parcel
        WHERE s.book = $1 AND s.party = ANY ($2::uuid[])
        ORDER BY v.decided_at DESC, p.code, m.year`,
      [book, parties],
    );
    const losses = new Map<string, PartyLoss[]>();
    for (const { party, ...row } of rows) {
      const loss = {
        ...row,
        ...{ lostGrams: BigInt(row.lostGrams), holdingGrams: BigInt(row.holdingGrams) },
        ...{ bufferGrams: BigInt(row.bufferGrams), owedGrams: BigInt(row.owedGrams) },
      };
      losses.set(party, [...(losses.get(party) ?? []), loss]);
    }
    return losses;
  }

  /** Grams of the parties' land that stand in for what was sold and lost. */
  async standIns(book: number, parties: readonly string[]): Promise<Map<string, bigint>> {
    const rows = await this.database.query<{ party: string; grams: string }>(
      `SELECT c.by_party AS party, sum(upper(c.serials) - lower(c.serials))::text AS grams
         FROM credits.replacement c WHERE c.book = $1 AND c.by_party = ANY ($2::uuid[]) GROUP BY 1`,
      [book, parties],
    );
    return new Map(rows.map(({ party, grams }) => [party, BigInt(grams)]));
  }

  /** What is left of the parties' parts of buffers, oldest issuance first. */
  async buffers(book: number, parties: readonly string[]): Promise<BufferRow[]> {
    const rows = await this.database.query<Omit<BufferRow, 'grams'> & { grams: string }>(
      `SELECT b.party, i.code AS issuance, (i.issued_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "issuedDay",
              sum(upper(b.serials) - lower(b.serials))::text AS grams
         FROM credits.serial_block b JOIN credits.issuance i ON i.book = b.book AND i.id = b.issuance
        WHERE b.book = $1 AND b.party = ANY ($2::uuid[]) AND b.place LIKE 'buffer/%'
        GROUP BY b.party, i.code, i.issued_at ORDER BY i.issued_at, i.code`,
      [book, parties],
    );
    return rows.map((row) => ({ ...row, grams: BigInt(row.grams) }));
  }

  /** Grams that came from the parties' land by where they are now: `<party> <kind of account>` → grams. */
  async places(book: number, parties: readonly string[]): Promise<Map<string, bigint>> {
    const rows = await this.database.query<{ party: string; kind: string; grams: string }>(
      `SELECT b.party, split_part(b.place, '/', 1) AS kind, sum(upper(b.serials) - lower(b.serials))::text AS grams
         FROM credits.serial_block b
        WHERE b.book = $1 AND b.party = ANY ($2::uuid[])
        GROUP BY 1, 2`,
      [book, parties],
    );
    return new Map(rows.map(({ party, kind, grams }) => [`${party} ${kind}`, BigInt(grams)]));
  }
}
