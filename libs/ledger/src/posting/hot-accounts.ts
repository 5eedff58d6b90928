import { performance } from 'node:perf_hooks';

import { Injectable } from '@nestjs/common';

import { Metrics } from '@app/platform';
import type { Answer } from './answers';
import { HeavyHitters } from './heavy-hitters';

const INTERVAL_MS = 60_000;
const COUNTED = 512;
const SHOWN = 10;

/** Which accounts this process posts to most. Everything else of a busy book waits behind their rows. */
@Injectable()
export class HotAccounts {
  #since = performance.now();
  #now = new HeavyHitters(COUNTED);
  #last = new HeavyHitters(COUNTED);

  constructor(metrics: Metrics) {
    metrics.gauge(
      {
        name: 'tanhui_hot_account_postings',
        help: 'Postings of the last whole minute on the accounts that had most of them, in this process.',
        labels: ['book', 'account', 'asset'],
      },
      (gauge) => {
        this.turn();
        gauge.reset();
        for (const [name, count] of this.#last.top(SHOWN)) {
          const [book = '', account = '', asset = ''] = name.split(' ');
          gauge.set({ book, account, asset }, count);
        }
      },
    );
  }

  /** Counts the postings of entries that were posted just now. */
  note(book: number, answers: readonly Answer[]): void {
    this.turn();
    for (const answer of answers) {
      if (!answer.ok || answer.value.replayed) continue;
      for (const { path, asset } of answer.value.postings) this.#now.count(`${book} ${path} ${asset}`);
    }
  }

  private turn(): void {
    const now = performance.now();
    if (now - this.#since < INTERVAL_MS) return;
    this.#last = now - this.#since < 2 * INTERVAL_MS ? this.#now : new HeavyHitters(COUNTED);
    this.#now = new HeavyHitters(COUNTED);
    this.#since = now;
  }
}
