import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type { BatchState } from './batch.store';
import type { Rail } from './rails';

/** What the bank has said so far, in lines and fen. The four counts sum to the batch's lines. */
export interface BatchProgress {
  readonly state: BatchState;
  /** Nothing heard yet. */
  readonly waiting: number;
  readonly paid: number;
  readonly failed: number;
  /** P: in transit, never sent again. */
  readonly unknown: number;
  readonly paidFen: bigint;
  readonly failedFen: bigint;
  readonly unknownFen: bigint;
}

export interface BatchView extends BatchProgress {
  readonly id: string;
  readonly no: string;
  readonly rail: Rail;
  readonly indicatorId: string | null;
  /** The settlement or milestone of a market batch. */
  readonly sourceId: string | null;
  readonly bank: string;
  readonly reissue: boolean;
  readonly lines: number;
  readonly totalFen: bigint;
  readonly createdAt: Date;
  readonly submittedAt: Date | null;
  readonly finishedAt: Date | null;
  /** What the bank said that does not fit: for people to look at. */
  readonly findings: readonly { readonly code: string; readonly facts: Readonly<Record<string, string>> }[];
}

interface ProgressRow {
  readonly state: BatchState;
  readonly waiting: number;
  readonly paid: number;
  readonly failed: number;
  readonly unknown: number;
  readonly paid_fen: string;
  readonly failed_fen: string;
  readonly unknown_fen: string;
}

interface BatchViewRow extends ProgressRow {
  readonly id: string;
  readonly no: string;
  readonly rail: Rail;
  readonly indicator: string | null;
  readonly source_id: string | null;
  readonly bank: string;
  readonly reissue: boolean;
  readonly lines: number;
  readonly total_fen: string;
  readonly created_at: Date;
  readonly submitted_at: Date | null;
  readonly finished_at: Date | null;
  readonly findings: BatchView['findings'];
}

const PROGRESS = `
  SELECT count(*) FILTER (WHERE result IS NULL)::int AS waiting,
         count(*) FILTER (WHERE result = 'S')::int AS paid,
         count(*) FILTER (WHERE result = 'F')::int AS failed,
         count(*) FILTER (WHERE result = 'P')::int AS unknown,
         coalesce(sum(amount_fen) FILTER (WHERE result = 'S'), 0) AS paid_fen,
         coalesce(sum(amount_fen) FILTER (WHERE result = 'F'), 0) AS failed_fen,
         coalesce(sum(amount_fen) FILTER (WHERE result = 'P'), 0) AS unknown_fen
    FROM disbursement.batch_line l WHERE l.book = t.book AND l.batch = t.id`;

const VIEW = `
  SELECT t.id, t.no, t.rail, t.indicator, t.source_id, t.bank, t.state, t.reissue, t.lines, t.total_fen,
         t.created_at, t.submitted_at, t.finished_at, p.*,
         coalesce((SELECT jsonb_agg(jsonb_build_object('code', f.code, 'facts', f.facts) ORDER BY f.id)
                     FROM disbursement.finding f WHERE f.book = t.book AND f.batch = t.id), '[]') AS findings
    FROM disbursement.batch t CROSS JOIN LATERAL (${PROGRESS}) p`;

const LIST_MAX = 200;

/** Reads of batches: for the bureau's list, a batch's page and its live progress. */
@Injectable()
export class Batches {
  constructor(private readonly database: Database) {}

  /** Newest first, the latest 200; of one indicator, settlement or milestone when `of` names it. */
  async list(book: number, of?: string): Promise<BatchView[]> {
    const rows = await this.database.query<BatchViewRow>(
      `${VIEW} WHERE t.book = $1 AND ($2::uuid IS NULL OR t.indicator = $2 OR t.source_id = $2)
        ORDER BY t.created_at DESC, t.no DESC LIMIT ${LIST_MAX}`,
      [book, of ?? null],
    );
    return rows.map(toView);
  }

  async byId(book: number, id: string): Promise<BatchView | undefined> {
    const rows = await this.database.query<BatchViewRow>(`${VIEW} WHERE t.book = $1 AND t.id = $2`, [
      book,
      id,
    ]);
    return rows[0] && toView(rows[0]);
  }

  /** Throws for a batch that does not exist: ask `byId` first. */
  async progress(book: number, id: string): Promise<BatchProgress> {
    const [row] = await this.database.query<ProgressRow>(
      `SELECT t.state, p.* FROM disbursement.batch t CROSS JOIN LATERAL (${PROGRESS}) p
        WHERE t.book = $1 AND t.id = $2`,
      [book, id],
    );
    if (!row) throw new RangeError(`batch ${id} does not exist`);
    return toProgress(row);
  }
}

const toProgress = (row: ProgressRow): BatchProgress => ({
  state: row.state,
  waiting: row.waiting,
  paid: row.paid,
  failed: row.failed,
  unknown: row.unknown,
  paidFen: BigInt(row.paid_fen),
  failedFen: BigInt(row.failed_fen),
  unknownFen: BigInt(row.unknown_fen),
});

const toView = (row: BatchViewRow): BatchView => ({
  ...toProgress(row),
  id: row.id,
  no: row.no,
  rail: row.rail,
  indicatorId: row.indicator,
  sourceId: row.source_id,
  bank: row.bank,
  reissue: row.reissue,
  lines: row.lines,
  totalFen: BigInt(row.total_fen),
  createdAt: row.created_at,
  submittedAt: row.submitted_at,
  finishedAt: row.finished_at,
  findings: row.findings,
});
