import { Injectable } from '@nestjs/common';

import type { Database, Tx } from '@app/platform';
import type { DecisionState } from '../decision.rules';
import type { YearEndAction } from './year-end.rules';

export interface YearEnd {
  readonly id: string;
  readonly indicator: string;
  readonly docNo: string;
  readonly year: number;
  readonly action: YearEndAction;
  readonly documentNo: string;
  /** What was put away; null until it is approved. */
  readonly amountFen: bigint | null;
  readonly newIndicator: string | null;
  readonly state: DecisionState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly rejection: string | null;
}

type Row = Omit<YearEnd, 'amountFen'> & { readonly amountFen: string | null };

const COLUMNS = `y.id, y.indicator, i.doc_no AS "docNo", i.year, y.action, y.document_no AS "documentNo",
  y.amount_fen AS "amountFen", y.new_indicator AS "newIndicator", y.state, y.proposed_by AS "proposedBy",
  y.proposed_at AS "proposedAt", y.decided_by AS "decidedBy", y.decided_at AS "decidedAt", y.rejection`;
const FROM = 'funds.year_end y JOIN funds.indicator i ON i.book = y.book AND i.id = y.indicator';

const toYearEnd = (row: Row): YearEnd => ({
  ...row,
  amountFen: row.amountFen === null ? null : BigInt(row.amountFen),
});

@Injectable()
export class YearEndStore {
  /** False while another of the indicator waits for its decision. */
  async insert(tx: Tx, draft: Pick<YearEnd, 'id' | 'indicator' | 'action' | 'documentNo'>): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO funds.year_end (book, id, indicator, action, document_no, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (book, indicator) WHERE state = 'proposed' DO NOTHING`,
      [
        ...[tx.book, draft.id, draft.indicator, draft.action, draft.documentNo],
        ...[tx.context.actor, tx.now],
      ],
    );
    return inserted === 1;
  }

  async lock(tx: Tx, id: string): Promise<YearEnd | undefined> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE y.book = $1 AND y.id = $2 FOR UPDATE OF y`,
      [tx.book, id],
    );
    return rows.map(toYearEnd)[0];
  }

  async approve(tx: Tx, id: string, amountFen: bigint, newIndicator: string | null): Promise<void> {
    await tx.execute(
      `UPDATE funds.year_end SET state = 'approved', amount_fen = $3, new_indicator = $4, decided_by = $5,
              decided_at = $6 WHERE book = $1 AND id = $2`,
      [tx.book, id, amountFen, newIndicator, tx.context.actor, tx.now],
    );
  }

  async reject(tx: Tx, id: string, rejection: string): Promise<void> {
    await tx.execute(
      `UPDATE funds.year_end SET state = 'rejected', rejection = $3, decided_by = $4, decided_at = $5
        WHERE book = $1 AND id = $2`,
      [tx.book, id, rejection, tx.context.actor, tx.now],
    );
  }

  /** The last first. */
  async list(from: Pick<Database, 'query'>, book: number, state?: DecisionState): Promise<YearEnd[]> {
    const rows = await from.query<Row>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE y.book = $1 AND ($2::text IS NULL OR y.state = $2)
        ORDER BY y.proposed_at DESC, y.id LIMIT 500`,
      [book, state ?? null],
    );
    return rows.map(toYearEnd);
  }
}
