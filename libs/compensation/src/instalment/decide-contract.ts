import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import type { Refused } from '../compensation.refusals';
import { decideIn, lockProposal } from '../decide-in';
import type { Decision, DecisionRefusal } from '../decision.rules';
import { ContractStore } from './contract.store';

type Refusals = PostRequired | DecisionRefusal | Refused<'TEXT_EMPTY' | 'TEXT_HOLDS_NUMBER'>;

/** Lets a contract count, or rejects it: by somebody else than who entered it. */
@Injectable()
export class DecideContract {
  constructor(private readonly contracts: ContractStore) {}

  async execute(tx: Tx, principal: Principal, decision: Decision): Promise<Result<{ id: string }, Refusals>> {
    const { id } = decision;
    const contract = await this.contracts.find(tx, id);
    const allowed = Policies.require(principal, tx.book, ['forestry-reviewer'], contract?.village);
    if (!allowed.ok) return allowed;
    if (!contract) return refuse({ code: 'PROPOSAL_UNKNOWN', id });
    const proposal = await lockProposal(tx, 'instalment_contract', id);
    const decided = await decideIn(tx, 'instalment_contract', proposal, decision);
    return decided.ok ? ok({ id }) : decided;
  }
}
