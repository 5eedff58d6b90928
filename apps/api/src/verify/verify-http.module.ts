import { Module } from '@nestjs/common';

import { CardsModule } from '@app/cards';
import { CompensationModule } from '@app/compensation';
import { CreditsModule } from '@app/credits';
import { DisbursementModule } from '@app/disbursement';
import { FundsModule } from '@app/funds';
import { LedgerModule } from '@app/ledger';
import { RegistryModule } from '@app/registry';
import { VerifyController } from './verify.controller';

@Module({
  imports: [
    LedgerModule,
    RegistryModule,
    CreditsModule,
    CompensationModule,
    DisbursementModule,
    FundsModule,
    CardsModule,
  ],
  controllers: [VerifyController],
})
export class VerifyHttpModule {}
