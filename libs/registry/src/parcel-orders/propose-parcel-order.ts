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
import type { Said } from '../parcel-facts/parcel-facts.words';
import { ParcelTimeline, type FactsPiece } from '../parcel-facts/parcel-timeline';
import type { ProposeParcelOrderRefusal } from './parcel-order.refusals';
import {
  changeOf,
  summaryOf,
  type FactChange,
  type ParcelOrderReason,
  type WantedCells,
} from './parcel-order.rules';
import { ParcelOrderStore } from './parcel-order.store';

export interface ParcelOrderProposal {
  readonly parcelCode: string;
  /** The first day of what changes; in the past where a fault is mended. */
  readonly from: Day;
  readonly reason: ParcelOrderReason;
  /** By the column of an import file: `{area_mu: '12.50'}`. */
  readonly changes: WantedCells;
  readonly evidence: string;
  readonly evidenceSha256?: string;
  /** Regions the proposing person is responsible for. */
  readonly regions: readonly string[];
  /** True: the same answer, and nothing is recorded. */
  readonly dryRun: boolean;
}

export interface ProposedParcelOrder extends FactChange {
  /** Null after a dry run. */
  readonly id: string | null;
  readonly summary: Said;
}

const EARLIEST: Day = '1900-01-01';
/** A day so far ahead is a slip of the pen. */
const DAYS_AHEAD = 366;

/** Proposes that facts of a parcel change from a day on (变更令); they do when another approves it. */
@Injectable()
export class ProposeParcelOrder {
  constructor(
    private readonly timeline: ParcelTimeline,
    private readonly orders: ParcelOrderStore,
  ) {}

  /**
   * Refuses PARCEL_UNKNOWN (also outside the regions), PARCEL_CLOSED, PARCEL_ORDER_DAY_WRONG,
   * PERSONAL_NUMBER_IN_TEXT, PARCEL_FACTS_REFUSED with every fault, PARCEL_UNCHANGED.
   */
  async execute(
    tx: Tx,
    proposal: ParcelOrderProposal,
  ): Promise<Result<ProposedParcelOrder, ProposeParcelOrderRefusal>> {
    const { from, reason, evidence, evidenceSha256 = null } = proposal;
    if (holdsSomebodysNumber(evidence)) {
      const expected = 'a text without long numbers';
      return refuse({ code: 'PERSONAL_NUMBER_IN_TEXT', field: 'evidence', expected });
    }
    const [parcel] = await this.timeline.lock(tx, [proposal.parcelCode]);
    if (!parcel || !proposal.regions.some((region) => covers(region, parcel.village))) {
      return refuse({ code: 'PARCEL_UNKNOWN', parcel: proposal.parcelCode.slice(0, 64) });
    }
    const { code, closedOn } = parcel;
    if (closedOn !== null) return refuse({ code: 'PARCEL_CLOSED', parcel: code, closedOn });
    const all = await this.timeline.piecesOf(tx, parcel);
    const earliest = all[0]?.from ?? EARLIEST;
    const latest = addDays(dayOf(tx.now), DAYS_AHEAD);
    if (!isDay(from) || from < earliest || from > latest) {
      return refuse({ code: 'PARCEL_ORDER_DAY_WRONG', from: from.slice(0, 10), earliest, latest });
    }
    const { before, after, faults } = changeOf(proposal.changes, piecesFrom(all, from));
    if (faults.length > 0) return refuse({ code: 'PARCEL_FACTS_REFUSED', errors: faults });
    if (Object.keys(after).length === 0) return refuse({ code: 'PARCEL_UNCHANGED', parcel: code });
    const summary = summaryOf({ parcel: code, from, before, after });
    if (proposal.dryRun) return ok({ id: null, before, after, summary });
    const id = newId();
    await this.orders.insert(tx, parcel, { id, from, reason, before, after, evidence, evidenceSha256 });
    tx.audit({ order: id, parcel: code, from, reason, facts: Object.keys(after) });
    return ok({ id, before, after, summary });
  }
}

/** The piece that holds on the day and those after it. */
const piecesFrom = (pieces: readonly FactsPiece[], day: Day): readonly FactsPiece[] =>
  pieces.slice(pieces.findLastIndex(({ from }) => from === null || from <= day));
