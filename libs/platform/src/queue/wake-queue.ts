import { Queue } from 'bullmq';

import { newId } from '@app/kernel';
import type { QueueBackend } from './queue-backend';

export interface Wake {
  readonly book: number;
  readonly id: string;
}

/** Tells workers that a row is due. May be lost at any moment: the sweeper tells them again. */
export class WakeQueue {
  readonly #queues = new Map<string, Queue<Wake>>();

  constructor(
    private readonly backend: QueueBackend,
    private readonly onError: (error: Error) => void,
  ) {}

  /** Never throws and never waits: the row is already committed. */
  wake(queue: string, wake: Wake, delayMs = 0): void {
    this.queue(queue)
      // An id of our own: BullMQ on PostgreSQL would create a sequence for ids, which our role may not.
      .add('wake', wake, {
        jobId: newId(),
        delay: delayMs,
        removeOnComplete: true,
        removeOnFail: true,
        attempts: 1,
      })
      .catch((error: unknown) => this.onError(error instanceof Error ? error : new Error(String(error))));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }

  private queue(name: string): Queue<Wake> {
    const known = this.#queues.get(name);
    if (known) return known;
    const queue = new Queue<Wake>(name, this.backend.options());
    queue.on('error', this.onError);
    this.#queues.set(name, queue);
    return queue;
  }
}
