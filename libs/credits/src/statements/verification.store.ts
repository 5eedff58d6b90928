import { Injectable } from '@nestjs/common';

import { present, type Day } from '@app/kernel';
import { isStored, type Database, type Tx } from '@app/platform';
import type { DecisionState } from '../rules/book-rule.store';

/** 核证: a third party's report on a statement. */
export interface Verification {
  readonly id: string;
  readonly body: string;
  readonly reportNo: string;
  readonly reportDay: Day;
  /** What was looked at. */
  readonly scope: string;
  /** Of the report as it was received. */
  readonly documentSha256: string;
  /** Whether the book keeps that file. */
  readonly documentStored: boolean;
  readonly state: DecisionState;
}

export interface LockedVerification extends Verification {
  readonly statement: string;
  readonly statementNo: string;
  readonly region: string;
  readonly commentUntil: Day | null;
  readonly proposedBy: string;
}

const COLUMNS = `v.id, v.body, v.report_no AS "reportNo", v.report_day::text AS "reportDay", v.scope,
  v.document_sha256 AS "documentSha256", ${isStored('v', 'document_sha256')} AS "documentStored", v.state`;

@Injectable()
export class VerificationStore {
  async insert(
    tx: Tx,
    statement: string,
    verification: Omit<Verification, 'state' | 'documentStored'>,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.verification (book, id, statement, body, report_no, report_day, scope, document_sha256,
              proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[
          tx.book,
          verification.id,
          statement,
          verification.body,
          verification.reportNo,
          verification.reportDay,
        ],
        ...[verification.scope, verification.documentSha256, tx.context.actor, tx.now],
      ],
    );
  }

  async lock(tx: Tx, id: string): Promise<LockedVerification | undefined> {
    const rows = await tx.query<LockedVerification>(
      `SELECT ${COLUMNS}, v.statement, s.no AS "statementNo", s.region, s.comment_until::text AS "commentUntil",
              v.proposed_by AS "proposedBy"
         FROM credits.verification v JOIN credits.statement s ON s.book = v.book AND s.id = v.statement
        WHERE v.book = $1 AND v.id = $2 FOR UPDATE OF v`,
      [tx.book, id],
    );
    return rows[0];
  }

  list(from: Pick<Database, 'query'>, book: number, statement: string): Promise<Verification[]> {
    return from.query<Verification>(
      `SELECT ${COLUMNS} FROM credits.verification v WHERE v.book = $1 AND v.statement = $2 ORDER BY v.proposed_at, v.id`,
      [book, statement],
    );
  }

  async decide(tx: Tx, id: string, rejection: string | null): Promise<void> {
    await tx.execute(
      `UPDATE credits.verification SET state = $3, decided_by = $4, decided_at = $5, rejection = $6
        WHERE book = $1 AND id = $2`,
      [tx.book, id, rejection === null ? 'approved' : 'rejected', tx.context.actor, tx.now, rejection],
    );
  }

  /** How many measurements of the statement it would cover, and how many of them the actor made. */
  async covered(tx: Tx, statement: string): Promise<{ parcels: number; own: number }> {
    const rows = await tx.query<{ parcels: number; own: number }>(
      `SELECT count(*)::int AS parcels, count(*) FILTER (WHERE m.measured_by = $3)::int AS own
         FROM credits.measurement m
        WHERE m.book = $1 AND m.statement = $2 AND m.rejected_at IS NULL AND m.issuance IS NULL`,
      [tx.book, statement, tx.context.actor],
    );
    return present(rows[0], 'a count has a row');
  }

  /** Marks what it covers. The verification is approved before: a trigger looks. */
  async cover(tx: Tx, statement: string, verification: string): Promise<void> {
    await tx.execute(
      `UPDATE credits.measurement m SET verification = $3
        WHERE m.book = $1 AND m.statement = $2 AND m.rejected_at IS NULL AND m.issuance IS NULL`,
      [tx.book, statement, verification],
    );
  }
}
