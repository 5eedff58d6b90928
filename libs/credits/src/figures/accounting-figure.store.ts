import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import type { Database, Tx } from '@app/platform';
import type { Figure } from './figure.rules';

export type FigureState = 'proposed' | 'approved' | 'rejected';

export interface ListedFigure extends Figure {
  readonly id: string;
  /** False: it came with the product. */
  readonly isOwn: boolean;
  readonly state: FigureState;
  readonly proposedBy: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionNote: string | null;
}

const COLUMNS = `f.id, f.book IS NOT NULL AS "isOwn", f.kind, f.forest_class AS "forestClass", f.age_group AS "ageGroup",
  f.origin, f.unit, f.amount, f.valid_from::text AS "validFrom", f.source, f.illustrative, f.state,
  f.proposed_by AS "proposedBy", f.decided_by AS "decidedBy", f.decided_at AS "decidedAt",
  f.decision_note AS "decisionNote"`;

type Row = Omit<ListedFigure, 'amount'> & { readonly amount: string };
const listedOf = (row: Row): ListedFigure => ({ ...row, amount: BigInt(row.amount) });

@Injectable()
export class AccountingFigureStore {
  /** Those of the book and those that came with the product; there are as many as classes, ages and years. */
  async list(from: Pick<Database, 'query'>, book: number): Promise<ListedFigure[]> {
    const rows = await from.query<Row>(
      `SELECT ${COLUMNS} FROM credits.accounting_figure f WHERE f.book IS NULL OR f.book = $1
        ORDER BY f.kind, f.forest_class, f.age_group, f.origin, f.valid_from DESC, f.id`,
      [book],
    );
    return rows.map(listedOf);
  }

  async insert(tx: Tx, figure: Figure): Promise<string> {
    const rows = await tx.query<{ id: string }>(
      `INSERT INTO credits.accounting_figure (book, kind, forest_class, age_group, origin, unit, amount, valid_from, source,
              illustrative, state, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'proposed', $11, $12) RETURNING id`,
      [
        ...[tx.book, figure.kind, figure.forestClass, figure.ageGroup, figure.origin, figure.unit],
        ...[figure.amount.toString(), figure.validFrom, figure.source, figure.illustrative],
        ...[tx.context.actor, tx.now],
      ],
    );
    return present(rows[0], 'what was inserted has an id').id;
  }

  /** One of the book's own, locked until the unit of work ends. */
  async lock(tx: Tx, id: string): Promise<ListedFigure | undefined> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM credits.accounting_figure f WHERE f.book = $1 AND f.id = $2 FOR UPDATE`,
      [tx.book, id],
    );
    return rows.map(listedOf)[0];
  }

  /** One decision of a book at a time: two figures of one day would not see each other. */
  async lockBook(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('credits.figures', $1))`, [tx.book]);
  }

  /** Another that was approved from the very same day. */
  async rival(tx: Tx, figure: ListedFigure): Promise<string | undefined> {
    const rows = await tx.query<{ id: string }>(
      `SELECT f.id FROM credits.accounting_figure f
        WHERE f.book = $1 AND f.state = 'approved' AND f.kind = $2 AND f.valid_from = $3
          AND (f.forest_class, f.age_group, f.origin) IS NOT DISTINCT FROM ($4::text, $5::text, $6::text)`,
      [tx.book, figure.kind, figure.validFrom, figure.forestClass, figure.ageGroup, figure.origin],
    );
    return rows[0]?.id;
  }

  async decide(tx: Tx, id: string, state: 'approved' | 'rejected', note: string | null): Promise<void> {
    await tx.execute(
      `UPDATE credits.accounting_figure SET state = $3, decided_by = $4, decided_at = $5, decision_note = $6
        WHERE book = $1 AND id = $2`,
      [tx.book, id, state, tx.context.actor, tx.now, note],
    );
  }
}
