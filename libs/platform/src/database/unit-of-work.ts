import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';

import type { Refusal, Result } from '@app/kernel';
import { Metrics } from '../metrics/metrics';
import { conflictOf } from './database-errors';
import type { Executor } from './executor';
import { enter, writeAudit } from './transaction-context';
import type { Tx, WorkContext } from './tx';

const ATTEMPTS_MAX = 5;

@Injectable()
export class UnitOfWork {
  readonly #again;

  constructor(
    private readonly dataSource: DataSource,
    metrics: Metrics,
  ) {
    this.#again = metrics.counter({
      name: 'tanhui_transactions_run_again_total',
      help: 'Units of work that lost against another transaction and were run again, by how they lost.',
      labels: ['cause'],
    });
  }

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
        const cause = conflictOf(error);
        if (attempt === ATTEMPTS_MAX || cause === undefined) throw error;
        this.#again.inc({ cause });
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
      const executor = executorOf(runner);
      const tx = await enter(executor, context);
      const result = await work(tx);
      if (!result.ok) return result;
      await writeAudit(executor, tx);
      await runner.commitTransaction();
      tx.runAfterCommit();
      return result;
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      await runner.release();
    }
  }
}

const executorOf = (runner: QueryRunner): Executor => ({
  run: async (sql, params) => {
    const { records, affected } = await runner.query(sql, [...params], true);
    return { rows: records as unknown[], affected: affected ?? 0 };
  },
});
