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
import { ParcelTimeline, type LockedParcel } from '../parcel-facts/parcel-timeline';
import { carriedShares, type CarriedShare } from './carried-shares.rules';
import type { ProposeLandOrderRefusal } from './land-order.refusals';
import {
  childrenOf,
  landSummaryOf,
  type LandOrderKind,
  type MadeChild,
  type WantedChild,
} from './land-order.rules';
import { LandOrderStore } from './land-order.store';

export interface LandOrderProposal {
  readonly kind: LandOrderKind;
  readonly parcelCodes: readonly string[];
  /** The first day of the new parcels. */
  readonly from: Day;
  readonly children: readonly WantedChild[];
  /** The document of a new survey, by which the areas may differ. */
  readonly surveyNo?: string;
  readonly evidence: string;
  readonly evidenceSha256?: string;
  /** Regions the proposing person is responsible for. */
  readonly regions: readonly string[];
  /** True: the same answer, and nothing is recorded. */
  readonly dryRun: boolean;
}

export interface ProposedLandOrder {
  /** Null after a dry run. */
  readonly id: string | null;
  readonly children: readonly MadeChild[];
  /** What everybody's rights in each new parcel will be. */
  readonly shares: readonly CarriedShare[];
  readonly summary: Said;
}

const EARLIEST: Day = '1900-01-01';
const DAYS_AHEAD = 366;

/** Proposes that parcels are split, merged, renumbered or drawn anew; they are when another approves it. */
@Injectable()
export class ProposeLandOrder {
  constructor(
    private readonly timeline: ParcelTimeline,
    private readonly orders: LandOrderStore,
  ) {}

  /**
   * Refuses PERSONAL_NUMBER_IN_TEXT, PARCEL_UNKNOWN (also outside the regions), PARCEL_CLOSED,
   * PARCELS_IN_SEVERAL_VILLAGES, LAND_SHARED, LAND_ORDER_DAY_WRONG, LAND_RIGHTS_UNCLEAR, LAND_ORDER_REFUSED with every
   * fault, LAND_CODES_TAKEN.
   */
  async execute(
    tx: Tx,
    proposal: LandOrderProposal,
  ): Promise<Result<ProposedLandOrder, ProposeLandOrderRefusal>> {
    const { kind, from, surveyNo = null, evidence, evidenceSha256 = null } = proposal;
    for (const [field, text] of [
      ['evidence', evidence],
      ['surveyNo', surveyNo ?? ''],
    ] as const) {
      if (!holdsSomebodysNumber(text)) continue;
      return refuse({ code: 'PERSONAL_NUMBER_IN_TEXT', field, expected: 'a text without long numbers' });
    }
    const found = await this.parentsOf(tx, proposal);
    if (!found.ok) return found;
    const parents = found.value;
    const shares = await this.orders.shares(
      tx,
      parents.map(({ id }) => id),
      isDay(from) ? from : dayOf(tx.now),
    );
    const begins = [...parents, ...shares].map((one) => one.from).filter((day) => day !== null);
    const earliest = begins.reduce((latest, day) => (day >= latest ? addDays(day, 1) : latest), EARLIEST);
    const latest = addDays(dayOf(tx.now), DAYS_AHEAD);
    if (!isDay(from) || from < earliest || from > latest) {
      return refuse({ code: 'LAND_ORDER_DAY_WRONG', from: from.slice(0, 10), earliest, latest });
    }
    const { children, faults } = childrenOf(kind, parents, proposal.children, surveyNo);
    if (faults.length > 0) return refuse({ code: 'LAND_ORDER_REFUSED', errors: faults });
    const codes = await this.orders.taken(tx, children);
    if (codes.length > 0) return refuse({ code: 'LAND_CODES_TAKEN', codes });
    const areas = parents.map(({ id, facts }) => ({ id, areaMu100: BigInt(facts.area_mu100 ?? 0) }));
    const { carried, unclear } = carriedShares(areas, shares);
    if (unclear.length > 0) return refuse({ code: 'LAND_RIGHTS_UNCLEAR', rights: unclear });

    const answer = { children, shares: carried, summary: landSummaryOf({ kind, from, parents, children }) };
    if (proposal.dryRun) return ok({ id: null, ...answer });
    const id = newId();
    await this.orders.insert(
      tx,
      { id, kind, from, surveyNo, evidence, evidenceSha256, children },
      parents,
      carried,
    );
    tx.audit({
      ...{ order: id, kind, from },
      parcels: parents.map(({ code }) => code),
      children: children.map(({ code }) => code),
    });
    return ok({ id, ...answer });
  }

  /** The open parcels of the codes, with all that lies on their land, in one village. */
  private async parentsOf(
    tx: Tx,
    { parcelCodes, regions }: LandOrderProposal,
  ): Promise<Result<LockedParcel[], ProposeLandOrderRefusal>> {
    const parents = await this.timeline.lock(tx, parcelCodes);
    const mine = parents.filter(({ village }) => regions.some((region) => covers(region, village)));
    const missing = parcelCodes.find((code) => !mine.some((parcel) => parcel.code === code));
    if (missing !== undefined) return refuse({ code: 'PARCEL_UNKNOWN', parcel: missing.slice(0, 64) });
    for (const { code: parcel, closedOn } of parents) {
      if (closedOn !== null) return refuse({ code: 'PARCEL_CLOSED', parcel, closedOn });
    }
    const villages = [...new Set(parents.map(({ village }) => village))].sort();
    if (villages.length > 1) return refuse({ code: 'PARCELS_IN_SEVERAL_VILLAGES', villages });
    const others = await this.orders.neighbours(tx, parents);
    if (others.length > 0) return refuse({ code: 'LAND_SHARED', parcels: others });
    return ok(parents.sort((a, b) => (a.code < b.code ? -1 : 1)));
  }
}
