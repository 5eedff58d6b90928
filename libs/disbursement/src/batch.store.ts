import { Injectable } from '@nestjs/common';

import { newId, present } from '@app/kernel';
import { Database, type Tx } from '@app/platform';
import type { DraftBatch } from './plan.rules';
import type { Rail } from './rails';

export type BatchState = 'planned' | 'submitting' | 'submitted' | 'done';

/** What a batch pays from: an indicator, or one settlement or milestone out of one custody channel. */
export interface BatchTarget {
  readonly rail: Rail;
  readonly fund: string;
  /** Null on the fiscal rail: a batch may hold lines of several rosters of its indicator. */
  readonly sourceId: string | null;
}

export interface Batch extends BatchTarget {
  readonly id: string;
  readonly no: string;
  readonly bank: string;
  readonly state: BatchState;
  readonly lines: number;
  readonly totalFen: bigint;
  readonly digest: string | null;
  readonly resultsCursor: string | null;
  readonly applications: number;
}

interface BatchRow {
  readonly id: string;
  readonly no: string;
  readonly rail: Rail;
  readonly fund: string;
  readonly source_id: string | null;
  readonly bank: string;
  readonly state: BatchState;
  readonly lines: number;
  readonly total_fen: string;
  readonly digest: string | null;
  readonly results_cursor: string | null;
  readonly applications: number;
}

const COLUMNS = `id, no, rail, fund, source_id, bank, state, lines, total_fen, digest, results_cursor, applications`;

const toBatch = (row: BatchRow): Batch => ({
  id: row.id,
  no: row.no,
  rail: row.rail,
  fund: row.fund,
  sourceId: row.source_id,
  bank: row.bank,
  state: row.state,
  lines: row.lines,
  totalFen: BigInt(row.total_fen),
  digest: row.digest,
  resultsCursor: row.results_cursor,
  applications: row.applications,
});

@Injectable()
export class BatchStore {
  constructor(private readonly database: Database) {}

  async find(book: number, id: string): Promise<Batch | undefined> {
    const rows = await this.database.query<BatchRow>(
      `SELECT ${COLUMNS} FROM disbursement.batch WHERE book = $1 AND id = $2`,
      [book, id],
    );
    return rows[0] && toBatch(rows[0]);
  }

  /** Whoever works on a batch queues here first; the lines behind it are then nobody else's. */
  async lock(tx: Tx, id: string): Promise<Batch | undefined> {
    const rows = await tx.query<BatchRow>(
      `SELECT ${COLUMNS} FROM disbursement.batch WHERE book = $1 AND id = $2 FOR UPDATE`,
      [tx.book, id],
    );
    return rows[0] && toBatch(rows[0]);
  }

  /** Adds a batch with its lines and claims the lines for it. Returns its id and number. */
  async insert(
    tx: Tx,
    target: BatchTarget,
    { bank, totalFen, lines }: DraftBatch,
    reissue: boolean,
  ): Promise<{ id: string; no: string }> {
    const id = newId();
    const rows = await tx.query<{ no: string }>(
      `WITH counted AS (
         INSERT INTO disbursement.batch_counter AS c (book, last) VALUES ($1, 1)
         ON CONFLICT (book) DO UPDATE SET last = c.last + 1 RETURNING last)
       INSERT INTO disbursement.batch (book, id, no, rail, fund, indicator, source_id, bank, lines, total_fen,
              reissue, created_by, created_at)
       SELECT $1, $2,
              format('%s-%s%s-%s', k.code, left($3::text, 1), to_char($4::timestamptz AT TIME ZONE 'Asia/Shanghai',
                     'YYYYMMDD'), lpad(c.last::text, 5, '0')),
              $3, $5, $6, $7, $8, $9, $10, $11, $12, $4
         FROM counted c JOIN platform.book k ON k.id = $1
       RETURNING no`,
      [
        tx.book,
        id,
        target.rail,
        tx.now,
        target.fund,
        target.rail === 'fiscal' ? target.fund : null,
        target.sourceId,
        bank,
        lines.length,
        totalFen,
        reissue,
        tx.context.actor,
      ],
    );
    await tx.query(
      `INSERT INTO disbursement.batch_line (book, batch, seq, line, bank_account, amount_fen, payee_reason)
       SELECT $1, $2, l.seq, l.line, l.account, l.amount_fen, l.reason
         FROM unnest($3::uuid[], $4::uuid[], $5::bigint[], $6::text[])
              WITH ORDINALITY AS l (line, account, amount_fen, reason, seq)`,
      [
        tx.book,
        id,
        lines.map(({ line }) => line),
        lines.map(({ account }) => account),
        lines.map(({ amountFen }) => amountFen.toString()),
        lines.map(({ payeeReason }) => payeeReason),
      ],
    );
    await tx.execute(
      `UPDATE disbursement.payment_line l SET batch = $2
         FROM disbursement.batch_line b
        WHERE b.book = $1 AND b.batch = $2 AND l.book = b.book AND l.id = b.line`,
      [tx.book, id],
    );
    return { id, no: present(rows[0], 'a new batch has a number').no };
  }

  /** Conditional: returns false when the batch is not (or no longer) in `from`. */
  async advance(tx: Tx, id: string, from: BatchState, to: BatchState): Promise<boolean> {
    const rows = await tx.query<{ id: string }>(
      `UPDATE disbursement.batch
          SET state = $4,
              submitted_at = CASE $4 WHEN 'submitted' THEN $5::timestamptz ELSE submitted_at END,
              finished_at = CASE $4 WHEN 'done' THEN $5::timestamptz END
        WHERE book = $1 AND id = $2 AND state = $3 RETURNING id`,
      [tx.book, id, from, to, tx.now],
    );
    return rows.length === 1;
  }

  /** Keeps the digest of the first file built; a later one must be the same file. */
  async fixDigest(tx: Tx, id: string, digest: string): Promise<string> {
    const rows = await tx.query<{ digest: string }>(
      `UPDATE disbursement.batch SET digest = coalesce(digest, $3) WHERE book = $1 AND id = $2 RETURNING digest`,
      [tx.book, id, digest],
    );
    return present(rows[0], 'a batch that is sent exists').digest;
  }

  /** Counts an application of results and moves the bank's cursor on. */
  async noteApplication(tx: Tx, id: string, cursor: string | undefined): Promise<void> {
    await tx.execute(
      `UPDATE disbursement.batch
          SET applications = applications + 1, results_cursor = coalesce($3, results_cursor)
        WHERE book = $1 AND id = $2`,
      [tx.book, id, cursor ?? null],
    );
  }
}
