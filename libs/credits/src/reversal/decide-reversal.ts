import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { MeasurementStore } from '../measuring/measurement.store';
import { MessageStore } from '../messages/message.store';
import { OfferStore } from '../supply/offer.store';
import { ApplyReversal } from './apply-reversal';
import { effectOf, type ReversalEffect } from './effect.rules';
import { PlanReversal } from './plan-reversal';
import type { DecideReversalRefusal } from './reversal.refusals';
import { ReversalStore, type Reversal } from './reversal.store';
import { KINDS_ZH } from './reversal.words';

export interface ReversalDecision {
  readonly reversal: string;
  /** Why it is rejected; approved when left out. */
  readonly rejection?: string;
  /** True: the same answer, and nothing is recorded. */
  readonly dryRun: boolean;
}

export interface DecidedReversal {
  readonly id: string;
  /** What was done, or would be; null for what is rejected or was decided so before. */
  readonly effect: ReversalEffect | null;
  /** The same person had decided it so before. */
  readonly replayed: boolean;
}

/**
 * Somebody who did not propose it decides a reversal, once. Approved, it takes effect whole: the lost grams that
 * nobody had bought are cancelled, others of the buffer are cancelled in the stead of those that were, and what the
 * buffers do not cover stays open. Whoever it touches is told in the same transaction.
 */
@Injectable()
export class DecideReversal {
  constructor(
    private readonly reversals: ReversalStore,
    private readonly plan: PlanReversal,
    private readonly apply: ApplyReversal,
    private readonly offers: OfferStore,
    private readonly measurements: MeasurementStore,
    private readonly messages: MessageStore,
  ) {}

  /** Refuses REVERSAL_UNKNOWN, REVERSAL_DECIDED, REVERSAL_BY_SAME_PERSON. */
  async execute(
    tx: Tx,
    { reversal: id, rejection, dryRun }: ReversalDecision,
  ): Promise<Result<DecidedReversal, DecideReversalRefusal | PostingRefusal>> {
    // Before any row: whoever measures, issues or reserves takes these first too.
    await this.measurements.lockBook(tx);
    await this.offers.lockBook(tx);
    const reversal = await this.reversals.lock(tx, id);
    if (!reversal) return refuse({ code: 'REVERSAL_UNKNOWN', reversal: id });
    if (reversal.state !== 'proposed') {
      const isSame = reversal.decidedBy === tx.context.actor && reversal.rejection === (rejection ?? null);
      return isSame
        ? ok({ id, effect: null, replayed: true })
        : refuse({ code: 'REVERSAL_DECIDED', reversal: id, state: reversal.state });
    }
    if (reversal.proposedBy === tx.context.actor) {
      return refuse({ code: 'REVERSAL_BY_SAME_PERSON', reversal: id });
    }
    if (rejection !== undefined) {
      if (!dryRun) await this.reversals.decide(tx, id, rejection);
      tx.audit({ reversal: id, outcome: 'rejected', dryRun });
      return ok({ id, effect: null, replayed: false });
    }
    return this.approve(tx, reversal, dryRun);
  }

  private async approve(
    tx: Tx,
    reversal: Reversal,
    dryRun: boolean,
  ): Promise<Result<DecidedReversal, PostingRefusal>> {
    const { id, day, year, kind } = reversal;
    const parcels = await this.reversals.lostParcels(tx, tx.book, id);
    const plan = await this.plan.of(tx, { day, year, parcels }, !dryRun);
    const effect = effectOf(plan);
    if (dryRun) return ok({ id, effect, replayed: false });
    await this.reversals.record(tx, id, plan.losses, plan.affected);
    await this.reversals.replace(tx, id, plan.replacements, null);
    await this.reversals.decide(tx, id, null);
    const rejected = await this.reversals.rejectMeasurements(
      tx,
      parcels.map(({ parcel }) => parcel),
      year,
      `${KINDS_ZH[kind]} ${day}`,
    );
    const told = await this.messages.tell(tx, id);
    const { lostGrams, owedGrams, openGrams } = effect;
    tx.audit({
      ...{ reversal: id, outcome: 'approved', rejectedMeasurements: rejected, told },
      ...{ lostGrams: String(lostGrams), owedGrams: String(owedGrams), openGrams: String(openGrams) },
    });
    const cancelled = plan.affected.filter(({ fate }) => fate === 'cancelled');
    const done = await this.apply.cancel(tx, id, 'event', [
      ...cancelled,
      ...plan.replacements.map(({ by }) => by),
    ]);
    return done.ok ? ok({ id, effect, replayed: false }) : done;
  }
}
