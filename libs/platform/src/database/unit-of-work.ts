import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';

import { present, type Refusal, type Result } from '@app/kernel';
import { Tx, type WorkContext } from './tx';

const ATTEMPTS_MAX = 5;

/** Postgres asks the client to run the whole transaction again after these. */
const SQLSTATE_RETRYABLE = new Set(['40001' /* serialization_failure */, '40P01' /* deadlock_detected */]);

@Injectable()
export class UnitOfWork {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs the work in one READ COMMITTED transaction: commits when it is ok, rolls all of it back when it is
   * refused or throws, runs it again after a deadlock or serialization failure. Writes one audit row.
   */
  async run<T, R extends Refusal>(
    context: WorkContext,
    work: (tx: Tx) => Promise<Result<T, R>>,
  ): Promise<Result<T, R>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.runOnce(context, work);
      } catch (error) {
        if (attempt === ATTEMPTS_MAX || !isRetryable(error)) throw error;
      }
    }
  }

  private async runOnce<T, R extends Refusal>(
    context: WorkContext,
    work: (tx: Tx) => Promise<Result<T, R>>,
  ): Promise<Result<T, R>> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction('READ COMMITTED');
      const tx = new Tx(runner, context, await enter(runner, context));
      const result = await work(tx);
      if (!result.ok) return result;
      await writeAudit(tx);
      await runner.commitTransaction();
      tx.runAfterCommit();
      return result;
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      await runner.release();
    }
  }
}

/** Sets actor, book and scope for the transaction and reads the book's clock, in one round trip. */
async function enter(runner: QueryRunner, context: WorkContext): Promise<Date> {
  const rows = (await runner.query(
    `SELECT set_config('tanhui.actor', $1, true), set_config('tanhui.book', $2, true),
            set_config('tanhui.scope', $3, true), platform.book_now($4::int) AS now`,
    [context.actor, String(context.book), (context.scope ?? []).join(','), context.book],
  )) as { now: Date }[];
  return present(rows[0], 'the book clock answers').now;
}

async function writeAudit(tx: Tx): Promise<void> {
  const { book, actor, scope, action, subject } = tx.context;
  await tx.query('SELECT platform.record_audit($1, $2, $3, $4, $5, $6, $7)', [
    book,
    tx.now,
    actor,
    scope ?? [],
    action,
    subject ?? null,
    JSON.stringify(tx.auditFacts),
  ]);
}

function isRetryable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && SQLSTATE_RETRYABLE.has(String(error.code));
}
