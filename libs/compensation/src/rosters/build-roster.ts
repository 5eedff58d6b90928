import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import { CandidateStore } from './candidate.store';
import type { Refused } from '../compensation.refusals';
import { MAKERS } from '../compensation.words';
import { asOfDay, draftRoster, type LeftOut, type RosterDraft } from './draft.rules';
import { ProgrammeStore, type Programme } from '../programmes/programme.store';
import { RosterLineStore } from './roster-line.store';
import { RosterStore } from './roster.store';

export interface RosterOrder {
  readonly programmeId: string;
  readonly indicatorId: string;
  /** A township, or any region of the book. */
  readonly region: string;
  readonly year: number;
}

export interface BuiltRoster {
  readonly id: string;
  readonly no: string;
  readonly lines: number;
  readonly parties: number;
  readonly areaMu100: bigint;
  readonly totalFen: bigint;
  readonly leftOut: LeftOut;
}

/** There is no indicator with this id: told as the funds lib tells it. */
export interface IndicatorUnknown {
  readonly code: 'INDICATOR_UNKNOWN';
  readonly indicator: string;
}

type Refusals =
  | PostRequired
  | IndicatorUnknown
  | Refused<'PROGRAMME_UNKNOWN' | 'REGION_OUTSIDE_BOOK' | 'ROSTER_EMPTY' | 'PARCEL_ALREADY_ROSTERED'>;

/** Makes a region's roster of a year out of the rights registered there. */
@Injectable()
export class BuildRoster {
  constructor(
    private readonly programmes: ProgrammeStore,
    private readonly candidates: CandidateStore,
    private readonly rosters: RosterStore,
    private readonly lines: RosterLineStore,
  ) {}

  /**
   * Takes rights, scope and standards as of today within the year. Refuses ROSTER_EMPTY with what was left out and
   * why, PARCEL_ALREADY_ROSTERED when a roster of the programme and year has some of the ground.
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
    const { rightKinds } = programme;
    const found = await this.candidates.find(tx, { programme: programme.id, region, asOf, rightKinds });
    const draft = draftRoster(found);
    if (draft.lines.length === 0)
      return refuse({ code: 'ROSTER_EMPTY', region, year, asOf, ...draft.leftOut });
    const parcels = [...new Set(draft.lines.map(({ parcel }) => parcel))];
    const claimed = await this.candidates.claimed(tx, programme.id, year, parcels);
    if (claimed) return refuse({ code: 'PARCEL_ALREADY_ROSTERED', ...claimed });
    return ok(await this.write(tx, order, programme, asOf, draft, parcels));
  }

  private async write(
    tx: Tx,
    { indicatorId, region, year }: RosterOrder,
    programme: Programme,
    asOf: string,
    { lines, ...totals }: RosterDraft,
    parcels: readonly string[],
  ): Promise<BuiltRoster> {
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
      lines: lines.length,
    });
    await this.candidates.claim(tx, home, parcels);
    await this.lines.insert(tx, home, lines);
    await this.rosters.insertVillages(tx, id);
    tx.audit({ roster: no, lines: lines.length, totalFen: totals.totalFen.toString() });
    return { id, no, lines: lines.length, ...totals };
  }
}
