import { Module, type OnModuleInit } from '@nestjs/common';

import { AuditGauge, LedgerModule, SealingModule, SealLagGauge } from '@app/ledger';
import { JobGauge, Metrics } from '@app/platform';
import { MetricsListener } from './metrics-listener';

/** What is to be seen of the worker: its process, and what it works off in the database. */
@Module({
  imports: [LedgerModule, SealingModule],
  providers: [AuditGauge, JobGauge, MetricsListener, SealLagGauge],
})
export class WorkerMetricsModule implements OnModuleInit {
  constructor(private readonly metrics: Metrics) {}

  onModuleInit(): void {
    this.metrics.watchProcess();
  }
}
