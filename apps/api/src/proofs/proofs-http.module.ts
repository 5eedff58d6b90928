import { Module } from '@nestjs/common';

import { SealingModule, SealLagGauge } from '@app/ledger';
import { registerRefusals } from '../http';
import { EntryProofController } from './entry-proof.controller';
import { PROOF_STATUS } from './proof.refusals';
import { PublicLogController } from './public-log.controller';

registerRefusals(PROOF_STATUS);

@Module({
  imports: [SealingModule],
  controllers: [PublicLogController, EntryProofController],
  providers: [SealLagGauge],
})
export class ProofsHttpModule {}
