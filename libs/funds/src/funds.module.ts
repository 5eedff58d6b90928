import { Module } from '@nestjs/common';

import { LedgerModule } from '@app/ledger';
import { AllotIndicator } from './allot-indicator';
import { IndicatorStore } from './indicator.store';
import { Indicators } from './indicators';
import { ReleaseFunds } from './release-funds';
import { ReserveFunds } from './reserve-funds';

const PUBLIC = [AllotIndicator, ReserveFunds, ReleaseFunds, Indicators];

@Module({ imports: [LedgerModule], providers: [IndicatorStore, ...PUBLIC], exports: PUBLIC })
export class FundsModule {}
