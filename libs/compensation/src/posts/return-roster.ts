import { Injectable } from '@nestjs/common';

import { newId, ok, present, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import { checkText } from '../check-text';
import type { Refused } from '../compensation.refusals';
import { VILLAGE_POST } from '../compensation.words';
import { RosterStore, type Roster } from '../rosters/roster.store';
import { ReturnStore } from './return.store';
import { assignmentsFor, mayStep, postAtTurn } from './step.rules';
import { StepStore } from './step.store';

type Texts = Refused<'TEXT_EMPTY' | 'TEXT_HOLDS_NUMBER'>;
type Refusals = PostRequired | Texts | Refused<'ROSTER_UNKNOWN' | 'ROSTER_STATE_WRONG' | 'ROSTER_RETURNED'>;

export interface ReturnOrder {
  readonly roster: string;
  /** A post that has taken its step: the one that must mend it. */
  readonly to: string;
  readonly reason: string;
}

/**
 * Sends a roster back to the post that has to mend something (退回), and takes it back from there. The posts between
 * them do not take their steps again, and nothing that was published changes.
 */
@Injectable()
export class ReturnRoster {
  constructor(
    private readonly rosters: RosterStore,
    private readonly steps: StepStore,
    private readonly returns: ReturnStore,
  ) {}

  /** By the post whose turn it is. Refuses RETURN_TARGET_WRONG with the posts it may go back to. */
  async send(
    tx: Tx,
    principal: Principal,
    { roster: id, to, reason }: ReturnOrder,
  ): Promise<Result<{ nextPost: string }, Refusals | Refused<'RETURN_TARGET_WRONG'>>> {
    const text = checkText('reason', reason);
    if (!text.ok) return text;
    const held = await this.hold(tx, principal, id);
    if (!held.ok) return held;
    const { roster } = held.value;
    if (roster.returnTo !== null) {
      return refuse({ code: 'ROSTER_RETURNED', roster: id, to: postAtTurn(roster) });
    }
    const before = roster.posts.slice(0, roster.step);
    const place = before.indexOf(to);
    if (place < 0) return refuse({ code: 'RETURN_TARGET_WRONG', to, before });
    const sent = { id: newId(), from: roster.step + 1, to: place + 1, reason: text.value };
    await this.returns.insert(tx, id, sent);
    tx.audit({ roster: roster.no, returnedTo: to, reason: text.value });
    return ok({ nextPost: to });
  }

  /** By the post it was sent to: says what was mended. The roster is again at whoever sent it back. */
  async answer(
    tx: Tx,
    principal: Principal,
    { roster: id, answer }: { readonly roster: string; readonly answer: string },
  ): Promise<
    Result<{ nextPost: string }, Refusals | Refused<'NOT_RETURNED' | 'STEP_BY_MAKER' | 'TWO_STEPS_ON_ROSTER'>>
  > {
    const text = checkText('answer', answer);
    if (!text.ok) return text;
    const held = await this.hold(tx, principal, id);
    if (!held.ok) return held;
    const { roster, assignments } = held.value;
    if (roster.returnTo === null) return refuse({ code: 'NOT_RETURNED', roster: id });
    const taken = await this.steps.takenBy(tx, id, principal.userId);
    const at = { post: postAtTurn(roster), ordinal: roster.returnTo };
    const by = mayStep(roster, principal.userId, at, assignments, taken);
    if (!by.ok) return by;
    const open = present(await this.returns.open(tx, id), 'a roster that was sent back has an open return');
    if (open.returnedBy === principal.userId) {
      return refuse({ code: 'TWO_STEPS_ON_ROSTER', roster: id, post: at.post });
    }
    const { actingOrderNo } = by.value;
    await this.returns.answer(tx, id, { id: open.id, answer: text.value, actingOrderNo });
    tx.audit({ roster: roster.no, answeredBy: at.post, answer: text.value });
    return ok({ nextPost: present(roster.posts[roster.step], 'the post that sent it back waits for it') });
  }

  private async hold(
    tx: Tx,
    principal: Principal,
    id: string,
  ): Promise<
    Result<
      { roster: Roster; assignments: Parameters<typeof mayStep>[3] },
      PostRequired | Refused<'ROSTER_UNKNOWN' | 'ROSTER_STATE_WRONG'>
    >
  > {
    const roster = await this.rosters.lock(tx, id);
    if (!roster) return refuse({ code: 'ROSTER_UNKNOWN', roster: id });
    // Whoever has no post in the book learns nothing of where its rosters are.
    const some = Policies.require(principal, tx.book, roster.posts);
    if (!some.ok) return some;
    if (roster.state !== 'review') {
      return refuse({ code: 'ROSTER_STATE_WRONG', roster: id, state: roster.state, needed: ['review'] });
    }
    const post = postAtTurn(roster);
    const villages = post === VILLAGE_POST ? await this.steps.villages(tx, id) : [];
    const held = assignmentsFor(principal, tx.book, post, roster, villages);
    return held.ok ? ok({ roster, assignments: held.value }) : held;
  }
}
