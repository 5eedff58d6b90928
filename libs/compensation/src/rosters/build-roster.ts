import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import { FindingStore } from '../guards/finding.store';
import { CandidateStore } from './candidate.store';
import type { Refused } from '../compensation.refusals';
import { MAKERS } from '../compensation.words';
import { EntitlementStore } from '../entitlements/entitlement.store';
import { asOfDay, draftRoster, NOTHING_LEFT_OUT, type LeftOut } from './draft.rules';
import { ProgrammeStore, type Programme } from '../programmes/programme.store';
import { RosterLineStore, type RosterHome } from './roster-line.store';
import { RosterStore } from './roster.store';

export interface RosterOrder {
  readonly programmeId: string;
  readonly indicatorId: string;
  /** A township, or any region of the book. */
  readonly region: string;
  readonly year: number;
  /** Of a dividend programme: the operator's top-ups in place of the dividends. */
  readonly topUps?: boolean | undefined;
}

export interface BuiltRoster {
  readonly id: string;
  readonly no: string;
  readonly lines: number;
  readonly parties: number;
  readonly areaMu100: bigint;
  readonly totalFen: bigint;
  readonly leftOut: LeftOut;
  /** What the guards found, and how many lines are held for it. */
  readonly findings: number;
  readonly heldLines: number;
}

type WrittenRoster = Omit<BuiltRoster, 'findings' | 'heldLines'>;

/** There is no indicator with this id: told as the funds lib tells it. */
export interface IndicatorUnknown {
  readonly code: 'INDICATOR_UNKNOWN';
  readonly indicator: string;
}

type Refusals =
  | PostRequired
  | IndicatorUnknown
  | Refused<
      | 'PROGRAMME_UNKNOWN'
      | 'PROGRAMME_KIND_WRONG'
      | 'REGION_OUTSIDE_BOOK'
      | 'ROSTER_EMPTY'
      | 'PARCEL_ALREADY_ROSTERED'
      | 'TOP_UP_FROM_FISCAL'
    >;

/** Makes a region's roster of a year out of the rights registered there. */
@Injectable()
export class BuildRoster {
  constructor(
    private readonly programmes: ProgrammeStore,
    private readonly candidates: CandidateStore,
    private readonly rosters: RosterStore,
    private readonly lines: RosterLineStore,
    private readonly entitlements: EntitlementStore,
    private readonly findings: FindingStore,
  ) {}

  /**
   * Of an area programme: takes rights, scope and standards as of today within the year. Refuses ROSTER_EMPTY with what
   * was left out and why, PARCEL_ALREADY_ROSTERED when a roster of the programme and year has some of the ground. Of any
   * other programme: what is due by that day and stands in no roster.
   */
  async execute(tx: Tx, principal: Principal, order: RosterOrder): Promise<Result<BuiltRoster, Refusals>> {
    const { region, year, indicatorId } = order;
    const allowed = Policies.require(principal, tx.book, MAKERS, region);
    if (!allowed.ok) return allowed;
    if (!(await this.rosters.isInBook(tx, region))) return refuse({ code: 'REGION_OUTSIDE_BOOK', region });
    const programme = await this.programmes.find(tx, order.programmeId);
    if (!programme) return refuse({ code: 'PROGRAMME_UNKNOWN', programme: order.programmeId });
    if (!(await this.rosters.indicatorExists(tx, indicatorId))) {
      return refuse({ code: 'INDICATOR_UNKNOWN', indicator: indicatorId });
    }
    await this.programmes.queue(tx, programme.id);
    const asOf = asOfDay(dayOf(tx.now), year);
    return programme.ruleKind === 'area'
      ? this.ofLand(tx, order, programme, asOf)
      : this.ofEntitlements(tx, order, programme, asOf);
  }

  private async ofLand(
    tx: Tx,
    order: RosterOrder,
    programme: Programme,
    asOf: string,
  ): Promise<Result<BuiltRoster, Refusals>> {
    const { region, year } = order;
    const { rightKinds, ruleKind } = programme;
    if (order.topUps) return refuse({ code: 'PROGRAMME_KIND_WRONG', ruleKind, needed: 'dividend' });
    const found = await this.candidates.find(tx, { programme: programme.id, region, asOf, rightKinds });
    const draft = draftRoster(found);
    if (draft.lines.length === 0)
      return refuse({ code: 'ROSTER_EMPTY', region, year, asOf, ...draft.leftOut });
    const parcels = [...new Set(draft.lines.map(({ parcel }) => parcel))];
    const claimed = await this.candidates.claimed(tx, programme.id, year, parcels);
    if (claimed) return refuse({ code: 'PARCEL_ALREADY_ROSTERED', ...claimed });
    const { lines, ...totals } = draft;
    const { home, built } = await this.write(tx, order, programme, asOf, { ...totals, lines: lines.length });
    await this.candidates.claim(tx, home, parcels);
    await this.lines.insert(tx, home, lines);
    return ok(await this.finish(tx, built, asOf));
  }

  private async ofEntitlements(
    tx: Tx,
    order: RosterOrder,
    { ruleKind, ...programme }: Programme,
    asOf: string,
  ): Promise<Result<BuiltRoster, Refusals>> {
    const { region, year, topUps = false } = order;
    const kind = topUps ? 'top-up' : ruleKind;
    if (kind === 'area' || (topUps && ruleKind !== 'dividend')) {
      return refuse({ code: 'PROGRAMME_KIND_WRONG', ruleKind, needed: 'dividend' });
    }
    const fiscal = topUps ? await this.rosters.fiscalSource(tx, order.indicatorId) : undefined;
    if (fiscal !== undefined) {
      return refuse({ code: 'TOP_UP_FROM_FISCAL', indicator: order.indicatorId, sourceKind: fiscal });
    }
    const lines = await this.entitlements.due(tx, { programme: programme.id, kind, region, asOf });
    if (lines.length === 0) return refuse({ code: 'ROSTER_EMPTY', region, year, asOf, ...NOTHING_LEFT_OUT });
    const totals = {
      lines: lines.length,
      parties: new Set(lines.map(({ party }) => party)).size,
      areaMu100: 0n,
      totalFen: lines.reduce((sum, { amountFen }) => sum + amountFen, 0n),
      leftOut: NOTHING_LEFT_OUT,
    };
    const { home, built } = await this.write(tx, order, { ...programme, ruleKind }, asOf, totals);
    await this.lines.insertEntitled(tx, home, lines);
    return ok(await this.finish(tx, built, asOf));
  }

  private async write(
    tx: Tx,
    { indicatorId, region, year }: RosterOrder,
    programme: Programme,
    asOf: string,
    totals: Omit<WrittenRoster, 'id' | 'no'>,
  ): Promise<{ home: RosterHome; built: WrittenRoster }> {
    const id = newId();
    const home = { id, root: id, programme: programme.id, year };
    const no = await this.rosters.insert(tx, {
      ...home,
      ...totals,
      programmeCode: programme.code,
      indicator: indicatorId,
      region,
      asOf,
      supplementaryOf: null,
      posts: programme.posts,
    });
    tx.audit({ roster: no, lines: totals.lines, totalFen: totals.totalFen.toString() });
    return { home, built: { id, no, ...totals } };
  }

  /** Once the lines are written: its villages, and what the guards hold of it. */
  private async finish(tx: Tx, built: WrittenRoster, asOf: string): Promise<BuiltRoster> {
    await this.rosters.insertVillages(tx, built.id);
    const guarded = await this.findings.look(tx, built.id, asOf);
    tx.audit({ ...guarded });
    return { ...built, ...guarded };
  }
}
