import { Injectable } from '@nestjs/common';

import { idOf, present } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { BatchTarget } from './batch.store';
import type { Rail } from './rails';

export interface Basis {
  readonly id: string;
  readonly kind: 'roster' | 'settlement' | 'milestone';
  readonly sourceId: string;
  readonly rail: Rail;
  /** Indicator id or custody channel. */
  readonly fund: string;
  readonly totalFen: bigint;
  readonly hash: string;
  readonly handledBy?: readonly string[];
}

@Injectable()
export class BasisStore {
  /** Returns false when the source already has a basis. */
  async insert(tx: Tx, basis: Basis): Promise<boolean> {
    const rows = await tx.query<{ id: string }>(
      `INSERT INTO disbursement.payment_basis
              (book, id, kind, source_id, rail, fund, indicator, total_fen, hash, handled_by, opened_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        tx.book,
        basis.id,
        basis.kind,
        basis.sourceId,
        basis.rail,
        basis.fund,
        basis.rail === 'fiscal' ? basis.fund : null,
        basis.totalFen,
        basis.hash,
        basis.handledBy ?? [],
        tx.now,
      ],
    );
    return rows.length === 1;
  }

  async find(tx: Tx, id: string): Promise<{ rail: Rail; totalFen: bigint; hash: string }> {
    const rows = await tx.query<{ rail: Rail; total_fen: string; hash: string }>(
      'SELECT rail, total_fen, hash FROM disbursement.payment_basis WHERE book = $1 AND id = $2',
      [tx.book, id],
    );
    const row = present(rows[0], 'a source that has a basis keeps it');
    return { rail: row.rail, totalFen: BigInt(row.total_fen), hash: row.hash };
  }

  /** Adds the lines in their given order; their ids follow from the basis and the order. */
  async insertLines(
    tx: Tx,
    basis: string,
    source: string,
    lines: readonly { party: string; amountFen: bigint }[],
  ): Promise<void> {
    await tx.query(
      `INSERT INTO disbursement.payment_line (book, id, basis, source_id, ordinal, party, amount_fen, due_fen)
       SELECT $1, l.id, $2, $3, l.ordinal, l.party, l.amount_fen, l.amount_fen
         FROM unnest($4::uuid[], $5::uuid[], $6::bigint[])
              WITH ORDINALITY AS l (id, party, amount_fen, ordinal)`,
      [
        tx.book,
        basis,
        source,
        lines.map((_, index) => idOf('payment-line', basis, String(index + 1))),
        lines.map((line) => line.party),
        lines.map((line) => line.amountFen.toString()),
      ],
    );
  }

  /** The bases a settlement or milestone id stands for: none when it is unknown. */
  async marketTargets(tx: Tx, source: string): Promise<BatchTarget[]> {
    const rows = await tx.query<{ fund: string }>(
      `SELECT DISTINCT fund FROM disbursement.payment_basis
        WHERE book = $1 AND source_id = $2 AND rail = 'market' ORDER BY fund`,
      [tx.book, source],
    );
    return rows.map(({ fund }) => ({ rail: 'market', fund, sourceId: source }));
  }

  /** A source with free pending lines on which this user took a step, if there is one. */
  async handledBy(tx: Tx, target: BatchTarget, user: string): Promise<string | undefined> {
    const rows = await tx.query<{ source_id: string }>(
      `SELECT b.source_id FROM disbursement.payment_basis b
        WHERE b.book = $1 AND b.rail = $2 AND b.fund = $3 AND b.source_id = coalesce($4::uuid, b.source_id)
          AND $5 = ANY (b.handled_by)
          AND EXISTS (SELECT 1 FROM disbursement.payment_line l
                       WHERE l.book = b.book AND l.basis = b.id AND l.state = 'pending' AND l.batch IS NULL)
        LIMIT 1`,
      [tx.book, target.rail, target.fund, target.sourceId, user],
    );
    return rows[0]?.source_id;
  }
}
