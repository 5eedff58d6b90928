import { Injectable } from '@nestjs/common';

import { newId, ok, present, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { checkText } from '../check-text';
import type { Refused } from '../compensation.refusals';
import { isNoticeOver } from './notice.rules';
import { ObjectionStore } from './objection.store';
import { RosterLineStore } from '../rosters/roster-line.store';
import { RosterStore } from '../rosters/roster.store';

export interface ObjectionDraft {
  readonly roster: string;
  readonly lineNo: number;
  readonly reason: string;
}

type Refusals =
  | PostRequired
  | Refused<
      | 'ROSTER_UNKNOWN'
      | 'ROSTER_STATE_WRONG'
      | 'NOTICE_OVER'
      | 'ROSTER_LINE_UNKNOWN'
      | 'OBJECTION_EXISTS'
      | 'TEXT_EMPTY'
      | 'TEXT_HOLDS_NUMBER'
    >;

/**
 * Takes an objection (异议) to one line of a published roster, from anyone signed in, or from staff for somebody who
 * came in person. That line stays out of the payment until it is settled; the others go on.
 */
@Injectable()
export class RaiseObjection {
  constructor(
    private readonly rosters: RosterStore,
    private readonly lines: RosterLineStore,
    private readonly objections: ObjectionStore,
  ) {}

  /** Refuses NOTICE_OVER after the notice's last day, OBJECTION_EXISTS for the same person's second. */
  async execute(
    tx: Tx,
    principal: Principal,
    { roster: id, lineNo, reason }: ObjectionDraft,
  ): Promise<Result<{ id: string }, Refusals>> {
    const text = checkText('reason', reason);
    if (!text.ok) return text;
    // Shared: the end of the notice waits for objections that are being written, and they for it.
    const roster = await this.rosters.lock(tx, id, 'share');
    if (!roster || roster.state === 'draft') return refuse({ code: 'ROSTER_UNKNOWN', roster: id });
    if (roster.state !== 'notice') {
      return refuse({ code: 'ROSTER_STATE_WRONG', roster: id, state: roster.state, needed: ['notice'] });
    }
    const until = present(roster.noticeUntil, 'a published roster has a last day');
    if (isNoticeOver(until, tx.now)) return refuse({ code: 'NOTICE_OVER', roster: id, until });
    const line = await this.lines.lock(tx, id, lineNo);
    if (!line) return refuse({ code: 'ROSTER_LINE_UNKNOWN', roster: id, lineNo });
    const allowed = this.mayObject(tx, principal, line.village);
    if (!allowed.ok) return allowed;
    const objection = { id: newId(), roster: id, lineNo, reason: text.value };
    if (!(await this.objections.insert(tx, objection))) return refuse({ code: 'OBJECTION_EXISTS', lineNo });
    if (line.state === 'included') await this.lines.setState(tx, id, lineNo, 'objected');
    tx.audit({ roster: roster.no, lineNo, objection: objection.id });
    return ok({ id: objection.id });
  }

  private mayObject(tx: Tx, principal: Principal, village: string): Result<void, PostRequired> {
    if (principal.kind === 'person') return ok(undefined);
    const held = Policies.assignmentsIn(principal, tx.book);
    if (held.some(({ region }) => covers(region, village))) return ok(undefined);
    return refuse({ code: 'POST_REQUIRED', posts: ['any'], region: village });
  }
}
