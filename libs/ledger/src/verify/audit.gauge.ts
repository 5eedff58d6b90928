import { Injectable } from '@nestjs/common';

import { Metrics } from '@app/platform';
import { AuditRunStore, type AuditState } from './audit-run.store';

/**
 * What the auditor's log says, whoever wrote it: a counter begins at zero when its process does, and a finding stays
 * until a whole run is clean.
 */
@Injectable()
export class AuditGauge {
  constructor(metrics: Metrics, runs: AuditRunStore) {
    const show = (name: string, help: string, valueOf: (state: AuditState) => number | null): void => {
      metrics.gauge({ name, help, labels: ['book'] }, async (gauge) => {
        gauge.reset();
        // Without the database nothing is known, and no number is better than an old one.
        for (const state of await runs.states().catch(() => [])) {
          const value = valueOf(state);
          if (value !== null) gauge.set({ book: state.book }, value);
        }
      });
    };
    show(
      'tanhui_audit_standing_findings',
      'Findings of the last whole audit of a book and of those since. Anything but zero needs a person.',
      ({ findings }) => findings,
    );
    show(
      'tanhui_audit_whole_age_seconds',
      'Time since the last whole audit of a book ended; it is made every day.',
      ({ wholeAgeSeconds }) => wholeAgeSeconds,
    );
  }
}
