import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import { WHOLE_PPM } from './amount.rules';
import type { Candidate } from './draft.rules';

interface CandidateRow {
  readonly parcel: string;
  readonly village: string;
  readonly area_mu100: string;
  readonly right_registered: boolean;
  readonly standard: string | null;
  readonly fen_per_mu: string | null;
  readonly deduction_fen_per_mu: string | null;
  readonly quality_result: string | null;
  readonly quality_ppm: string | null;
  readonly right: string | null;
  readonly party: string | null;
  readonly share_ppm: string | null;
}

export interface CandidateQuery {
  readonly programme: string;
  readonly region: string;
  readonly asOf: Day;
  /** In order of preference. */
  readonly rightKinds: readonly string[];
}

export interface ClaimedParcel {
  readonly parcels: number;
  readonly parcelCode: string;
  readonly rosterNo: string;
}

@Injectable()
export class CandidateStore {
  /**
   * Public-welfare forest of a region inside the scope on the day, with its standard and the rights of the first
   * kind it has; of the standards that fit the one with most keys, of the quality results the nearest above. In one
   * query, whatever the number. Ordered by village, parcel and holder, which numbers the lines.
   * Rights are looked up parcel by parcel: right after an import the planner knows nothing of the tables, and any
   * join of the two could become a product.
   */
  async find(tx: Tx, { programme, region, asOf, rightKinds }: CandidateQuery): Promise<Candidate[]> {
    const rows = await tx.query<CandidateRow>(
      `SELECT p.id AS parcel, p.village, p.area_mu100, p.right_registered, s.id AS standard,
              s.payable_fen_per_mu AS fen_per_mu, s.deduction_fen_per_mu, q.id AS quality_result,
              least(greatest(q.multiplier_ppm, g.quality_min_ppm), g.quality_max_ppm) AS quality_ppm, h.id AS right, h.party, h.share_ppm
         FROM registry.parcel_current p
         JOIN compensation.programme g ON g.book = p.book AND g.id = $2
         LEFT JOIN LATERAL (
           SELECT t.id, t.payable_fen_per_mu, t.deduction_fen_per_mu
             FROM compensation.standard t
            WHERE t.book = p.book AND t.programme = $2 AND t.valid @> $4::date
              AND t.level = p.public_welfare_level AND t.tenure = p.tenure
              AND (t.forest_class IS NULL OR t.forest_class = p.forest_class)
              AND (t.management_grade IS NULL OR t.management_grade = p.land_protection)
            ORDER BY t.specificity DESC LIMIT 1
         ) s ON true
         LEFT JOIN LATERAL (
           SELECT u.id, u.multiplier_ppm FROM compensation.quality_result u
            WHERE u.book = p.book AND u.state = 'approved' AND u.valid @> $4::date AND starts_with(p.village, u.region)
            ORDER BY length(u.region) DESC LIMIT 1
         ) q ON g.quality_min_ppm IS NOT NULL
         LEFT JOIN LATERAL (
           SELECT r.id, r.party, r.party_external_no, r.share_ppm,
                  rank() OVER (ORDER BY array_position($5::text[], r.kind)) AS place
             FROM registry.right_current r
            WHERE r.book = p.book AND r.parcel = p.id AND r.valid @> $4::date AND r.kind = ANY ($5::text[])
         ) h ON h.place = 1
        WHERE p.book = $1 AND starts_with(p.village, $3) AND p.scope @> $4::date
          AND coalesce(upper(p.valid) > $4::date, true)
          AND p.public_welfare_level <> 'none' AND p.status <> 'cancelled'
        ORDER BY p.village, p.code, h.party_external_no`,
      [tx.book, programme, region, asOf, rightKinds],
    );
    return rows.map((row) => ({
      parcel: row.parcel,
      village: row.village,
      areaMu100: BigInt(row.area_mu100),
      registered: row.right_registered,
      standard: row.standard,
      fenPerMu: row.fen_per_mu === null ? null : BigInt(row.fen_per_mu),
      deductionFenPerMu: BigInt(row.deduction_fen_per_mu ?? 0),
      qualityResult: row.quality_result,
      qualityPpm: row.quality_ppm === null ? WHOLE_PPM : BigInt(row.quality_ppm),
      right: row.right,
      party: row.party,
      sharePpm: row.share_ppm === null ? null : BigInt(row.share_ppm),
    }));
  }

  /**
   * Those of the parcels that a roster of the programme and year has already, if there are any: themselves, or as the
   * parcels that they were split or merged from.
   */
  async claimed(
    tx: Tx,
    programme: string,
    year: number,
    parcels: readonly string[],
  ): Promise<ClaimedParcel | undefined> {
    const [row] = await tx.query<ClaimedParcel>(
      `WITH RECURSIVE former (asked, parcel) AS (
         SELECT p.id, n.parcel FROM registry.parcel p
           JOIN registry.land_order_parent n ON n.book = p.book AND n.land_order = p.founded_by
          WHERE p.book = $1 AND p.founded_by IS NOT NULL AND p.id = ANY ($4::uuid[])
         UNION
         SELECT f.asked, n.parcel FROM former f
           JOIN registry.parcel p ON p.book = $1 AND p.id = f.parcel
           JOIN registry.land_order_parent n ON n.book = p.book AND n.land_order = p.founded_by),
       ground (asked, parcel) AS (SELECT a, a FROM unnest($4::uuid[]) AS a UNION ALL SELECT f.* FROM former f)
       SELECT count(*) OVER ()::int AS parcels, p.code AS "parcelCode", min(r.no) AS "rosterNo"
         FROM ground g
         JOIN compensation.parcel_claim c ON c.book = $1 AND c.parcel = g.parcel
         JOIN registry.parcel p ON p.book = c.book AND p.id = g.asked
         JOIN compensation.roster r ON r.book = c.book AND r.id = c.roster
        WHERE c.programme = $2 AND c.year = $3
        GROUP BY p.code ORDER BY p.code LIMIT 1`,
      [tx.book, programme, year, parcels],
    );
    return row;
  }

  async claim(
    tx: Tx,
    { programme, year, id }: { programme: string; year: number; id: string },
    parcels: readonly string[],
  ): Promise<void> {
    await tx.query(
      `INSERT INTO compensation.parcel_claim (book, programme, year, parcel, roster)
       SELECT $1, $2, $3, p, $4 FROM unnest($5::uuid[]) AS p`,
      [tx.book, programme, year, id, parcels],
    );
  }

  /** Frees the parcels of a roster that was given up, once none of its lines holds them. */
  async release(tx: Tx, roster: string): Promise<void> {
    await tx.query('DELETE FROM compensation.parcel_claim WHERE book = $1 AND roster = $2', [
      tx.book,
      roster,
    ]);
  }
}
