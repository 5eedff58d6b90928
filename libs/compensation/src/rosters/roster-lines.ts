import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { payeeOf, type PayeeOf, type PayeeReason } from '@app/registry';
import { explain } from './amount.rules';
import type { RosterLineState } from './roster-line.store';

/** A line as people read it. The explanation is told anew from the stored figures, in both languages. */
export interface RosterLineView {
  readonly no: number;
  readonly village: string;
  readonly villageName: string;
  readonly partyId: string;
  readonly name: string;
  readonly parcelCode: string;
  readonly areaMu100: bigint;
  readonly fenPerMu: bigint;
  /** What is taken off for rangers (管护费扣除), and the quality grade's multiplier in millionths. */
  readonly deductionFenPerMu: bigint;
  readonly qualityPpm: bigint;
  readonly sharePpm: bigint;
  readonly amountFen: bigint;
  readonly explanationZh: string;
  readonly explanationEn: string;
  readonly state: RosterLineState;
  /** Who is paid in the party's place today; null when it is paid itself, or nobody can be. */
  readonly payee: PayeeOf | null;
}

export interface LinePage {
  readonly items: readonly RosterLineView[];
  /** Number of the last line, when there are more. */
  readonly next: string | null;
}

export interface LineQuery {
  readonly roster: string;
  /** Region codes the reader sees: lines of other villages are left out. */
  readonly scope: readonly string[];
  readonly village?: string | undefined;
  readonly state?: RosterLineState | undefined;
  readonly after?: number | undefined;
  readonly limit: number;
}

interface Row {
  readonly no: number;
  readonly village: string;
  readonly village_name: string;
  readonly party: string;
  readonly name: string;
  readonly parcel_code: string;
  readonly area_mu100: string;
  readonly fen_per_mu: string;
  readonly deduction_fen_per_mu: string;
  readonly quality_ppm: string;
  readonly share_ppm: string;
  readonly amount_fen: string;
  readonly state: RosterLineState;
  readonly payee_reason: PayeeReason | null;
  readonly payee_no: string | null;
  readonly payee_name: string | null;
}

/** Reads of a roster's lines, in their order, a page at a time. */
@Injectable()
export class RosterLines {
  constructor(private readonly database: Database) {}

  async page(book: number, query: LineQuery): Promise<LinePage> {
    const rows = await this.database.query<Row>(
      `SELECT l.no, l.village, coalesce(g.name, l.village) AS village_name, l.party, t.name, p.code AS parcel_code,
              l.area_mu100, l.fen_per_mu, l.deduction_fen_per_mu, l.quality_ppm, l.share_ppm, l.amount_fen, l.state,
              k.payee_reason, k.payee_external_no AS payee_no, k.payee_name
         FROM compensation.roster_line l
         JOIN registry.party t ON t.book = l.book AND t.id = l.party
         JOIN registry.parcel p ON p.book = l.book AND p.id = l.parcel
         LEFT JOIN registry.payee_account k ON k.book = l.book AND k.party = l.party
         LEFT JOIN regions.region g ON g.code = l.village
        WHERE l.book = $1 AND l.roster = $2 AND l.no > $3
          AND EXISTS (SELECT FROM unnest($4::text[]) AS u (code) WHERE starts_with(l.village, u.code))
          AND ($5::text IS NULL OR starts_with(l.village, $5)) AND ($6::text IS NULL OR l.state = $6)
        ORDER BY l.no LIMIT $7`,
      [
        book,
        query.roster,
        query.after ?? 0,
        query.scope,
        query.village ?? null,
        query.state ?? null,
        query.limit + 1,
      ],
    );
    const items = rows.slice(0, query.limit).map(toView);
    return { items, next: rows.length > query.limit ? String(items.at(-1)?.no) : null };
  }
}

function toView(row: Row): RosterLineView {
  const figures = {
    areaMu100: BigInt(row.area_mu100),
    fenPerMu: BigInt(row.fen_per_mu),
    deductionFenPerMu: BigInt(row.deduction_fen_per_mu),
    qualityPpm: BigInt(row.quality_ppm),
    sharePpm: BigInt(row.share_ppm),
    amountFen: BigInt(row.amount_fen),
  };
  return {
    no: row.no,
    village: row.village,
    villageName: row.village_name,
    partyId: row.party,
    name: row.name,
    parcelCode: row.parcel_code,
    ...figures,
    explanationZh: explain(figures, 'zh'),
    explanationEn: explain(figures, 'en'),
    state: row.state,
    payee:
      row.payee_reason === null ? null : payeeOf(row.payee_no ?? '', row.payee_name ?? '', row.payee_reason),
  };
}
