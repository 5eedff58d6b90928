import { Worker } from 'bullmq';

import { JobHandlers } from './job-handlers';
import { JobRunner } from './job-runner';
import type { QueueBackend } from './queue-backend';
import { Sweeper } from './sweeper';
import type { Wake } from './wake-queue';

const SWEEP_EVERY_MS = 1_000;
const CONCURRENCY = 4;

export interface WorkerLog {
  warn(message: string): void;
}

/** One BullMQ worker per queue and the sweeper's timer. */
export class WorkerPool {
  #workers: Worker<Wake>[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly backend: QueueBackend,
    private readonly handlers: JobHandlers,
    private readonly runner: JobRunner,
    private readonly sweeper: Sweeper,
    private readonly log: WorkerLog,
  ) {}

  start(): void {
    this.#workers = this.handlers.queues.map((queue) => {
      const worker = new Worker<Wake>(queue, (wake) => this.runner.run(wake.data), {
        ...this.backend.options(),
        concurrency: CONCURRENCY,
      });
      worker.on('error', (error) => this.log.warn(`queue ${queue}: ${error.name}`));
      worker.on('failed', (wake, error) =>
        this.log.warn(`job ${wake?.data.id ?? '?'} failed: ${error.name}`),
      );
      return worker;
    });
    this.#timer = setInterval(() => {
      this.#sweeping = this.#sweeping
        .then(() => this.sweeper.sweep())
        .catch((error: unknown) =>
          this.log.warn(`sweep failed: ${error instanceof Error ? error.name : '?'}`),
        );
    }, SWEEP_EVERY_MS);
  }

  /** Lets running jobs end. What does not end in time is taken over when its lease runs out. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }
}
