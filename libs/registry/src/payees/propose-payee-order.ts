import { Injectable } from '@nestjs/common';

import {
  dayOf,
  holdsIdOrPhone,
  holdsSomebodysNumber,
  newId,
  ok,
  refuse,
  type Day,
  type Result,
} from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { PartyFactsStore, type LockedParty } from '../party-orders/party-facts.store';
import { PayeeOrderStore, type NewPayeeOrder } from './payee-order.store';
import type { PayeeFault, ProposePayeeOrderRefusal } from './payee.refusals';
import { payeeWords, termFault, type OrderedPayeeReason } from './payee.rules';
import { PayeeStore, type Payee } from './payee.store';

export interface PayeeOrderProposal {
  /** Whose money it is. */
  readonly partyExternalNo: string;
  /** Who is paid in its place; itself again when left out. */
  readonly payeeExternalNo?: string | undefined;
  readonly reason?: OrderedPayeeReason | undefined;
  /** It is approved on this day or later, and holds from then on. */
  readonly from: Day;
  /** The last day; until another order when left out. */
  readonly to?: Day | undefined;
  readonly documentNo: string;
  readonly evidence: string;
  /** Regions the proposing person is responsible for. */
  readonly regions: readonly string[];
  /** True: the same answer, and nothing is recorded. */
  readonly dryRun: boolean;
}

export interface ProposedPayeeOrder {
  /** Null after a dry run. */
  readonly id: string | null;
  readonly summary: { readonly zh: string; readonly en: string };
}

type WantedPayee = Omit<NewPayeeOrder, 'id' | 'party' | 'payee' | 'replaces'> & {
  readonly party: LockedParty;
  readonly payee: LockedParty | null;
};

/** Proposes who is paid in a holder's place (监护, 继承, 受让, 代领); it holds when another approves it. */
@Injectable()
export class ProposePayeeOrder {
  constructor(
    private readonly parties: PartyFactsStore,
    private readonly payees: PayeeStore,
    private readonly orders: PayeeOrderStore,
  ) {}

  /** Refuses PARTY_UNKNOWN (also outside the regions), PAYEE_REFUSED with every fault, PAYEE_UNCHANGED. */
  async execute(
    tx: Tx,
    proposal: PayeeOrderProposal,
  ): Promise<Result<ProposedPayeeOrder, ProposePayeeOrderRefusal>> {
    const { partyExternalNo, payeeExternalNo, from, documentNo, evidence } = proposal;
    const known = await this.parties.lock(
      tx,
      [partyExternalNo, payeeExternalNo].filter((no) => no !== undefined),
    );
    const party = known.get(partyExternalNo);
    if (!party || !proposal.regions.some((region) => covers(region, party.region))) {
      return refuse({ code: 'PARTY_UNKNOWN', party: partyExternalNo.slice(0, 64) });
    }
    const payee = known.get(payeeExternalNo ?? '') ?? null;
    const errors = await this.faultsOf(tx, proposal, party, payee);
    if (errors.length > 0) return refuse({ code: 'PAYEE_REFUSED', errors });
    const current = await this.payees.current(tx, party.id);
    const terms = { reason: proposal.reason ?? null, from, to: proposal.to ?? null };
    if (isSame(current, { payee, ...terms })) {
      return refuse({ code: 'PAYEE_UNCHANGED', party: party.externalNo });
    }
    const wanted = { ...terms, party, payee, documentNo, evidence };
    const summary = payeeWords({ ...terms, party: party.externalNo, payee: payee?.externalNo ?? null });
    const id = proposal.dryRun ? null : await this.record(tx, wanted, current?.id ?? null);
    return ok({ id, summary });
  }

  private async record(
    tx: Tx,
    { party, payee, ...terms }: WantedPayee,
    replaces: string | null,
  ): Promise<string> {
    const order = { ...terms, id: newId(), party: party.id, payee: payee?.id ?? null, replaces };
    await this.orders.insert(tx, order);
    const { id, reason, from, to } = order;
    tx.audit({ order: id, party: party.id, payee: order.payee, reason, from, to });
    return id;
  }

  private async faultsOf(
    tx: Tx,
    proposal: PayeeOrderProposal,
    party: LockedParty,
    payee: LockedParty | null,
  ): Promise<PayeeFault[]> {
    const hasPayee = payee !== null && (await this.payees.has(tx, payee.id));
    return [...payeeFaults(proposal, party, payee, hasPayee), ...termFaults(proposal, dayOf(tx.now))];
  }
}

function isSame(
  current: Payee | undefined,
  wanted: { payee: LockedParty | null; reason: OrderedPayeeReason | null; to: Day | null },
): boolean {
  if (!current || !wanted.payee) return !current && !wanted.payee;
  return current.payee === wanted.payee.id && current.reason === wanted.reason && current.to === wanted.to;
}

const faultOf = (
  field: string,
  value: string | null,
  code: PayeeFault['code'],
  zh: string,
  en: string,
): PayeeFault => ({ field, value: value === null ? null : value.slice(0, 64), code, expected: { zh, en } });

function payeeFaults(
  { payeeExternalNo: no }: PayeeOrderProposal,
  party: LockedParty,
  payee: LockedParty | null,
  hasPayee: boolean,
): PayeeFault[] {
  if (no === undefined) return [];
  const as = (code: PayeeFault['code'], zh: string, en: string) => [
    faultOf('payeeExternalNo', no, code, zh, en),
  ];
  if (!payee) return as('PARTY_UNKNOWN', '已登记主体的编号', 'the number of a party of this book');
  if (payee.id === party.id) return as('PAYEE_IS_HOLDER', '另一主体', 'another party');
  if (payee.closedOn !== null) {
    return as(
      'PARTY_CLOSED',
      '未销户的主体',
      `a party that is there: this one is closed since ${payee.closedOn}`,
    );
  }
  const en = 'a party that is paid itself: who is paid for another is paid into an account of their own';
  return hasPayee ? as('PAYEE_HAS_PAYEE', '本人收款的主体', en) : [];
}

function termFaults(proposal: PayeeOrderProposal, today: Day): PayeeFault[] {
  const { payeeExternalNo: no, reason = null, from, to = null, documentNo, evidence } = proposal;
  const faults: PayeeFault[] = [];
  if ((no === undefined) !== (reason === null)) {
    const en = 'a payee with a reason, or neither';
    faults.push(faultOf('reason', reason, 'PAYEE_REASON_MISSING', '收款人与事由一并填写', en));
  }
  const wrong = termFault({ from, to }, reason, today);
  if (wrong) {
    const field = wrong === 'day' && to === null ? 'from' : 'to';
    faults.push(faultOf(field, to ?? from, 'PAYEE_TERM_WRONG', ...TERMS[wrong]));
  }
  const [zh, en] = ['不含身份证号、账号、电话的文本', 'a text without an ID number, an account or a phone'];
  if (holdsIdOrPhone(documentNo)) faults.push(faultOf('documentNo', null, 'PERSONAL_NUMBER_IN_TEXT', zh, en));
  if (holdsSomebodysNumber(evidence))
    faults.push(faultOf('evidence', null, 'PERSONAL_NUMBER_IN_TEXT', zh, en));
  return faults;
}

const TERMS: Readonly<Record<NonNullable<ReturnType<typeof termFault>>, readonly [string, string]>> = {
  day: ['日期，如 2026-01-31', 'days such as 2026-01-31'],
  order: ['不早于起始日', 'a last day that is not before the first'],
  over: ['不早于今日', 'a last day that is not over'],
  open: ['代领须有截止日', 'a last day: who collects for another does so for a time'],
};
