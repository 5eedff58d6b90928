import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import type { Refused } from '../compensation.refusals';
import { MAKERS } from '../compensation.words';
import { readSchemes } from '../entitlements/settings.rules';
import { ProgrammeStore } from '../programmes/programme.store';
import { ContractStore, type PayeeRule } from './contract.store';

export interface ContractDraft {
  readonly programme: string;
  readonly contractNo: string;
  readonly parcelCode: string;
  /** The right by which the land is contracted, and who holds it. */
  readonly rightKind: string;
  readonly holderExternalNo: string;
  readonly areaMu100: bigint;
  readonly plantedYear: number;
  /** One of the programme's. */
  readonly scheme: string;
  readonly payeeRule: PayeeRule;
  /** Who is paid by the transfer contract, and its document; neither where the original contractor is. */
  readonly payeeExternalNo?: string | undefined;
  readonly payeeDocumentNo?: string | undefined;
}

type Refusals =
  | PostRequired
  | Refused<
      | 'PROGRAMME_UNKNOWN'
      | 'PROGRAMME_KIND_WRONG'
      | 'PROGRAMME_FIELD_WRONG'
      | 'CONTRACT_RIGHT_UNKNOWN'
      | 'AREA_ABOVE'
      | 'CONTRACT_EXISTS'
    >;

const wrong = (field: string, expected: string) =>
  refuse({ code: 'PROGRAMME_FIELD_WRONG' as const, field, expected });

/** Enters a contract of farmland turned to forest (退耕合同) with its scheme and whom it pays; another lets it count. */
@Injectable()
export class ProposeContract {
  constructor(
    private readonly programmes: ProgrammeStore,
    private readonly contracts: ContractStore,
  ) {}

  /**
   * Refuses CONTRACT_RIGHT_UNKNOWN where the holder has no such right today, AREA_ABOVE with what of the parcel is not
   * under contract, CONTRACT_EXISTS with the number.
   */
  async execute(
    tx: Tx,
    principal: Principal,
    draft: ContractDraft,
  ): Promise<Result<{ id: string }, Refusals>> {
    const programme = await this.programmes.find(tx, draft.programme);
    if (!programme) return refuse({ code: 'PROGRAMME_UNKNOWN', programme: draft.programme });
    const { ruleKind, settings } = programme;
    const schemes = ruleKind === 'instalment' ? readSchemes(settings) : undefined;
    if (!schemes) return refuse({ code: 'PROGRAMME_KIND_WRONG', ruleKind, needed: 'instalment' });
    const years = schemes.get(draft.scheme);
    if (!years) return wrong('scheme', [...schemes.keys()].join(', '));
    await this.programmes.queue(tx, programme.id);
    const right = await this.contracts.right(tx, { ...draft, day: dayOf(tx.now) });
    const allowed = Policies.require(principal, tx.book, MAKERS, right?.village);
    if (!allowed.ok) return allowed;
    const { parcelCode, areaMu100, contractNo } = draft;
    if (!right) return refuse({ code: 'CONTRACT_RIGHT_UNKNOWN', parcelCode, rightKind: draft.rightKind });
    const mostMu100 = right.parcelAreaMu100 - right.contractedMu100;
    if (areaMu100 > mostMu100) return refuse({ code: 'AREA_ABOVE', areaMu100, mostMu100 });
    const payee = await this.payeeOf(tx, draft, right.holder);
    if (!payee.ok) return payee;
    const id = newId();
    const scheme = Object.fromEntries(years.map(({ yearNo, fenPerMu }) => [yearNo, String(fenPerMu)]));
    const contract = { ...draft, id, scheme, parcel: right.parcel, right: right.right, payee: payee.value };
    if (!(await this.contracts.insert(tx, contract))) return refuse({ code: 'CONTRACT_EXISTS', contractNo });
    tx.audit({ contract: id, programme: programme.code, contractNo, areaMu100: areaMu100.toString() });
    return ok({ id });
  }

  /** Collective land pays whoever contracted it; transferred land whom the transfer contract names. */
  private async payeeOf(
    tx: Tx,
    draft: ContractDraft,
    holder: string,
  ): Promise<Result<string, Refused<'PROGRAMME_FIELD_WRONG'>>> {
    const { payeeRule, payeeExternalNo, payeeDocumentNo, rightKind } = draft;
    if (payeeRule === 'original-contractor') {
      if (payeeExternalNo !== undefined || payeeDocumentNo !== undefined)
        return wrong('payeeExternalNo', 'none: the original contractor is paid');
      return rightKind === 'contract' ? ok(holder) : wrong('rightKind', 'contract');
    }
    if (payeeDocumentNo === undefined || payeeDocumentNo.trim() === '')
      return wrong('payeeDocumentNo', 'the transfer contract that names the payee');
    const party = payeeExternalNo === undefined ? holder : await this.contracts.party(tx, payeeExternalNo);
    return party === undefined ? wrong('payeeExternalNo', 'a party of the book') : ok(party);
  }
}
