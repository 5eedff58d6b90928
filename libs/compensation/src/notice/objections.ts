import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type { Outcome } from './objection.store';

export interface ObjectionView {
  readonly id: string;
  readonly rosterId: string;
  readonly lineNo: number;
  readonly village: string;
  readonly reason: string;
  readonly raisedAt: Date;
  readonly outcome: Outcome | null;
  readonly note: string | null;
  readonly settledAt: Date | null;
}

/** Reads of a roster's objections, oldest first. Who raised one is for the audit trail, not for the list. */
@Injectable()
export class Objections {
  constructor(private readonly database: Database) {}

  /** Those to lines of villages the reader sees. */
  list(book: number, roster: string, scope: readonly string[]): Promise<ObjectionView[]> {
    return this.database.query<ObjectionView>(
      `SELECT o.id, o.roster AS "rosterId", o.line_no AS "lineNo", l.village, o.reason, o.raised_at AS "raisedAt",
              o.outcome, o.note, o.settled_at AS "settledAt"
         FROM compensation.objection o
         JOIN compensation.roster_line l ON l.book = o.book AND l.roster = o.roster AND l.no = o.line_no
        WHERE o.book = $1 AND o.roster = $2
          AND EXISTS (SELECT FROM unnest($3::text[]) AS u (code) WHERE starts_with(l.village, u.code))
        ORDER BY o.raised_at, o.id`,
      [book, roster, scope],
    );
  }
}
