import { Module } from '@nestjs/common';

import { LedgerModule } from '@app/ledger';
import { FiguresController } from './figures.controller';

@Module({ imports: [LedgerModule], controllers: [FiguresController] })
export class FiguresHttpModule {}
