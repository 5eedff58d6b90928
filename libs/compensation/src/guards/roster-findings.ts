import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type { FindingState, RosterGuard } from './guard.words';

/** What a guard found about a roster, with its evidence and what became of it. */
export interface RosterFindingView {
  readonly id: string;
  readonly guard: RosterGuard;
  readonly subject: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly parcels: readonly string[];
  readonly parties: readonly string[];
  /** A note tells without holding. */
  readonly holds: boolean;
  readonly lines: readonly number[];
  readonly amountFen: bigint;
  readonly state: FindingState;
  readonly proposal: string | null;
  readonly proposedBy: string | null;
  readonly note: string | null;
  readonly decidedBy: string | null;
}

export interface FindingFilter {
  readonly roster: string;
  readonly state?: FindingState | undefined;
  readonly guard?: RosterGuard | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Reads of a roster's findings, in order of their ids, one more than asked for. */
@Injectable()
export class RosterFindings {
  constructor(private readonly database: Database) {}

  async list(book: number, filter: FindingFilter): Promise<RosterFindingView[]> {
    const rows = await this.database.query<Omit<RosterFindingView, 'amountFen'> & { amountFen: string }>(
      `SELECT f.id, f.guard, f.subject, f.facts, f.parcels, f.parties, f.holds, h.lines, h.fen AS "amountFen", f.state,
              f.proposal, f.proposed_by AS "proposedBy", f.note, f.decided_by AS "decidedBy"
         FROM compensation.roster_finding f
        CROSS JOIN LATERAL (
          SELECT coalesce((array_agg(l.no ORDER BY l.no))[1:50], '{}') AS lines, coalesce(sum(l.amount_fen), 0) AS fen
            FROM compensation.held_line h
            JOIN compensation.roster_line l ON l.book = h.book AND l.roster = h.roster AND l.no = h.line_no
           WHERE h.book = f.book AND h.finding = f.id) h
        WHERE f.book = $1 AND f.roster = $2 AND ($3::text IS NULL OR f.state = $3) AND ($4::text IS NULL OR f.guard = $4)
          AND ($5::uuid IS NULL OR f.id > $5)
        ORDER BY f.id LIMIT $6`,
      [
        book,
        filter.roster,
        filter.state ?? null,
        filter.guard ?? null,
        filter.after ?? null,
        filter.limit + 1,
      ],
    );
    return rows.map((row) => ({ ...row, amountFen: BigInt(row.amountFen) }));
  }
}
