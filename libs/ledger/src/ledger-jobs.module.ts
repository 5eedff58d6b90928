import { Module } from '@nestjs/common';

import { ExpireHold } from './holds/expire-hold';
import { LedgerModule } from './ledger.module';

/** The ledger's handlers, for the worker. */
@Module({ imports: [LedgerModule], providers: [ExpireHold] })
export class LedgerJobsModule {}
