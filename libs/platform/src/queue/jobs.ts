import { Injectable } from '@nestjs/common';

import { newId } from '@app/kernel';
import type { Tx } from '../database/tx';
import type { JobDefinition } from './define-job';
import { WakeQueue } from './wake-queue';

export interface JobTiming {
  /** By the book's clock; now when left out. */
  readonly dueAt?: Date;
  /** A job with an id that exists is not added twice. */
  readonly id?: string;
}

/** Adds jobs: the row in the caller's transaction, the wake after its commit. */
@Injectable()
export class Jobs {
  constructor(private readonly wakeQueue: WakeQueue) {}

  /** Returns the job's id. Needs a book: a job is one book's work. */
  async add<Payload extends object>(
    tx: Tx,
    job: JobDefinition<Payload>,
    payload: Payload,
    timing: JobTiming = {},
  ): Promise<string> {
    const id = timing.id ?? newId();
    await tx.query(
      `INSERT INTO platform.job (book, id, name, queue, payload, attempts_max, due_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (book, id) DO NOTHING`,
      [tx.book, id, job.name, job.queue, JSON.stringify(payload), job.attemptsMax, timing.dueAt ?? tx.now],
    );
    const { book } = tx;
    tx.afterCommit(() => this.wakeQueue.wake(job.queue, { book, id }));
    return id;
  }
}
