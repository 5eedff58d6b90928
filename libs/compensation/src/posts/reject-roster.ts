import { Injectable } from '@nestjs/common';

import { ok, present, refuse, type Result } from '@app/kernel';
import { ReleaseFunds, type ReleaseRefusal } from '@app/funds';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { CandidateStore } from '../rosters/candidate.store';
import { checkText } from '../check-text';
import type { Refused } from '../compensation.refusals';
import { MAKERS, VILLAGE_POST } from '../compensation.words';
import { RosterLineStore } from '../rosters/roster-line.store';
import { RosterStore, type Roster, type RosterState } from '../rosters/roster.store';
import { assignmentsFor, nextPost } from './step.rules';
import { StepStore } from './step.store';

type Refusals =
  | PostRequired
  | ReleaseRefusal
  | PostingRefusal
  | Refused<'ROSTER_UNKNOWN' | 'ROSTER_STATE_WRONG' | 'TEXT_EMPTY' | 'TEXT_HOLDS_NUMBER'>;

const GIVEN_UP: readonly RosterState[] = ['draft', 'notice', 'review'];

/**
 * Gives a roster up with a reason: its makers before the notice has ended, the post whose turn it is after. What was
 * published is not rewritten: the ground is free again and a corrected roster is made and published anew.
 */
@Injectable()
export class RejectRoster {
  constructor(
    private readonly rosters: RosterStore,
    private readonly lines: RosterLineStore,
    private readonly candidates: CandidateStore,
    private readonly steps: StepStore,
    private readonly releaseFunds: ReleaseFunds,
  ) {}

  /** Money that was reserved for it goes back to its indicator. */
  async execute(
    tx: Tx,
    principal: Principal,
    { roster: id, reason }: { readonly roster: string; readonly reason: string },
  ): Promise<Result<{ state: RosterState }, Refusals>> {
    const text = checkText('reason', reason);
    if (!text.ok) return text;
    const roster = await this.rosters.lock(tx, id);
    if (!roster) return refuse({ code: 'ROSTER_UNKNOWN', roster: id });
    const allowed = await this.mayReject(tx, principal, roster);
    if (!allowed.ok) return allowed;
    if (!GIVEN_UP.includes(roster.state)) {
      return refuse({ code: 'ROSTER_STATE_WRONG', roster: id, state: roster.state, needed: GIVEN_UP });
    }
    const isSupplement = roster.supplementaryOf !== null;
    await this.rosters.toVoid(tx, id, text.value);
    await this.lines.giveUp(tx, id, isSupplement);
    if (!isSupplement) await this.candidates.release(tx, id);
    tx.audit({ roster: roster.no, from: roster.state, reason: text.value });
    if (!roster.isReserved) return ok({ state: 'void' });
    const released = await this.releaseFunds.execute(tx, {
      indicator: roster.indicator,
      roster: id,
      amountFen: present(roster.dueFen, 'a reserved roster knows what is due'),
      from: 'reserved',
      key: 'rejected',
    });
    return released.ok ? ok({ state: 'void' }) : released;
  }

  private async mayReject(
    tx: Tx,
    principal: Principal,
    roster: Roster,
  ): Promise<Result<unknown, PostRequired>> {
    if (roster.state !== 'review') return Policies.require(principal, tx.book, MAKERS, roster.region);
    const post = nextPost(roster);
    const villages = post === VILLAGE_POST ? await this.steps.villages(tx, roster.id) : [];
    return assignmentsFor(principal, tx.book, post, roster, villages);
  }
}
