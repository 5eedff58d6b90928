import { Injectable } from '@nestjs/common';

import { Metrics } from '@app/platform';
import { SealLags } from './seal-lag';

/** How far the seals are behind the books, read from the database when somebody asks. */
@Injectable()
export class SealLagGauge {
  constructor(metrics: Metrics, lags: SealLags) {
    metrics.gauge(
      {
        name: 'tanhui_seal_lag_seconds',
        help: 'Age of the oldest record of a book that no seal covers; 0 when there is none.',
        labels: ['book'],
      },
      async (gauge) => {
        gauge.reset();
        // Without the database nothing is known, and no number is better than an old one.
        const known = await lags.read().catch(() => []);
        for (const { book, seconds } of known) gauge.set({ book }, seconds);
      },
    );
  }
}
