import { Injectable } from '@nestjs/common';

import { idOf } from '@app/kernel';
import { Jobs, type Tx } from '@app/platform';
import { BatchStore, type BatchTarget } from './batch.store';
import { SUBMIT_BATCH } from './disbursement.jobs';
import { planByBank, type PayableLine } from './plan.rules';

export interface PlannedBatch {
  readonly id: string;
  readonly no: string;
  readonly bank: string;
  readonly lines: number;
  readonly totalFen: bigint;
}

/** Turns locked lines into batches by bank and queues each batch's submission with it. */
@Injectable()
export class BatchPlanner {
  constructor(
    private readonly batches: BatchStore,
    private readonly jobs: Jobs,
  ) {}

  async plan(
    tx: Tx,
    target: BatchTarget,
    lines: readonly PayableLine[],
    reissue: boolean,
  ): Promise<{ batches: PlannedBatch[]; withoutAccount: number }> {
    const plan = planByBank(lines);
    const batches: PlannedBatch[] = [];
    for (const draft of plan.batches) {
      const { id, no } = await this.batches.insert(tx, target, draft, reissue);
      await this.jobs.add(tx, SUBMIT_BATCH, { batch: id }, { id: idOf('submit-batch', id) });
      batches.push({ id, no, bank: draft.bank, lines: draft.lines.length, totalFen: draft.totalFen });
    }
    return { batches, withoutAccount: plan.withoutAccount };
  }
}
