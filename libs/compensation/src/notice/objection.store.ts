import { Injectable } from '@nestjs/common';

import type { Tx } from '@app/platform';
import type { RosterLineState } from '../rosters/roster-line.store';

export type Outcome = 'upheld' | 'dismissed';

export interface Objection {
  readonly id: string;
  readonly roster: string;
  readonly lineNo: number;
  readonly raisedBy: string;
  readonly outcome: Outcome | null;
}

@Injectable()
export class ObjectionStore {
  /** Returns false when the same person has an open objection to the line. */
  async insert(
    tx: Tx,
    objection: { id: string; roster: string; lineNo: number; reason: string },
  ): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO compensation.objection (book, id, roster, line_no, reason, raised_by, raised_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (book, roster, line_no, raised_by) WHERE outcome IS NULL DO NOTHING RETURNING id`,
      [tx.book, objection.id, objection.roster, objection.lineNo, objection.reason, tx.context.actor, tx.now],
    );
    return rows.length === 1;
  }

  async find(tx: Tx, id: string): Promise<Objection | undefined> {
    const [row] = await tx.query<Objection>(
      `SELECT id, roster, line_no AS "lineNo", raised_by AS "raisedBy", outcome
         FROM compensation.objection WHERE book = $1 AND id = $2`,
      [tx.book, id],
    );
    return row;
  }

  /** Returns false when somebody settled it before. */
  async settle(tx: Tx, id: string, outcome: Outcome, note: string): Promise<boolean> {
    const settled = await tx.execute(
      `UPDATE compensation.objection SET outcome = $3, note = $4, settled_by = $5, settled_at = $6
        WHERE book = $1 AND id = $2 AND outcome IS NULL`,
      [tx.book, id, outcome, note, tx.context.actor, tx.now],
    );
    return settled === 1;
  }

  /** Where a line stands by all of its objections and findings. Ask while holding the line. */
  async lineStateBy(tx: Tx, roster: string, lineNo: number): Promise<RosterLineState> {
    const [row] = await tx.query<{ open: boolean; upheld: boolean }>(
      `SELECT coalesce(bool_or(q.open), false) AS open, coalesce(bool_or(q.upheld), false) AS upheld
         FROM (SELECT outcome IS NULL AS open, coalesce(outcome = 'upheld', false) AS upheld
                 FROM compensation.objection WHERE book = $1 AND roster = $2 AND line_no = $3
               UNION ALL
               SELECT f.state IN ('open', 'release-proposed'), f.state = 'upheld'
                 FROM compensation.held_line h JOIN compensation.roster_finding f ON f.book = h.book AND f.id = h.finding
                WHERE h.book = $1 AND h.roster = $2 AND h.line_no = $3) q`,
      [tx.book, roster, lineNo],
    );
    if (row!.upheld) return 'excluded';
    return row!.open ? 'objected' : 'dismissed';
  }
}
