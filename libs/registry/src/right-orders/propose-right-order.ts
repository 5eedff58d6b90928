import { Injectable } from '@nestjs/common';

import {
  addDays,
  dayOf,
  holdsSomebodysNumber,
  isDay,
  newId,
  ok,
  refuse,
  type Day,
  type Result,
} from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import type { RightKind } from '../registry.words';
import { correctionSteps } from './correction.rules';
import type { ProposeRightOrderRefusal } from './right-order.refusals';
import {
  faultsOf,
  sharesOf,
  stepsOf,
  summaryOf,
  type OrderShare,
  type RightOrderReason,
  type WantedShare,
} from './right-order.rules';
import { RightOrderStore } from './right-order.store';

export interface RightOrderProposal {
  readonly parcelCode: string;
  readonly kind: RightKind;
  /** The first day on which the new shares hold: today or later; of a correction, a day that is over. */
  readonly from: Day;
  /** Of a correction the last day it is about; it is open when left out. */
  readonly to?: Day | undefined;
  readonly reason: RightOrderReason;
  /** Who holds the right from then on; nobody when it ends. */
  readonly shares: readonly WantedShare[];
  /** The paper it rests on, and where it is kept. */
  readonly evidence: string;
  /** Regions the proposing person is responsible for. */
  readonly regions: readonly string[];
  /** True: the same answer, and nothing is recorded. */
  readonly dryRun: boolean;
}

export interface ProposedRightOrder {
  /** Null after a dry run. */
  readonly id: string | null;
  readonly before: readonly OrderShare[];
  readonly after: readonly OrderShare[];
  readonly summary: { readonly zh: string; readonly en: string };
}

/** Proposes who holds a right to a parcel from a day on (流转, 继承, 分割…); it holds when another approves it. */
@Injectable()
export class ProposeRightOrder {
  constructor(private readonly orders: RightOrderStore) {}

  /**
   * Refuses PARCEL_UNKNOWN (also outside the regions), PARCEL_CLOSED, RIGHTS_DAY_WRONG, RIGHTS_CORRECTION_DAYS_WRONG,
   * PERSONAL_NUMBER_IN_TEXT, RIGHTS_REFUSED with every fault, RIGHTS_CHANGE_LATER, RIGHTS_UNCHANGED.
   */
  async execute(
    tx: Tx,
    proposal: RightOrderProposal,
  ): Promise<Result<ProposedRightOrder, ProposeRightOrderRefusal>> {
    const { kind, from, reason, evidence, to = null } = proposal;
    const wrong = daysFault(proposal, dayOf(tx.now));
    if (wrong) return refuse(wrong);
    if (holdsSomebodysNumber(evidence)) {
      const expected = 'a text without long numbers';
      return refuse({ code: 'PERSONAL_NUMBER_IN_TEXT', field: 'evidence', expected });
    }
    const parcel = await this.orders.lockParcel(tx, proposal.parcelCode);
    if (!parcel || !proposal.regions.some((region) => covers(region, parcel.village))) {
      return refuse({ code: 'PARCEL_UNKNOWN', parcel: proposal.parcelCode.slice(0, 64) });
    }
    if (parcel.closedOn !== null) {
      return refuse({ code: 'PARCEL_CLOSED', parcel: parcel.code, closedOn: parcel.closedOn });
    }
    const parties = await this.orders.partiesOf(
      tx,
      proposal.shares.map(({ partyExternalNo }) => partyExternalNo),
      from,
    );
    const partyOf = (externalNo: string) => parties.get(externalNo);
    const errors = faultsOf(proposal.shares, partyOf);
    if (errors.length > 0) return refuse({ code: 'RIGHTS_REFUSED', errors });
    const before = await this.orders.meeting(tx, parcel.id, kind, { from, to });
    const isCorrection = reason === 'correction';
    const later = before.find((share) => share.from >= from);
    if (later && !isCorrection) return refuse({ code: 'RIGHTS_CHANGE_LATER', from, begins: later.from });
    const after = sharesOf(proposal.shares, partyOf);
    const steps = isCorrection
      ? Object.values(correctionSteps(before, after, { from, to }))
      : Object.values(stepsOf(before, after));
    if (steps.flat().length === 0) return refuse({ code: 'RIGHTS_UNCHANGED', parcel: parcel.code });
    const summary = summaryOf({ parcel: parcel.code, kind, from, reason, to, before, after });
    if (proposal.dryRun) return ok({ id: null, before, after, summary });
    const id = newId();
    await this.orders.insert(tx, { id, parcel, kind, from, to, reason, before, after, evidence });
    tx.audit({ order: id, parcel: parcel.code, kind, from, reason });
    return ok({ id, before, after, summary });
  }
}

/** What was paid and issued by days that are over stays: only a correction is about them, and only it has a last day. */
function daysFault(
  { from, to, reason }: RightOrderProposal,
  today: Day,
):
  | Extract<ProposeRightOrderRefusal, { code: 'RIGHTS_DAY_WRONG' | 'RIGHTS_CORRECTION_DAYS_WRONG' }>
  | undefined {
  const shown = from.slice(0, 10);
  if (reason !== 'correction' && to === undefined) {
    return isDay(from) && from >= today
      ? undefined
      : { code: 'RIGHTS_DAY_WRONG', from: shown, earliest: today };
  }
  const isOver = isDay(from) && from >= '1900-01-01' && from < today;
  const isInOrder = to === undefined || (isDay(to) && to >= from);
  if (reason === 'correction' && isOver && isInOrder) return undefined;
  const latest = addDays(today, -1);
  return { code: 'RIGHTS_CORRECTION_DAYS_WRONG', from: shown, to: to?.slice(0, 10) ?? null, latest };
}
