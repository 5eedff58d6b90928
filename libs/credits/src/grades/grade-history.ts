import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { Grade } from '../grade';

export interface DatedGrade {
  readonly grade: Grade;
  /** By the book's clock. */
  readonly from: Date;
  /** The scheme that recognised it and its document; null for what it was issued as. */
  readonly inclusion: string | null;
  readonly documentNo: string;
  readonly documentOn: Day | null;
}

/** A change of a grade with where it stands, for staff. */
export interface ListedGradeChange {
  readonly id: string;
  readonly issuance: string;
  readonly grade: Grade;
  readonly inclusion: string;
  readonly documentNo: string;
  readonly documentOn: Day;
  readonly state: 'proposed' | 'approved' | 'rejected';
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly rejection: string | null;
}

@Injectable()
export class GradeHistory {
  constructor(private readonly database: Database) {}

  /** Every grade that an issuance had, the first one first; empty when there is no such issuance. */
  of(book: number, code: string): Promise<DatedGrade[]> {
    return this.database.query<DatedGrade>(
      `SELECT i.grade, i.issued_at AS "from", NULL AS inclusion, i.document_no AS "documentNo", NULL AS "documentOn"
         FROM credits.issuance i WHERE i.book = $1 AND i.code = $2
       UNION ALL
       SELECT g.grade, g.decided_at, g.inclusion, g.document_no, g.document_on::text
         FROM credits.grade_change g JOIN credits.issuance i ON i.book = g.book AND i.id = g.issuance
        WHERE g.book = $1 AND i.code = $2 AND g.state = 'approved'
        ORDER BY 2`,
      [book, code],
    );
  }

  /** The newest first. */
  list(book: number, count: number): Promise<ListedGradeChange[]> {
    return this.database.query<ListedGradeChange>(
      `SELECT g.id, i.code AS issuance, g.grade, g.inclusion, g.document_no AS "documentNo",
              g.document_on::text AS "documentOn", g.state, g.proposed_by AS "proposedBy", g.proposed_at AS "proposedAt",
              g.decided_by AS "decidedBy", g.decided_at AS "decidedAt", g.rejection
         FROM credits.grade_change g JOIN credits.issuance i ON i.book = g.book AND i.id = g.issuance
        WHERE g.book = $1 ORDER BY g.proposed_at DESC, g.id LIMIT $2`,
      [book, count],
    );
  }
}
