import { Module } from '@nestjs/common';

import { CardsModule } from '@app/cards';
import { CreditsModule } from '@app/credits';
import { LedgerModule } from '@app/ledger';
import { VerifyController } from './verify.controller';

@Module({ imports: [LedgerModule, CreditsModule, CardsModule], controllers: [VerifyController] })
export class VerifyHttpModule {}
