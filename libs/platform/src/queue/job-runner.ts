import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import type { JobOutcome } from './define-job';
import { JobHandlers } from './job-handlers';
import { WakeQueue, type Wake } from './wake-queue';

interface ClaimedRow {
  readonly name: string;
  readonly queue: string;
  readonly payload: unknown;
  readonly attempt: number;
  readonly attempts_max: number;
  /** Counts claims for ever: the fencing token. */
  readonly claim_no: number;
}

const BACKOFF_BASE_MS = 500;
const BACKOFF_MAX_MS = 60_000;

/** Claims a job's row, runs it, and writes how it ended. Two workers woken for one row: one of them claims it. */
@Injectable()
export class JobRunner {
  constructor(
    private readonly dataSource: DataSource,
    private readonly handlers: JobHandlers,
    private readonly wakeQueue: WakeQueue,
  ) {}

  /** Returns false when there was nothing to do: another worker has it, it is done, or it is not due yet. */
  async run({ book, id }: Wake): Promise<boolean> {
    const name = await this.nameOf(book, id);
    if (name === undefined) return false;
    const claimed = await this.claim(book, id, this.handlers.leaseSeconds(name));
    if (!claimed) return false;
    const { attempt, payload } = claimed;
    try {
      const outcome = await this.handlers.run(name, { book, id, attempt, payload });
      await this.finish(book, id, claimed, outcome);
    } catch (error) {
      await this.fail(book, id, claimed, error);
      throw error;
    }
    return true;
  }

  private async nameOf(book: number, id: string): Promise<string | undefined> {
    const rows: { name: string }[] = await this.dataSource.query(
      `SELECT name FROM platform.job WHERE book = $1 AND id = $2 AND state IN ('due', 'running')`,
      [book, id],
    );
    return rows[0]?.name;
  }

  private async claim(book: number, id: string, leaseSeconds: number): Promise<ClaimedRow | undefined> {
    const [rows]: [ClaimedRow[], number] = await this.dataSource.query(
      `UPDATE platform.job
          SET state = 'running', attempt = attempt + 1, claim_no = claim_no + 1,
              lease_until = clock_timestamp() + make_interval(secs => $3)
        WHERE book = $1 AND id = $2
          AND (state = 'due' AND retry_at <= clock_timestamp() AND due_at <= platform.book_now(book)
               OR state = 'running' AND lease_until < clock_timestamp())
        RETURNING name, queue, payload, attempt, attempts_max, claim_no`,
      [book, id, leaseSeconds],
    );
    return rows[0];
  }

  /** A worker that slept past its lease holds an old claim number and no longer decides. */
  private async finish(book: number, id: string, claimed: ClaimedRow, outcome: JobOutcome): Promise<void> {
    if (outcome.kind === 'again') {
      await this.postpone(book, id, claimed, {
        state: 'due',
        attempt: 0,
        error: null,
        delayMs: outcome.afterMs,
      });
      return;
    }
    await this.dataSource.query(
      `UPDATE platform.job SET state = 'done', finished_at = clock_timestamp(), last_error = NULL
        WHERE book = $1 AND id = $2 AND state = 'running' AND claim_no = $3`,
      [book, id, claimed.claim_no],
    );
  }

  private fail(book: number, id: string, claimed: ClaimedRow, error: unknown): Promise<void> {
    const { attempt, attempts_max: attemptsMax } = claimed;
    const delayMs = Math.min(BACKOFF_BASE_MS * 2 ** (attempt - 1), BACKOFF_MAX_MS);
    const state = attempt >= attemptsMax ? 'dead' : 'due';
    return this.postpone(book, id, claimed, { state, attempt, error: describe(error), delayMs });
  }

  /** The row says when; the delayed wake only spares the wait for the sweeper. */
  private async postpone(
    book: number,
    id: string,
    { claim_no: claimNo, queue }: ClaimedRow,
    next: { state: 'due' | 'dead'; attempt: number; error: string | null; delayMs: number },
  ): Promise<void> {
    const [, touched]: [unknown, number] = await this.dataSource.query(
      `UPDATE platform.job j SET state = $4, attempt = $5, last_error = $6, retry_at = n.at, woken_at = n.at
         FROM (SELECT clock_timestamp() + make_interval(secs => $7::float8 / 1000) AS at) n
        WHERE j.book = $1 AND j.id = $2 AND j.state = 'running' AND j.claim_no = $3`,
      [book, id, claimNo, next.state, next.attempt, next.error, next.delayMs],
    );
    if (touched > 0 && next.state === 'due') this.wakeQueue.wake(queue, { book, id }, next.delayMs);
  }
}

/** Class and code only: a driver's message may quote the row that broke, and rows hold people. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  return `${error.name}${code}`.slice(0, 200);
}
