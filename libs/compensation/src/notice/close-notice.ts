import { Injectable } from '@nestjs/common';

import { ok, present, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import type { Refused } from '../compensation.refusals';
import { NOTICE_KEEPERS } from '../compensation.words';
import { isNoticeOver } from './notice.rules';
import { RosterStore, type RosterState } from '../rosters/roster.store';

export interface ClosedNotice {
  readonly state: RosterState;
  /** What is left to pay (应发): the lines without objection. */
  readonly dueLines: number;
  readonly dueParties: number;
  readonly dueFen: bigint;
}

type Refusals = PostRequired | Refused<'ROSTER_UNKNOWN' | 'ROSTER_STATE_WRONG' | 'NOTICE_NOT_OVER'>;

/** Ends a notice whose last day has passed by the book's clock, and counts what it left to pay. */
@Injectable()
export class CloseNotice {
  constructor(private readonly rosters: RosterStore) {}

  /** Refuses NOTICE_NOT_OVER with the last day. A roster whose every line was objected to becomes void. */
  async execute(tx: Tx, principal: Principal, id: string): Promise<Result<ClosedNotice, Refusals>> {
    const roster = await this.rosters.lock(tx, id);
    if (!roster) return refuse({ code: 'ROSTER_UNKNOWN', roster: id });
    const allowed = Policies.require(principal, tx.book, NOTICE_KEEPERS, roster.region);
    if (!allowed.ok) return allowed;
    if (roster.state !== 'notice') {
      return refuse({ code: 'ROSTER_STATE_WRONG', roster: id, state: roster.state, needed: ['notice'] });
    }
    const until = present(roster.noticeUntil, 'a published roster has a last day');
    if (!isNoticeOver(until, tx.now)) return refuse({ code: 'NOTICE_NOT_OVER', roster: id, until });
    const due = await this.rosters.countDue(tx, id);
    const state = due.lines > 0 ? 'review' : 'void';
    if (due.lines > 0) await this.rosters.toReview(tx, id, due);
    else await this.rosters.toVoid(tx, id, 'every line was objected to');
    tx.audit({ roster: roster.no, state, dueLines: due.lines, dueFen: due.fen.toString() });
    return ok({ state, dueLines: due.lines, dueParties: due.parties, dueFen: due.fen });
  }
}
