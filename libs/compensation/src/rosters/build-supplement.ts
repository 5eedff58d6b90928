import { Injectable } from '@nestjs/common';

import { invariant, newId, ok, present, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import type { BuiltRoster, IndicatorUnknown } from './build-roster';
import type { Refused } from '../compensation.refusals';
import { MAKERS } from '../compensation.words';
import { ProgrammeStore } from '../programmes/programme.store';
import { NOTHING_LEFT_OUT } from './draft.rules';
import { RosterLineStore } from './roster-line.store';
import { RosterStore, type RosterState } from './roster.store';

export interface SupplementOrder {
  /** The roster whose settled lines are collected. */
  readonly supplementaryOf: string;
  /** The same indicator when left out. */
  readonly indicatorId?: string | undefined;
}

type Refusals =
  | PostRequired
  | IndicatorUnknown
  | Refused<'ROSTER_UNKNOWN' | 'ROSTER_STATE_WRONG' | 'NOTHING_TO_SUPPLEMENT'>;

/** From here on a roster is not given up any more, so that what is carried keeps its claim on the parcel. */
const SUPPLEMENTED: readonly RosterState[] = ['approved', 'locking', 'locked', 'void'];

/** Makes a supplementary roster of the lines whose objections were dismissed after they had missed the lock. */
@Injectable()
export class BuildSupplement {
  constructor(
    private readonly programmes: ProgrammeStore,
    private readonly rosters: RosterStore,
    private readonly lines: RosterLineStore,
  ) {}

  /** Goes its own way through notice and posts. Refuses NOTHING_TO_SUPPLEMENT while no such line stands. */
  async execute(
    tx: Tx,
    principal: Principal,
    order: SupplementOrder,
  ): Promise<Result<BuiltRoster, Refusals>> {
    const from = await this.rosters.lock(tx, order.supplementaryOf);
    if (!from) return refuse({ code: 'ROSTER_UNKNOWN', roster: order.supplementaryOf });
    const allowed = Policies.require(principal, tx.book, MAKERS, from.region);
    if (!allowed.ok) return allowed;
    if (!SUPPLEMENTED.includes(from.state)) {
      return refuse({ code: 'ROSTER_STATE_WRONG', roster: from.id, state: from.state, needed: SUPPLEMENTED });
    }
    const indicator = order.indicatorId ?? from.indicator;
    if (!(await this.rosters.indicatorExists(tx, indicator)))
      return refuse({ code: 'INDICATOR_UNKNOWN', indicator });
    await this.programmes.queue(tx, from.programme);
    const { changedSince, ...totals } = await this.lines.toSupplement(tx, from.id);
    if (totals.lines === 0) return refuse({ code: 'NOTHING_TO_SUPPLEMENT', roster: from.id, changedSince });
    const programme = present(await this.programmes.find(tx, from.programme), 'a roster has a programme');
    const home = { id: newId(), root: from.root, programme: programme.id, year: from.year };
    const roster = { ...home, ...totals, region: from.region, asOf: from.asOf, leftOut: NOTHING_LEFT_OUT };
    const no = await this.rosters.insert(tx, {
      ...roster,
      programmeCode: programme.code,
      indicator,
      supplementaryOf: from.id,
      posts: programme.posts,
    });
    const carried = await this.lines.carry(tx, from.id, home);
    invariant(carried === totals.lines, 'a supplement takes the lines it counted');
    await this.rosters.insertVillages(tx, home.id);
    tx.audit({
      roster: no,
      supplementaryOf: from.no,
      lines: totals.lines,
      totalFen: totals.totalFen.toString(),
    });
    // What the guards held was let go by two people before it came here.
    return ok({ id: home.id, no, ...totals, leftOut: NOTHING_LEFT_OUT, findings: 0, heldLines: 0 });
  }
}
