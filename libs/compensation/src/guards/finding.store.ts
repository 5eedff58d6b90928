import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import { ROSTER_GUARDS, type FindingState, type RosterGuard } from './guard.words';
import { guardStatement } from './roster-guard.queries';

export interface HeldFinding {
  readonly id: string;
  readonly state: FindingState;
  readonly proposedBy: string | null;
}

@Injectable()
export class FindingStore {
  /** Looks at a roster that was just made, guard by guard, and holds the lines that something was found about. */
  async look(tx: Tx, roster: string, asOf: Day): Promise<{ findings: number; heldLines: number }> {
    for (const guard of Object.keys(ROSTER_GUARDS) as RosterGuard[]) {
      await tx.execute(guardStatement(guard), [tx.book, asOf, roster, tx.now]);
    }
    const heldLines = await tx.execute(
      `UPDATE compensation.roster_line l SET state = 'objected'
        WHERE l.book = $1 AND l.roster = $2 AND l.state = 'included' AND l.no IN (
          SELECT h.line_no FROM compensation.held_line h WHERE h.book = $1 AND h.roster = $2)`,
      [tx.book, roster],
    );
    const [row] = await tx.query<{ findings: number }>(
      'SELECT count(*)::int AS findings FROM compensation.roster_finding WHERE book = $1 AND roster = $2',
      [tx.book, roster],
    );
    return { findings: row!.findings, heldLines };
  }

  /** The named findings of the roster, held for the caller. */
  lock(tx: Tx, roster: string, findings: readonly string[]): Promise<HeldFinding[]> {
    return tx.query<HeldFinding>(
      `SELECT id, state, proposed_by AS "proposedBy" FROM compensation.roster_finding
        WHERE book = $1 AND roster = $2 AND id = ANY ($3::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
      [tx.book, roster, findings],
    );
  }

  async propose(tx: Tx, findings: readonly string[], reason: string): Promise<void> {
    await tx.execute(
      `UPDATE compensation.roster_finding SET state = 'release-proposed', proposed_by = $3, proposed_at = $4, proposal = $5
        WHERE book = $1 AND id = ANY ($2::uuid[])`,
      [tx.book, findings, tx.context.actor, tx.now, reason],
    );
  }

  /** Not released after all: the finding is open again, and its lines stay held. */
  async keep(tx: Tx, findings: readonly string[]): Promise<void> {
    await tx.execute(
      `UPDATE compensation.roster_finding SET state = 'open', proposed_by = NULL, proposed_at = NULL, proposal = NULL
        WHERE book = $1 AND id = ANY ($2::uuid[])`,
      [tx.book, findings],
    );
  }

  async decide(
    tx: Tx,
    findings: readonly string[],
    state: 'released' | 'upheld',
    note: string,
  ): Promise<void> {
    await tx.execute(
      `UPDATE compensation.roster_finding SET state = $3, decided_by = $4, decided_at = $5, note = $6
        WHERE book = $1 AND id = ANY ($2::uuid[])`,
      [tx.book, findings, state, tx.context.actor, tx.now, note],
    );
  }

  /**
   * Moves the lines that the findings held to where all that was said of them puts them: out for good when anything
   * was upheld; held while anything is open; in again before the notice, and to a supplementary roster after.
   */
  async moveLines(tx: Tx, roster: string, findings: readonly string[]): Promise<number> {
    return tx.execute(
      `UPDATE compensation.roster_line l SET state = s.state
         FROM (SELECT l.no, CASE WHEN f.upheld OR o.upheld THEN 'excluded' WHEN f.open OR o.open THEN 'objected'
                                 WHEN r.state = 'draft' THEN 'included' ELSE 'dismissed' END AS state
                 FROM compensation.roster_line l
                 JOIN compensation.roster r ON r.book = l.book AND r.id = l.roster
                CROSS JOIN LATERAL (
                  SELECT bool_or(q.state = 'upheld') AS upheld, bool_or(q.state IN ('open', 'release-proposed')) AS open
                    FROM compensation.held_line h JOIN compensation.roster_finding q ON q.book = h.book AND q.id = h.finding
                   WHERE h.book = l.book AND h.roster = l.roster AND h.line_no = l.no) f
                CROSS JOIN LATERAL (
                  SELECT coalesce(bool_or(q.outcome = 'upheld'), false) AS upheld,
                         coalesce(bool_or(q.outcome IS NULL), false) AS open
                    FROM compensation.objection q
                   WHERE q.book = l.book AND q.roster = l.roster AND q.line_no = l.no) o
                WHERE l.book = $1 AND l.roster = $2 AND l.state = 'objected' AND l.no IN (
                  SELECT h.line_no FROM compensation.held_line h WHERE h.book = $1 AND h.finding = ANY ($3::uuid[]))) s
        WHERE l.book = $1 AND l.roster = $2 AND l.no = s.no AND s.state <> l.state`,
      [tx.book, roster, findings],
    );
  }
}
