import { Injectable } from '@nestjs/common';

import { ok, present, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import { checkText } from '../check-text';
import type { Refused } from '../compensation.refusals';
import { SETTLERS } from '../compensation.words';
import { ObjectionStore, type Outcome } from './objection.store';
import { RosterLineStore, type RosterLineState } from '../rosters/roster-line.store';
import { RosterStore } from '../rosters/roster.store';

export interface Settlement {
  readonly objection: string;
  readonly outcome: Outcome;
  readonly note: string;
}

type Refusals =
  | PostRequired
  | Refused<
      'OBJECTION_UNKNOWN' | 'OBJECTION_SETTLED' | 'SETTLED_BY_ONESELF' | 'TEXT_EMPTY' | 'TEXT_HOLDS_NUMBER'
    >;

/**
 * Decides about an objection. Upheld: the line is out for good. Dismissed, and no other open: a supplementary roster
 * may take the line, for the lock of this one went on without it.
 */
@Injectable()
export class SettleObjection {
  constructor(
    private readonly rosters: RosterStore,
    private readonly lines: RosterLineStore,
    private readonly objections: ObjectionStore,
  ) {}

  /** Refuses SETTLED_BY_ONESELF to whoever raised the objection or made the roster. */
  async execute(
    tx: Tx,
    principal: Principal,
    { objection: id, outcome, note }: Settlement,
  ): Promise<Result<{ lineState: RosterLineState }, Refusals>> {
    const text = checkText('note', note);
    if (!text.ok) return text;
    const objection = await this.objections.find(tx, id);
    if (!objection) return refuse({ code: 'OBJECTION_UNKNOWN', objection: id });
    const { roster: rosterId, lineNo } = objection;
    const roster = present(await this.rosters.lock(tx, rosterId, 'share'), 'an objection is to a roster');
    const line = present(await this.lines.lock(tx, rosterId, lineNo), 'an objection is to a line');
    const allowed = Policies.require(principal, tx.book, SETTLERS, line.village);
    if (!allowed.ok) return allowed;
    if ([objection.raisedBy, roster.madeBy].includes(principal.userId)) {
      return refuse({ code: 'SETTLED_BY_ONESELF', objection: id });
    }
    if (!(await this.objections.settle(tx, id, outcome, text.value))) {
      const settled = present(await this.objections.find(tx, id), 'an objection stays');
      return refuse({ code: 'OBJECTION_SETTLED', objection: id, outcome: settled.outcome ?? outcome });
    }
    const lineState = await this.stateAfter(tx, rosterId, lineNo, line.state);
    tx.audit({ roster: roster.no, lineNo, objection: id, outcome, lineState });
    return ok({ lineState });
  }

  private async stateAfter(
    tx: Tx,
    roster: string,
    lineNo: number,
    before: RosterLineState,
  ): Promise<RosterLineState> {
    if (before !== 'objected') return before;
    const after = await this.objections.lineStateBy(tx, roster, lineNo);
    await this.lines.setState(tx, roster, lineNo, after);
    return after;
  }
}
