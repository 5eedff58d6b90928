import { Module } from '@nestjs/common';

import { LedgerModule } from '@app/ledger';
import { registerRefusals } from '../http';
import { AccountReadsController } from './account-reads.controller';
import { AccountsController } from './accounts.controller';
import { BookLedgerController } from './book-ledger.controller';
import { EntriesController } from './entries.controller';
import { EntryBatchesController } from './entry-batches.controller';
import { EntryReadsController } from './entry-reads.controller';
import { HoldsController } from './holds.controller';
import { LEDGER_STATUS } from './ledger.refusals';
import { PeriodsController } from './periods.controller';
import { ReversalsController } from './reversals.controller';
import { PostLines } from './stream/post-lines';
import { TakeLines } from './stream/take-lines';

registerRefusals(LEDGER_STATUS);

/** Each is described in `openapi/`, and a test compares the two. */
export const LEDGER_CONTROLLERS = [
  ...[EntriesController, EntryBatchesController, EntryReadsController, ReversalsController, HoldsController],
  ...[AccountsController, AccountReadsController, BookLedgerController, PeriodsController],
];

@Module({
  imports: [LedgerModule],
  controllers: LEDGER_CONTROLLERS,
  providers: [PostLines, TakeLines],
})
export class LedgerHttpModule {}
