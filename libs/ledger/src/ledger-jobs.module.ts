import { Module } from '@nestjs/common';

import { ExpireHold } from './holds/expire-hold';
import { LedgerModule } from './ledger.module';
import { PublishCheckpoint } from './sealing/publish/publish-checkpoint';
import { SealingModule } from './sealing/sealing.module';
import { AuditBook } from './verify/audit-book';
import { AuditSchedule } from './verify/audit-schedule';

/** The ledger's handlers, for the worker. */
@Module({
  imports: [LedgerModule, SealingModule],
  providers: [AuditBook, AuditSchedule, ExpireHold, PublishCheckpoint],
  exports: [AuditBook, AuditSchedule],
})
export class LedgerJobsModule {}
