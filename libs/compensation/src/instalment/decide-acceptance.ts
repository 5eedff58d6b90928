import { Injectable } from '@nestjs/common';

import { dayOf, invariant, ok, present, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import type { Refused } from '../compensation.refusals';
import { decideIn, lockProposal } from '../decide-in';
import type { Decision, DecisionRefusal } from '../decision.rules';
import { EntitlementStore } from '../entitlements/entitlement.store';
import { AcceptanceStore, type AcceptanceDraft } from './acceptance.store';
import { ContractStore, type Contract } from './contract.store';
import { reckonInstalment, writeInstalment } from './instalment.rules';

export interface AcceptanceDecision extends Decision {
  /** By which the province confirms the county's acceptance: nothing is owed without. */
  readonly provinceDocumentNo?: string | undefined;
}

type Refusals =
  | PostRequired
  | DecisionRefusal
  | Refused<'ACCEPTANCE_UNCONFIRMED' | 'NOT_TENDED' | 'TEXT_EMPTY' | 'TEXT_HOLDS_NUMBER'>;

/** Checks an acceptance that the province has confirmed: from then on the year's instalment is owed. */
@Injectable()
export class DecideAcceptance {
  constructor(
    private readonly contracts: ContractStore,
    private readonly acceptances: AcceptanceStore,
    private readonly entitlements: EntitlementStore,
  ) {}

  /** Refuses ACCEPTANCE_UNCONFIRMED without the province's document, NOT_TENDED where what was planted is left alone. */
  async execute(
    tx: Tx,
    principal: Principal,
    decision: AcceptanceDecision,
  ): Promise<Result<{ id: string; owedFen: bigint }, Refusals>> {
    const { id, rejection, provinceDocumentNo } = decision;
    const acceptance = await this.acceptances.find(tx, id);
    const contract = acceptance && (await this.contracts.find(tx, acceptance.contract));
    const allowed = Policies.require(principal, tx.book, ['forestry-reviewer'], contract?.village);
    if (!allowed.ok) return allowed;
    if (!acceptance || !contract) return refuse({ code: 'PROPOSAL_UNKNOWN', id });
    const proposal = await lockProposal(tx, 'instalment_acceptance', id);
    if (rejection === undefined) {
      if (!acceptance.tended) return refuse({ code: 'NOT_TENDED', acceptance: id });
      if (provinceDocumentNo === undefined || provinceDocumentNo.trim() === '')
        return refuse({ code: 'ACCEPTANCE_UNCONFIRMED', acceptance: id });
      await this.acceptances.confirm(tx, id, provinceDocumentNo);
    }
    const decided = await decideIn(tx, 'instalment_acceptance', proposal, decision);
    if (!decided.ok) return decided;
    return ok({ id, owedFen: decided.value.approved ? await this.owe(tx, id, acceptance, contract) : 0n });
  }

  private async owe(tx: Tx, id: string, acceptance: AcceptanceDraft, contract: Contract): Promise<bigint> {
    const { yearNo, areaMu100 } = acceptance;
    const fenPerMu = BigInt(present(contract.scheme[yearNo], 'an acceptance is of a year of the scheme'));
    const figures = { areaMu100, fenPerMu, yearNo };
    const amountFen = reckonInstalment(figures);
    const { programme, contractNo, village, payee, parcel } = contract;
    const owed = await this.entitlements.insert(tx, [
      {
        ...{ programme, kind: 'instalment', key: `${contractNo}/${yearNo}`, region: village, party: payee },
        ...{ parcel, quantity: areaMu100, rateFen: fenPerMu, figures: writeInstalment(figures), amountFen },
        ...{ dueOn: dayOf(tx.now), sources: [id, contract.id] },
      },
    ]);
    invariant(owed === 1, 'a year of a contract is accepted once');
    tx.audit({ owed: `${contractNo}/${yearNo}`, amountFen: amountFen.toString() });
    return amountFen;
  }
}
