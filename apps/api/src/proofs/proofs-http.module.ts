import { Module } from '@nestjs/common';

import { SealingModule } from '@app/ledger';
import { registerRefusals } from '../http';
import { EntryProofController } from './entry-proof.controller';
import { PROOF_STATUS } from './proof.refusals';
import { PublicLogController } from './public-log.controller';
import { SealLagGauge } from './seal-lag.gauge';

registerRefusals(PROOF_STATUS);

@Module({
  imports: [SealingModule],
  controllers: [PublicLogController, EntryProofController],
  providers: [SealLagGauge],
})
export class ProofsHttpModule {}
