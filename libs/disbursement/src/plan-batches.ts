import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { BasisStore } from './basis.store';
import { BatchPlanner, type PlannedBatch } from './batch-planner';
import type { PlanRefusal } from './disbursement.refusals';
import { LineStore } from './line.store';

/** What to pay: all that is pending of an indicator, or of one settlement (or milestone) of the market rail. */
export type PlanTarget = { readonly indicatorId: string } | { readonly settlementId: string };

export interface BatchesPlanned {
  readonly batches: readonly PlannedBatch[];
  /** Pending lines left out because their payee has no bank account on record. */
  readonly withoutAccount: number;
}

/** Puts everything pending of a target into batches, one bank each, and queues their submission. */
@Injectable()
export class PlanBatches {
  constructor(
    private readonly bases: BasisStore,
    private readonly lines: LineStore,
    private readonly planner: BatchPlanner,
  ) {}

  /**
   * Refuses NOTHING_TO_PAY when no pending line is free (two operators who press at once: the second), and
   * TWO_STEPS_BY_ONE when the actor took a step on a source that would be paid.
   */
  async execute(tx: Tx, target: PlanTarget): Promise<Result<BatchesPlanned, PlanRefusal>> {
    const name = 'indicatorId' in target ? target.indicatorId : target.settlementId;
    const places =
      'indicatorId' in target
        ? [{ rail: 'fiscal' as const, fund: target.indicatorId, sourceId: null }]
        : await this.bases.marketTargets(tx, target.settlementId);
    const batches: PlannedBatch[] = [];
    let withoutAccount = 0;
    for (const place of places) {
      const lines = await this.lines.lockPayable(tx, place);
      const handled = await this.bases.handledBy(tx, place, tx.context.actor);
      if (lines.length > 0 && handled) return refuse({ code: 'TWO_STEPS_BY_ONE', sourceId: handled });
      const planned = await this.planner.plan(tx, place, lines, false);
      batches.push(...planned.batches);
      withoutAccount += planned.withoutAccount;
    }
    if (batches.length === 0) return refuse({ code: 'NOTHING_TO_PAY', target: name, withoutAccount });
    tx.audit({ target: name, batches: batches.map(({ no }) => no), withoutAccount });
    return ok({ batches, withoutAccount });
  }
}
