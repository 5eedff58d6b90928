import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import type { Refused } from '../compensation.refusals';
import { decideIn, lockProposal } from '../decide-in';
import type { Decision, DecisionRefusal } from '../decision.rules';
import { QualityStore } from './quality.store';

type Refusals =
  PostRequired | DecisionRefusal | Refused<'QUALITY_OVERLAPS' | 'TEXT_EMPTY' | 'TEXT_HOLDS_NUMBER'>;

/** Lets a monitoring result count for rosters from its first day on, or rejects it. An open one before it ends. */
@Injectable()
export class DecideQuality {
  constructor(private readonly results: QualityStore) {}

  /** Refuses QUALITY_OVERLAPS with the document of another result that holds on some of the days. */
  async execute(tx: Tx, principal: Principal, decision: Decision): Promise<Result<{ id: string }, Refusals>> {
    const { id } = decision;
    const region = await this.results.queue(tx, id);
    const allowed = Policies.require(principal, tx.book, ['forestry-reviewer'], region);
    if (!allowed.ok) return allowed;
    if (region === undefined) return refuse({ code: 'PROPOSAL_UNKNOWN', id });
    const proposal = await lockProposal(tx, 'quality_result', id);
    if (decision.rejection === undefined) {
      await this.results.endBefore(tx, id);
      const documentNo = await this.results.overlapping(tx, id);
      if (documentNo !== undefined) return refuse({ code: 'QUALITY_OVERLAPS', region, documentNo });
    }
    const decided = await decideIn(tx, 'quality_result', proposal, decision);
    return decided.ok ? ok({ id }) : decided;
  }
}
