import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { payeeOf, type PayeeOf, type PayeeReason } from '@app/registry';
import {
  figuresOf,
  LINE_FIGURES,
  LINE_FIGURES_JOINS,
  type LineFiguresRow,
  type LineFiguresView,
} from './line-figures';
import type { RosterLineState } from './roster-line.store';

/** A line as people read it. The explanation is told anew from the stored figures, in both languages. */
export interface RosterLineView extends LineFiguresView {
  readonly no: number;
  readonly village: string;
  readonly villageName: string;
  readonly partyId: string;
  readonly name: string;
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

interface Row extends LineFiguresRow {
  readonly no: number;
  readonly village: string;
  readonly village_name: string;
  readonly party: string;
  readonly name: string;
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
      `SELECT l.no, l.village, coalesce(g.name, l.village) AS village_name, l.party, t.name, l.state,
              ${LINE_FIGURES}, k.payee_reason, k.payee_external_no AS payee_no, k.payee_name
         FROM compensation.roster_line l
         JOIN registry.party t ON t.book = l.book AND t.id = l.party${LINE_FIGURES_JOINS}
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
  return {
    no: row.no,
    village: row.village,
    villageName: row.village_name,
    partyId: row.party,
    name: row.name,
    ...figuresOf(row),
    state: row.state,
    payee:
      row.payee_reason === null ? null : payeeOf(row.payee_no ?? '', row.payee_name ?? '', row.payee_reason),
  };
}
