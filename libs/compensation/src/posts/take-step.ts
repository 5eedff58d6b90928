import { Injectable } from '@nestjs/common';

import { idOf, ok, present, refuse, type Result } from '@app/kernel';
import { ReserveFunds, type ReserveRefusal } from '@app/funds';
import type { Assignment, PostRequired, Principal } from '@app/identity';
import type { PostingRefusal } from '@app/ledger';
import { Jobs, type Tx } from '@app/platform';
import { LOCK_ROSTER } from '../compensation.jobs';
import type { Refused } from '../compensation.refusals';
import { LINKING_POST, VILLAGE_POST } from '../compensation.words';
import { RosterStore, type Roster, type RosterState } from '../rosters/roster.store';
import { assignmentsFor, mayStep, nextPost, postAtTurn } from './step.rules';
import { StepStore } from './step.store';

export interface StepTaken {
  readonly state: RosterState;
  /** The post whose turn it is now; null when all are done. */
  readonly nextPost: string | null;
  /** Villages that still have to be confirmed, at the villages' step. */
  readonly villagesLeft: number;
}

type Refusals =
  | PostRequired
  | ReserveRefusal
  | PostingRefusal
  | Refused<
      | 'ROSTER_UNKNOWN'
      | 'ROSTER_STATE_WRONG'
      | 'STEP_OUT_OF_ORDER'
      | 'ROSTER_RETURNED'
      | 'STEP_BY_MAKER'
      | 'TWO_STEPS_ON_ROSTER'
      | 'VILLAGES_CONFIRMED_BEFORE'
    >;

/**
 * Takes a post's step on a roster. The villages' step is done when every village is confirmed; the finance bureau's
 * reserves the indicator; the last approves the roster and has it locked.
 */
@Injectable()
export class TakeStep {
  constructor(
    private readonly rosters: RosterStore,
    private readonly steps: StepStore,
    private readonly reserveFunds: ReserveFunds,
    private readonly jobs: Jobs,
  ) {}

  /**
   * Refuses POST_REQUIRED for another region's staff, STEP_OUT_OF_ORDER with the post whose turn it is,
   * STEP_BY_MAKER, TWO_STEPS_ON_ROSTER, and INDICATOR_INSUFFICIENT with what is available and asked.
   */
  async execute(
    tx: Tx,
    principal: Principal,
    { roster: id, post }: { readonly roster: string; readonly post: string },
  ): Promise<Result<StepTaken, Refusals>> {
    const roster = await this.rosters.lock(tx, id);
    if (!roster) return refuse({ code: 'ROSTER_UNKNOWN', roster: id });
    const villages = post === VILLAGE_POST ? await this.steps.villages(tx, id) : [];
    const held = assignmentsFor(principal, tx.book, post, roster, villages);
    if (!held.ok) return held;
    if (roster.state !== 'review') {
      return refuse({ code: 'ROSTER_STATE_WRONG', roster: id, state: roster.state, needed: ['review'] });
    }
    if (roster.returnTo !== null) {
      return refuse({ code: 'ROSTER_RETURNED', roster: id, to: postAtTurn(roster) });
    }
    const expected = nextPost(roster);
    if (post !== expected) return refuse({ code: 'STEP_OUT_OF_ORDER', roster: id, expected, given: post });
    const taken = await this.steps.takenBy(tx, id, principal.userId);
    const ordinal = roster.step + 1;
    const by = mayStep(roster, principal.userId, { post, ordinal }, held.value, taken);
    if (!by.ok) return by;
    return post === VILLAGE_POST
      ? this.confirm(tx, roster, by.value, held.value)
      : this.complete(tx, roster, by.value);
  }

  private async confirm(
    tx: Tx,
    roster: Roster,
    by: Assignment,
    held: readonly Assignment[],
  ): Promise<Result<StepTaken, Refusals>> {
    const regions = held.map(({ region }) => region);
    const { confirmed, left } = await this.steps.confirmVillages(tx, roster.id, regions);
    if (confirmed === 0) return refuse({ code: 'VILLAGES_CONFIRMED_BEFORE', roster: roster.id, left });
    tx.audit({ villagesConfirmed: confirmed, villagesLeft: left });
    if (left === 0) return this.complete(tx, roster, by);
    await this.record(tx, roster, by);
    return ok({ state: roster.state, nextPost: VILLAGE_POST, villagesLeft: left });
  }

  private async complete(tx: Tx, roster: Roster, by: Assignment): Promise<Result<StepTaken, Refusals>> {
    await this.record(tx, roster, by);
    const isLinked = by.post === LINKING_POST;
    const isLast = roster.step + 1 === roster.posts.length;
    await this.rosters.advance(tx, roster.id, { isLinked, isLast });
    if (isLast) {
      await this.jobs.add(tx, LOCK_ROSTER, { roster: roster.id }, { id: idOf('lock-roster', roster.id) });
    }
    if (isLinked) {
      const amountFen = present(roster.dueFen, 'a roster in review knows what is due');
      const reserved = await this.reserveFunds.execute(tx, {
        indicator: roster.indicator,
        roster: roster.id,
        amountFen,
      });
      if (!reserved.ok) return reserved;
    }
    const next = roster.posts[roster.step + 1] ?? null;
    return ok({ state: isLast ? 'approved' : 'review', nextPost: next, villagesLeft: 0 });
  }

  private async record(tx: Tx, roster: Roster, by: Assignment): Promise<void> {
    const { post, region, actingOrderNo } = by;
    await this.steps.insert(tx, { roster: roster.id, ordinal: roster.step + 1, post, region, actingOrderNo });
    tx.audit({ roster: roster.no, post, ...(actingOrderNo !== undefined && { actingOrderNo }) });
  }
}
