import { Injectable, Module, type OnModuleInit } from '@nestjs/common';

import { LedgerModule } from '@app/ledger';
import { JobHandlers } from '@app/platform';
import { RegistryModule } from '@app/registry';
import { ApplyResults } from './apply-results';
import { BatchLineStore } from './batch-line.store';
import { DisbursementModule } from './disbursement.module';
import { POLL_BATCH, SUBMIT_BATCH } from './disbursement.jobs';
import { FindingStore } from './finding.store';
import { HttpBankChannel } from './http-bank-channel';
import { OutgoingFile } from './outgoing-file';
import { PaymentChannel } from './payment-channel';
import { PayoutSteps, UnwatchedSteps } from './payout-steps';
import { PollBatch } from './poll-batch';
import { SubmitBatch } from './submit-batch';

/** Says which function runs which job of this lib. */
@Injectable()
export class DisbursementJobHandlers implements OnModuleInit {
  constructor(
    private readonly handlers: JobHandlers,
    private readonly submitBatch: SubmitBatch,
    private readonly pollBatch: PollBatch,
  ) {}

  onModuleInit(): void {
    this.handlers.on(SUBMIT_BATCH, (job) => this.submitBatch.execute(job));
    this.handlers.on(POLL_BATCH, (job) => this.pollBatch.execute(job));
  }
}

/** The worker's half: the bank link and the two jobs that use it. */
@Module({
  imports: [DisbursementModule, LedgerModule, RegistryModule],
  providers: [
    { provide: PaymentChannel, useClass: HttpBankChannel },
    { provide: PayoutSteps, useClass: UnwatchedSteps },
    ApplyResults,
    BatchLineStore,
    DisbursementJobHandlers,
    FindingStore,
    OutgoingFile,
    PollBatch,
    SubmitBatch,
  ],
  exports: [ApplyResults, PollBatch, SubmitBatch],
})
export class DisbursementJobsModule {}
