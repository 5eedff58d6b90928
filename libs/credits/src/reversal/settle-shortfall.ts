import { Injectable } from '@nestjs/common';

import { holdsSomebodysNumber, ok, refuse, type Result } from '@app/kernel';
import type { PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { sumGrams } from '../grams';
import { sizeOf } from '../serials/take.rules';
import { OfferStore } from '../supply/offer.store';
import { ApplyReversal } from './apply-reversal';
import { AtRiskStore } from './at-risk.store';
import { PlanReversal } from './plan-reversal';
import { planReplacements, type Owed, type ReplacementPlan } from './replacement.rules';
import type { SettleShortfallRefusal } from './reversal.refusals';
import { ReversalStore } from './reversal.store';

export interface ShortfallSettlement {
  readonly reversal: string;
  /** Buffers that have filled since; or what the right holders of the lost land hold themselves, by agreement. */
  readonly from: 'buffer' | 'holding';
  /** The agreement. */
  readonly documentNo?: string;
  readonly dryRun: boolean;
}

export interface SettledShortfall {
  readonly replacedGrams: bigint;
  readonly openGrams: bigint;
}

/** Makes good what a reversal left open, as far as there is something to do it with. */
@Injectable()
export class SettleShortfall {
  constructor(
    private readonly reversals: ReversalStore,
    private readonly plan: PlanReversal,
    private readonly apply: ApplyReversal,
    private readonly offers: OfferStore,
    private readonly atRisk: AtRiskStore,
  ) {}

  /**
   * Refuses REVERSAL_UNKNOWN, REVERSAL_BY_SAME_PERSON for who proposed it, AGREEMENT_REQUIRED,
   * PERSONAL_NUMBER_IN_TEXT, SHORTFALL_NONE, SHORTFALL_UNCOVERED.
   */
  async execute(
    tx: Tx,
    { reversal: id, from, documentNo, dryRun }: ShortfallSettlement,
  ): Promise<Result<SettledShortfall, SettleShortfallRefusal | PostingRefusal>> {
    await this.offers.lockBook(tx);
    const reversal = await this.reversals.lock(tx, id);
    if (!reversal) return refuse({ code: 'REVERSAL_UNKNOWN', reversal: id });
    if (reversal.proposedBy === tx.context.actor)
      return refuse({ code: 'REVERSAL_BY_SAME_PERSON', reversal: id });
    if (from === 'holding' && documentNo === undefined) {
      return refuse({ code: 'AGREEMENT_REQUIRED', reversal: id });
    }
    if (documentNo !== undefined && holdsSomebodysNumber(documentNo)) {
      const expected = 'a document number without long numbers';
      return refuse({ code: 'PERSONAL_NUMBER_IN_TEXT', field: 'documentNo', expected });
    }
    const owed = await this.reversals.open(tx, id);
    if (owed.length === 0) return refuse({ code: 'SHORTFALL_NONE', reversal: id, state: reversal.state });
    const { replacements, short } = await this.planOf(tx, from, owed, !dryRun);
    const openGrams = gramsOf(short);
    if (replacements.length === 0) return refuse({ code: 'SHORTFALL_UNCOVERED', reversal: id, openGrams });
    const settled = { replacedGrams: gramsOf(replacements.map(({ range }) => range)), openGrams };
    if (dryRun) return ok(settled);
    const step = `settle-${await this.reversals.replacements(tx, id)}`;
    await this.reversals.replace(tx, id, replacements, documentNo ?? null);
    tx.audit({
      reversal: id,
      from,
      replacedGrams: String(settled.replacedGrams),
      openGrams: String(openGrams),
    });
    const done = await this.apply.cancel(
      tx,
      id,
      step,
      replacements.map(({ by }) => by),
    );
    return done.ok ? ok(settled) : done;
  }

  private async planOf(
    tx: Tx,
    from: 'buffer' | 'holding',
    owed: readonly Owed[],
    isHeld: boolean,
  ): Promise<ReplacementPlan> {
    if (from === 'buffer') return this.plan.replace(tx, owed, [], isHeld);
    const parties = [...new Set(owed.map(({ party }) => party))];
    const grade = owed.map((run) => run.grade).sort()[0]!;
    const ids = await this.atRisk.holdingsOf(tx, parties, grade);
    const standIns = await this.plan.standIns(tx, ids, [], isHeld);
    // Each right holder gives for its own land only.
    const plans = parties.map((party) =>
      planReplacements(
        owed.filter((run) => run.party === party),
        standIns.filter(({ block }) => block.place === `holding/${party}`),
      ),
    );
    return {
      replacements: plans.flatMap(({ replacements }) => replacements),
      short: plans.flatMap(({ short }) => short),
    };
  }
}

const gramsOf = (runs: readonly { readonly first: bigint; readonly last: bigint }[]): bigint =>
  sumGrams(runs.map((run) => ({ grams: sizeOf(run) })));
