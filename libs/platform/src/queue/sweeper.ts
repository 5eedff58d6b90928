import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { WakeQueue } from './wake-queue';

/** A row woken this recently is left to the wake that is on its way. */
const WAKE_PATIENCE_SECONDS = 3;
const WAKES_MAX = 500;

/** Finds rows that are due and tells the queue again: after a flush, a crash, a clock that moved. */
@Injectable()
export class Sweeper {
  constructor(
    private readonly dataSource: DataSource,
    private readonly wakeQueue: WakeQueue,
  ) {}

  /** Returns how many jobs it woke. */
  async sweep(): Promise<number> {
    const [rows]: [{ book: number; id: string; queue: string }[], number] = await this.dataSource.query(
      `UPDATE platform.job j SET woken_at = clock_timestamp()
         FROM (SELECT book, id FROM platform.job
                WHERE (state = 'due' AND retry_at <= clock_timestamp() AND due_at <= platform.book_now(book)
                       OR state = 'running' AND lease_until < clock_timestamp())
                  AND woken_at < clock_timestamp() - make_interval(secs => $1)
                ORDER BY retry_at LIMIT $2 FOR UPDATE SKIP LOCKED) d
        WHERE j.book = d.book AND j.id = d.id
        RETURNING j.book, j.id, j.queue`,
      [WAKE_PATIENCE_SECONDS, WAKES_MAX],
    );
    for (const { book, id, queue } of rows) this.wakeQueue.wake(queue, { book, id });
    return rows.length;
  }
}
