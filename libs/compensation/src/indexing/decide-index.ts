import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import type { Refused } from '../compensation.refusals';
import { DECIDERS } from '../compensation.words';
import { decideIn, lockProposal } from '../decide-in';
import type { Decision, DecisionRefusal } from '../decision.rules';
import { ProgrammeStore } from '../programmes/programme.store';
import { IndexDecisionStore } from './index-decision.store';

type Refusals =
  PostRequired | DecisionRefusal | Refused<'INDEX_BASE_CHANGED' | 'TEXT_EMPTY' | 'TEXT_HOLDS_NUMBER'>;

/** Approved, an index ends the standards it was reckoned from and enters those that follow; rejected, nothing moves. */
@Injectable()
export class DecideIndex {
  constructor(
    private readonly programmes: ProgrammeStore,
    private readonly decisions: IndexDecisionStore,
  ) {}

  /** Refuses STEP_BY_SAME_PERSON to the proposer, INDEX_BASE_CHANGED when a standard has ended since. */
  async execute(
    tx: Tx,
    principal: Principal,
    decision: Decision,
  ): Promise<Result<{ id: string; standards: number }, Refusals>> {
    const { id } = decision;
    const allowed = Policies.require(principal, tx.book, DECIDERS);
    if (!allowed.ok) return allowed;
    const programme = await this.decisions.programmeOf(tx, id);
    if (programme === undefined) return refuse({ code: 'PROPOSAL_UNKNOWN', id });
    await this.programmes.queue(tx, programme);
    const proposal = await lockProposal(tx, 'index_decision', id);
    const decided = await decideIn(tx, 'index_decision', proposal, decision);
    if (!decided.ok) return decided;
    if (!decided.value.approved) return ok({ id, standards: 0 });
    const documentNo = await this.decisions.changedBase(tx, id);
    if (documentNo !== undefined) return refuse({ code: 'INDEX_BASE_CHANGED', documentNo });
    return ok({ id, standards: await this.decisions.apply(tx, id) });
  }
}
