import { Module, type DynamicModule } from '@nestjs/common';

import { CardsJobsModule } from '@app/cards';
import { CompensationJobsModule } from '@app/compensation';
import { DisbursementJobsModule } from '@app/disbursement';
import { LedgerJobsModule } from '@app/ledger';
import { PlatformModule, type Environment } from '@app/platform';
import { RegistryJobsModule } from '@app/registry';
import { WorkerMetricsModule } from './metrics/worker-metrics.module';

/** One jobs module a lib: each registers its handlers. */
const JOBS_MODULES = [
  LedgerJobsModule,
  RegistryJobsModule,
  DisbursementJobsModule,
  CompensationJobsModule,
  CardsJobsModule,
];

@Module({})
export class WorkerModule {
  static forProcess(environment: Environment): DynamicModule {
    return {
      module: WorkerModule,
      imports: [PlatformModule.forProcess('worker', environment), ...JOBS_MODULES, WorkerMetricsModule],
    };
  }
}
