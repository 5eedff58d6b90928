import { Injectable } from '@nestjs/common';

import { dayOf, isDay, newId, ok, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import type { Refused } from '../compensation.refusals';
import { AcceptanceStore, type AcceptanceDraft } from './acceptance.store';
import { ContractStore } from './contract.store';

type Refusals =
  | PostRequired
  | Refused<
      | 'CONTRACT_UNKNOWN'
      | 'CONTRACT_STATE_WRONG'
      | 'PROGRAMME_FIELD_WRONG'
      | 'AREA_ABOVE'
      | 'ACCEPTANCE_EXISTS'
    >;

/** Enters what the county's inspection (县级验收) accepted of a contract for one year of its scheme. */
@Injectable()
export class ProposeAcceptance {
  constructor(
    private readonly contracts: ContractStore,
    private readonly acceptances: AcceptanceStore,
  ) {}

  /** Refuses a year that the scheme has not or that has not come, AREA_ABOVE for more than was contracted. */
  async execute(
    tx: Tx,
    principal: Principal,
    draft: AcceptanceDraft,
  ): Promise<Result<{ id: string }, Refusals>> {
    const { yearNo, areaMu100, inspectedOn, documentNo } = draft;
    const contract = await this.contracts.find(tx, draft.contract);
    const allowed = Policies.require(principal, tx.book, ['forestry-handler'], contract?.village);
    if (!allowed.ok) return allowed;
    if (!contract) return refuse({ code: 'CONTRACT_UNKNOWN', contract: draft.contract });
    const { state, scheme, plantedYear, areaMu100: mostMu100 } = contract;
    if (state !== 'approved') return refuse({ code: 'CONTRACT_STATE_WRONG', contract: contract.id, state });
    if (scheme[yearNo] === undefined) return wrong('yearNo', Object.keys(scheme).join(', '));
    const first = `${plantedYear + yearNo - 1}-01-01`;
    const today = dayOf(tx.now);
    if (!isDay(inspectedOn) || inspectedOn < first || inspectedOn > today)
      return wrong('inspectedOn', `a day from ${first} to ${today}`);
    if (documentNo.trim() === '') return wrong('documentNo', '1 to 200 characters');
    if (areaMu100 < 1n || areaMu100 > mostMu100) return refuse({ code: 'AREA_ABOVE', areaMu100, mostMu100 });
    const id = newId();
    if (!(await this.acceptances.insert(tx, id, draft)))
      return refuse({ code: 'ACCEPTANCE_EXISTS', contractNo: contract.contractNo, yearNo });
    tx.audit({ acceptance: id, contract: contract.id, yearNo, areaMu100: areaMu100.toString() });
    return ok({ id });
  }
}

const wrong = (field: string, expected: string) =>
  refuse({ code: 'PROGRAMME_FIELD_WRONG' as const, field, expected });
