import { Injectable } from '@nestjs/common';

import { Metrics } from '@app/platform';
import type { BatchDone, Lane, LaneWatcher } from './lane';
import type { Seat } from './take-batch.rules';

const SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

/** What the lanes of this process do, for whoever watches it. */
@Injectable()
export class LaneMetrics implements LaneWatcher {
  readonly #lanes = new Map<number, Lane>();
  readonly #wait;
  readonly #call;
  readonly #commit;
  readonly #commands;
  readonly #legs;
  readonly #again;
  readonly #refused;

  constructor(metrics: Metrics) {
    this.#wait = metrics.histogram({
      name: 'tanhui_lane_wait_seconds',
      help: 'How long a command waited before its transaction began.',
    });
    this.#call = metrics.histogram({
      name: 'tanhui_lane_sql_seconds',
      help: 'How long the statements of a batch took, without the commit.',
      labels: ['kind'],
    });
    this.#commit = metrics.histogram({
      name: 'tanhui_lane_commit_seconds',
      help: 'How long the audit row and the commit of a batch took.',
    });
    this.#commands = metrics.histogram({
      name: 'tanhui_lane_batch_commands',
      help: 'Commands of one transaction.',
      labels: ['kind'],
      buckets: SIZES,
    });
    this.#legs = metrics.histogram({
      name: 'tanhui_lane_batch_legs',
      help: 'Legs of one transaction.',
      buckets: SIZES,
    });
    this.#again = metrics.counter({
      name: 'tanhui_lane_batches_run_again_total',
      help: 'Batches that were run again, by what undid them.',
      labels: ['cause'],
    });
    this.#refused = metrics.counter({
      name: 'tanhui_lane_refused_total',
      help: 'Commands that were not taken because the queue was full.',
    });
    this.watchDepth(metrics);
  }

  /** What waits or runs in a lane is asked when somebody reads it. */
  watch(book: number, lane: Lane): void {
    this.#lanes.set(book, lane);
  }

  onBatch(seats: readonly Seat[], done: BatchDone, startedAt: number): void {
    let legs = 0;
    for (const { leader, twins } of seats) {
      legs += leader.command.weight;
      this.#wait.observe((startedAt - leader.since) / 1000);
      for (const twin of twins) this.#wait.observe((startedAt - twin.since) / 1000);
    }
    const labels = { kind: seats[0]?.leader.kind.name ?? '' };
    this.#call.observe(labels, done.callMs / 1000);
    this.#commit.observe(done.commitMs / 1000);
    this.#commands.observe(labels, seats.length);
    this.#legs.observe(legs);
  }

  onRefused(): void {
    this.#refused.inc();
  }

  onRunAgain(cause: 'deadlock' | 'serialization' | 'connection'): void {
    this.#again.inc({ cause });
  }

  private watchDepth(metrics: Metrics): void {
    metrics.gauge(
      {
        name: 'tanhui_lane_backlog_commands',
        help: 'Commands that wait or run, by book.',
        labels: ['book'],
      },
      (gauge) => {
        for (const [book, { backlog }] of this.#lanes) gauge.set({ book }, backlog.commands);
      },
    );
    metrics.gauge(
      { name: 'tanhui_lane_backlog_legs', help: 'Their legs, by book.', labels: ['book'] },
      (gauge) => {
        for (const [book, { backlog }] of this.#lanes) gauge.set({ book }, backlog.weight);
      },
    );
  }
}
