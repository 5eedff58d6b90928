import { Injectable } from '@nestjs/common';

import { dayOf, holdsSomebodysNumber, isDay, newId, ok, refuse, type Day, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { effectOf, type ReversalEffect } from './effect.rules';
import { PlanReversal } from './plan-reversal';
import type { ProposeReversalRefusal } from './reversal.refusals';
import { faultsOf, lossOf, type WantedLoss } from './reversal.rules';
import { ReversalStore, type NewReversal } from './reversal.store';
import type { ReversalKind } from './reversal.words';

export interface ReversalProposal {
  /** The caller's own id for it: sent again with the same body it is the same proposal. */
  readonly id?: string;
  readonly kind: ReversalKind;
  readonly day: Day;
  /** Of a correction only: the year that was credited too much. */
  readonly year?: number;
  readonly parcels: readonly WantedLoss[];
  /** What it rests on, and where that is kept. */
  readonly evidence: string;
  /** Of the file of it. */
  readonly evidenceSha256?: string;
  /** Regions the proposing person is responsible for. */
  readonly regions: readonly string[];
  /** True: the same answer, and nothing is recorded. */
  readonly dryRun: boolean;
}

export interface ProposedReversal {
  /** Null after a dry run. */
  readonly id: string | null;
  /** What approving it now would do. */
  readonly effect: ReversalEffect;
}

const FAULTS_SHOWN = 200;

/** Proposes that credited carbon is lost (逆转). Nothing happens to any gram until another person approves it. */
@Injectable()
export class ProposeReversal {
  constructor(
    private readonly reversals: ReversalStore,
    private readonly plan: PlanReversal,
  ) {}

  /**
   * Refuses REVERSAL_DAY_WRONG, REVERSAL_YEAR_WRONG, PERSONAL_NUMBER_IN_TEXT, REVERSAL_REFUSED with every fault of
   * the parcels, REVERSAL_REUSED.
   */
  async execute(
    tx: Tx,
    proposal: ReversalProposal,
  ): Promise<Result<ProposedReversal, ProposeReversalRefusal>> {
    const { kind, day, year = null, evidence, evidenceSha256 = null } = proposal;
    const latest = dayOf(tx.now);
    if (!isDay(day) || day > latest)
      return refuse({ code: 'REVERSAL_DAY_WRONG', day: day.slice(0, 10), latest });
    if ((kind === 'overestimate') !== (year !== null)) {
      return refuse({ code: 'REVERSAL_YEAR_WRONG', expected: 'a year for an overestimate, and only for it' });
    }
    if (holdsSomebodysNumber(evidence)) {
      const expected = 'a text without long numbers';
      return refuse({ code: 'PERSONAL_NUMBER_IN_TEXT', field: 'evidence', expected });
    }
    const known = await this.reversals.parcels(
      tx,
      proposal.parcels.map(({ parcelCode }) => parcelCode),
    );
    const own = known.filter(({ village }) => proposal.regions.some((region) => covers(region, village)));
    const byCode = new Map(own.map((parcel) => [parcel.code, parcel]));
    const errors = faultsOf(proposal.parcels, (code) => byCode.get(code));
    if (errors.length > 0) {
      return refuse({
        code: 'REVERSAL_REFUSED',
        total: errors.length,
        errors: errors.slice(0, FAULTS_SHOWN),
      });
    }
    const parcels = proposal.parcels.map((loss) => ({
      parcel: byCode.get(loss.parcelCode)!.id,
      loss: lossOf(loss),
    }));
    const event = { id: proposal.id ?? newId(), kind, day, year, evidence, evidenceSha256, parcels };
    const effect = effectOf(await this.plan.of(tx, event, false));
    if (proposal.dryRun) return ok({ id: null, effect });
    if (!(await this.reversals.insert(tx, event)) && !(await this.isSame(tx, event))) {
      return refuse({ code: 'REVERSAL_REUSED', reversal: event.id });
    }
    tx.audit({ reversal: event.id, kind, day, parcels: parcels.length });
    return ok({ id: event.id, effect });
  }

  private async isSame(tx: Tx, event: NewReversal): Promise<boolean> {
    const known = await this.reversals.lock(tx, event.id);
    const parcels = await this.reversals.lostParcels(tx, tx.book, event.id);
    const wordsOf = ({ kind, day, year, evidence, evidenceSha256 }: Omit<NewReversal, 'id' | 'parcels'>) =>
      JSON.stringify([kind, day, year, evidence, evidenceSha256]);
    const lossesIn = (list: NewReversal['parcels']) =>
      list
        .map(({ parcel, loss }) => `${parcel} ${Object.entries(loss).join(' ')}`)
        .sort()
        .join();
    return (
      known !== undefined &&
      known.proposedBy === tx.context.actor &&
      wordsOf(known) === wordsOf(event) &&
      lossesIn(parcels) === lossesIn(event.parcels)
    );
  }
}
