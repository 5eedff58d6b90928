import { Injectable } from '@nestjs/common';

import { Database, type Tx } from '@app/platform';
import type { ResultCode } from './payment-channel';
import type { LineChange, StandingLine } from './result.rules';

interface StandingRow {
  readonly seq: number;
  readonly line: string;
  readonly amount_fen: string;
  readonly source_id: string;
  readonly party: string;
  readonly result: ResultCode | null;
}

/** A line as the batch was planned: what the bank is to be given. */
export interface PlannedLine {
  readonly seq: number;
  readonly line: string;
  readonly amountFen: bigint;
  /** Id of the bank account. */
  readonly account: string;
}

@Injectable()
export class BatchLineStore {
  constructor(private readonly database: Database) {}

  /** All lines of a batch in order of seq. */
  async planned(book: number, batch: string): Promise<PlannedLine[]> {
    const rows = await this.database.query<{
      seq: number;
      line: string;
      amount_fen: string;
      bank_account: string;
    }>(
      `SELECT seq, line, amount_fen, bank_account FROM disbursement.batch_line
        WHERE book = $1 AND batch = $2 ORDER BY seq`,
      [book, batch],
    );
    return rows.map((row) => ({
      seq: row.seq,
      line: row.line,
      amountFen: BigInt(row.amount_fen),
      account: row.bank_account,
    }));
  }

  /** What is known of some lines of a batch, by seq. The caller holds the batch's lock. */
  async standing(tx: Tx, batch: string, seqs: readonly number[]): Promise<Map<number, StandingLine>> {
    const rows = await tx.query<StandingRow>(
      `SELECT b.seq, b.line, b.amount_fen, l.source_id, l.party, b.result
         FROM disbursement.batch_line b
         JOIN disbursement.payment_line l ON l.book = b.book AND l.id = b.line
        WHERE b.book = $1 AND b.batch = $2 AND b.seq = ANY ($3::int[])`,
      [tx.book, batch, seqs],
    );
    return new Map(
      rows.map((row) => [
        row.seq,
        {
          seq: row.seq,
          line: row.line,
          amountFen: BigInt(row.amount_fen),
          source: row.source_id,
          party: row.party,
          result: row.result,
        },
      ]),
    );
  }

  /** Writes results on lines that have none or P. Returns how many took theirs. */
  record(tx: Tx, batch: string, changes: readonly LineChange[]): Promise<number> {
    return tx.execute(
      `UPDATE disbursement.batch_line b
          SET result = r.result, reason_code = r.reason, bank_serial = r.serial,
              settled_at = CASE WHEN r.result = 'P' THEN NULL ELSE $7::timestamptz END
         FROM unnest($3::int[], $4::text[], $5::text[], $6::text[]) AS r (seq, result, reason, serial)
        WHERE b.book = $1 AND b.batch = $2 AND b.seq = r.seq AND (b.result IS NULL OR b.result = 'P')`,
      [
        tx.book,
        batch,
        changes.map(({ standing }) => standing.seq),
        changes.map(({ result }) => result),
        changes.map(({ reason }) => reason),
        changes.map(({ bankSerial }) => bankSerial),
        tx.now,
      ],
    );
  }

  /** How many lines still wait for their last word. */
  async open(tx: Tx, batch: string): Promise<number> {
    const rows = await tx.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM disbursement.batch_line
        WHERE book = $1 AND batch = $2 AND (result IS NULL OR result = 'P')`,
      [tx.book, batch],
    );
    return rows[0]?.open ?? 0;
  }
}
