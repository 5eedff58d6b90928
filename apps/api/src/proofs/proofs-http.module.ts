import { Module } from '@nestjs/common';

import { SealingModule, SealLagGauge } from '@app/ledger';
import { registerRefusals } from '../http';
import { EntryProofController } from './entry-proof.controller';
import { EventProofController } from './event-proof.controller';
import { PROOF_STATUS } from './proof.refusals';
import { PublicLogController } from './public-log.controller';
import { RefusalProofController } from './refusal-proof.controller';

registerRefusals(PROOF_STATUS);

/** Each is described in `openapi/`, and a test compares the two. */
export const PROOF_CONTROLLERS = [
  PublicLogController,
  ...[EntryProofController, EventProofController, RefusalProofController],
];

@Module({
  imports: [SealingModule],
  controllers: PROOF_CONTROLLERS,
  providers: [SealLagGauge],
})
export class ProofsHttpModule {}
