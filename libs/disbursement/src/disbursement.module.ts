import { Module } from '@nestjs/common';

import { FundsModule } from '@app/funds';
import { LedgerModule } from '@app/ledger';
import { BasisStore } from './basis.store';
import { BatchLines } from './batch-lines';
import { BatchPlanner } from './batch-planner';
import { BatchStore } from './batch.store';
import { Batches } from './batches';
import { LineStore } from './line.store';
import { OpenBasis } from './open-basis';
import { PaymentAudit } from './payment-audit';
import { PlanBatches } from './plan-batches';
import { ReceivedMoney } from './received-money';
import { Reissue } from './reissue';
import { ReturnedLines } from './returned-lines';

const PUBLIC = [OpenBasis, PlanBatches, Reissue, Batches, BatchLines, ReturnedLines, PaymentAudit];
const STORES = [BasisStore, BatchStore, LineStore];

/** What other libs and the HTTP edge need: no way to the bank. */
@Module({
  imports: [FundsModule, LedgerModule],
  providers: [...STORES, BatchPlanner, ReceivedMoney, ...PUBLIC],
  exports: [...PUBLIC, ...STORES],
})
export class DisbursementModule {}
