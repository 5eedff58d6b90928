import { Module } from '@nestjs/common';

import { LedgerModule } from '@app/ledger';
import { registerRefusals } from '../http';
import { AccountsController } from './accounts.controller';
import { BookLedgerController } from './book-ledger.controller';
import { EntriesController } from './entries.controller';
import { HoldsController } from './holds.controller';
import { LEDGER_STATUS } from './ledger.refusals';

registerRefusals(LEDGER_STATUS);

@Module({
  imports: [LedgerModule],
  controllers: [AccountsController, BookLedgerController, EntriesController, HoldsController],
})
export class LedgerHttpModule {}
