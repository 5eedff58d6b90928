import { Injectable } from '@nestjs/common';

import { invariant, present, type Day } from '@app/kernel';
import type { Database, Tx } from '@app/platform';
import type { DecisionState } from '../rules/book-rule.store';

export interface IssuanceBuffer {
  readonly id: string;
  readonly code: string;
  readonly region: string;
  /** In China. */
  readonly issuedDay: Day;
  /** What is left. */
  readonly grams: bigint;
}

export interface BufferReturn {
  readonly id: string;
  /** Code of the issuance. */
  readonly issuance: string;
  readonly region: string;
  readonly years: number;
  readonly dueDay: Day;
  readonly documentNo: string;
  /** Null until it returned. */
  readonly grams: bigint | null;
  readonly state: DecisionState;
  readonly proposedBy: string;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly rejection: string | null;
}

export interface LockedReturn extends BufferReturn {
  readonly issuanceId: string;
}

type Row<Return> = Omit<Return, 'grams'> & { readonly grams: string | null };

const COLUMNS = `r.id, i.code AS issuance, i.region, r.years, r.due_day::text AS "dueDay",
  r.document_no AS "documentNo", r.grams, r.state, r.proposed_by AS "proposedBy", r.decided_by AS "decidedBy",
  r.decided_at AS "decidedAt", r.rejection`;
const FROM = `credits.buffer_return r JOIN credits.issuance i ON i.book = r.book AND i.id = r.issuance`;

const wide = <R extends { readonly grams: string | null }>(row: R) => ({
  ...row,
  grams: row.grams === null ? null : BigInt(row.grams),
});

@Injectable()
export class BufferReturnStore {
  async buffer(tx: Tx, code: string): Promise<IssuanceBuffer | undefined> {
    const rows = await tx.query<Omit<IssuanceBuffer, 'grams'> & { grams: string }>(
      `SELECT i.id, i.code, i.region, (i.issued_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "issuedDay",
              (SELECT coalesce(sum(upper(b.serials) - lower(b.serials)), 0)::text FROM credits.serial_block b
                WHERE b.book = i.book AND b.place = 'buffer/' || i.code) AS grams
         FROM credits.issuance i WHERE i.book = $1 AND i.code = $2`,
      [tx.book, code],
    );
    return rows.map((row) => ({ ...row, grams: BigInt(row.grams) }))[0];
  }

  /** False when one is proposed or done; waits for one that is being proposed. */
  async insert(
    tx: Tx,
    draft: { id: string; issuance: string; years: number; dueDay: Day; documentNo: string },
  ): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO credits.buffer_return (book, id, issuance, years, due_day, document_no, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (book, issuance) WHERE state <> 'rejected' DO NOTHING RETURNING id`,
      [
        tx.book,
        draft.id,
        draft.issuance,
        draft.years,
        draft.dueDay,
        draft.documentNo,
        tx.context.actor,
        tx.now,
      ],
    );
    return rows.length === 1;
  }

  async stateOf(tx: Tx, issuance: string): Promise<DecisionState> {
    const rows = await tx.query<{ state: DecisionState }>(
      `SELECT r.state FROM credits.buffer_return r WHERE r.book = $1 AND r.issuance = $2 AND r.state <> 'rejected'`,
      [tx.book, issuance],
    );
    return present(rows[0], 'the return that was in the way').state;
  }

  async lock(tx: Tx, id: string): Promise<LockedReturn | undefined> {
    const rows = await tx.query<Row<LockedReturn>>(
      `SELECT ${COLUMNS}, i.id AS "issuanceId" FROM ${FROM} WHERE r.book = $1 AND r.id = $2 FOR UPDATE OF r`,
      [tx.book, id],
    );
    return rows.map(wide)[0];
  }

  async decide(tx: Tx, id: string, { grams, rejection }: { grams: bigint | null; rejection: string | null }) {
    await tx.execute(
      `UPDATE credits.buffer_return SET state = $3, grams = $4, decided_by = $5, decided_at = $6, rejection = $7
        WHERE book = $1 AND id = $2`,
      [
        ...[tx.book, id, rejection === null ? 'approved' : 'rejected', grams?.toString() ?? null],
        ...[tx.context.actor, tx.now, rejection],
      ],
    );
  }

  /** Grams that were sold, are lost and have nothing in their stead. */
  async owed(tx: Tx): Promise<bigint> {
    const rows = await tx.query<{ grams: string }>(
      `SELECT (coalesce((SELECT sum(upper(r.serials) - lower(r.serials)) FROM credits.reversed_serials r
                          WHERE r.book = $1 AND r.fate = 'owed'), 0)
             - coalesce((SELECT sum(upper(c.serials) - lower(c.serials)) FROM credits.replacement c
                          WHERE c.book = $1), 0))::text AS grams`,
      [tx.book],
    );
    return BigInt(present(rows[0], 'a sum has a row').grams);
  }

  /** What each party has back. */
  async credit(tx: Tx, issuance: string, grams: ReadonlyMap<string, bigint>): Promise<void> {
    const credited = await tx.execute(
      `UPDATE credits.issuance_line l SET returned_grams = l.returned_grams + r.grams
         FROM unnest($3::uuid[], $4::bigint[]) AS r (party, grams)
        WHERE l.book = $1 AND l.issuance = $2 AND l.party = r.party`,
      [tx.book, issuance, [...grams.keys()], [...grams.values()].map(String)],
    );
    invariant(credited === grams.size, 'a buffer came from parties of its issuance');
  }

  /** The last first. */
  async list(from: Pick<Database, 'query'>, book: number): Promise<BufferReturn[]> {
    const rows = await from.query<Row<BufferReturn>>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE r.book = $1 ORDER BY r.proposed_at DESC, r.id LIMIT 500`,
      [book],
    );
    return rows.map(wide);
  }
}
