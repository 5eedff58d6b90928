import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { AuditSchedule, Sealer } from '@app/ledger';
import {
  assertApplicationRole,
  Database,
  JobHandlers,
  JobRunner,
  Logger,
  QueueBackend,
  Sweeper,
  WorkerPool,
  type Environment,
} from '@app/platform';
import { ALL_JOBS } from './jobs';
import { MetricsListener } from './metrics/metrics-listener';
import { WorkerModule } from './worker.module';

export interface RunningWorker {
  readonly app: INestApplicationContext;
  stop(): Promise<void>;
}

/** Builds the worker, checks that every job has its handler, and starts to fetch, to seal and to audit. */
export async function createWorker(environment: Environment): Promise<RunningWorker> {
  const logger = new Logger('worker', environment.LOG_LEVEL);
  const app = await NestFactory.createApplicationContext(WorkerModule.forProcess(environment), {
    logger,
    abortOnError: false,
  });
  await assertApplicationRole(app.get(Database));
  const handlers = app.get(JobHandlers);
  handlers.assertComplete(ALL_JOBS);
  const metrics = app.get(MetricsListener);
  await metrics.start();
  const pool = new WorkerPool(app.get(QueueBackend), handlers, app.get(JobRunner), app.get(Sweeper), logger);
  pool.start();
  const sealer = app.get(Sealer, { strict: false });
  sealer.start();
  const audits = app.get(AuditSchedule, { strict: false });
  audits.start();
  return {
    app,
    stop: async () => {
      await audits.stop();
      await sealer.stop();
      await pool.stop();
      await metrics.stop();
      await app.close();
    },
  };
}
