import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import { decideIn } from '../decide-in';
import type { Decidable } from '../decision.rules';
import { gradeAt, type Grade } from '../grade';

export interface NewGradeChange {
  readonly id: string;
  /** Issuance id. */
  readonly issuance: string;
  readonly grade: 'G1' | 'G2';
  readonly inclusion: string;
  readonly documentNo: string;
  readonly documentOn: Day;
  readonly documentSha256?: string;
}

export interface GradedIssuance {
  readonly id: string;
  readonly issuedAs: Grade;
  readonly grade: Grade;
  /** The change that waits for its decision. */
  readonly open: string | null;
}

/** The only code that writes changes of grades. */
@Injectable()
export class GradeChangeStore {
  async lockBook(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('credits.grades', $1))`, [tx.book]);
  }

  async issuance(tx: Tx, code: string): Promise<GradedIssuance | undefined> {
    const rows = await tx.query<GradedIssuance>(
      `SELECT i.id, i.grade AS "issuedAs", ${gradeAt('i')} AS grade,
              (SELECT g.id FROM credits.grade_change g
                WHERE g.book = i.book AND g.issuance = i.id AND g.state = 'proposed') AS open
         FROM credits.issuance i WHERE i.book = $1 AND i.code = $2`,
      [tx.book, code],
    );
    return rows[0];
  }

  async insert(tx: Tx, change: NewGradeChange): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.grade_change (book, id, issuance, grade, inclusion, document_no, document_on, document_sha256,
              proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[tx.book, change.id, change.issuance, change.grade, change.inclusion, change.documentNo],
        ...[change.documentOn, change.documentSha256 ?? null, tx.context.actor, tx.now],
      ],
    );
  }

  async lock(tx: Tx, id: string): Promise<Decidable | undefined> {
    const rows = await tx.query<Decidable>(
      `SELECT g.id, g.state, g.proposed_by AS "proposedBy" FROM credits.grade_change g
        WHERE g.book = $1 AND g.id = $2 FOR UPDATE`,
      [tx.book, id],
    );
    return rows[0];
  }

  async decide(tx: Tx, id: string, rejection: string | null): Promise<void> {
    await decideIn(tx, 'credits.grade_change', id, rejection);
  }
}
