import { Injectable } from '@nestjs/common';

import { idOf, newId, ok, refuse, type Result } from '@app/kernel';
import { Ledger, move, type DomainLedger, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { clearingInPath, fundPath, MONEY } from '../funds.paths';
import { checkDraft, type IndicatorDraft } from '../indicators/indicator.rules';
import { IndicatorStore } from '../indicators/indicator.store';
import { FundSourceStore } from '../sources/fund-source.store';
import type { AgreementRefusal } from './agreement.refusals';
import { AgreementStore } from './agreement.store';
import { liveAgreement } from './live-agreement';

export interface ReceivedTransfer {
  readonly agreement: string;
  /** Its number in the payer's book. */
  readonly no: number;
  /** What the recipient's own document says of it; the amount is what was remitted. */
  readonly indicator: Omit<IndicatorDraft, 'amountFen' | 'fundSource'> & { readonly fundSource?: string };
}

const SOURCE = 'cross-region';

/** The recipient's entry of a transfer: clearing-in → fund of an indicator that it makes. Once a transfer. */
@Injectable()
export class ReceiveTransfer {
  readonly #ledger: DomainLedger;

  constructor(
    private readonly agreements: AgreementStore,
    private readonly indicators: IndicatorStore,
    private readonly sources: FundSourceStore,
    ledger: Ledger,
  ) {
    this.#ledger = ledger.domain('funds');
  }

  /**
   * Refuses AGREEMENT_UNKNOWN, AGREEMENT_NOT_LIVE, NOT_THIS_SIDE, TRANSFER_UNKNOWN, TRANSFER_RECEIVED, and what
   * entering an indicator refuses.
   */
  async execute(
    tx: Tx,
    { agreement: id, no, indicator: document }: ReceivedTransfer,
  ): Promise<Result<{ indicator: string; amountFen: bigint }, AgreementRefusal | PostingRefusal>> {
    const live = await liveAgreement(tx, this.agreements, { agreement: id, side: 'recipient' });
    if (!live.ok) return live;
    const { payerBook } = live.value;
    const remitted = (await this.agreements.transfers(tx, payerBook, id)).find((one) => one.no === no);
    if (!remitted) return refuse({ code: 'TRANSFER_UNKNOWN', agreement: id, no });
    const { amountFen, documentNo } = remitted;
    const draft = { ...document, fundSource: document.fundSource ?? SOURCE, amountFen };
    const checked = checkDraft(draft);
    if (!checked.ok) return checked;
    if (!(await this.sources.exists(tx, draft.fundSource))) {
      return refuse({ code: 'FUND_SOURCE_UNKNOWN', fundSource: draft.fundSource });
    }
    await this.indicators.lockEntering(tx);
    const known = (await this.agreements.transfers(tx, tx.book, id)).some((one) => one.no === no);
    if (known) return refuse({ code: 'TRANSFER_RECEIVED', agreement: id, no });
    const indicator = newId();
    if (!(await this.indicators.insert(tx, [{ ...draft, id: indicator, agreement: id }]))) {
      return refuse({ code: 'INDICATOR_EXISTS', docNo: draft.docNo, projectCode: draft.projectCode });
    }
    await this.agreements.insertTransfer(tx, id, { no, indicator, amountFen, documentNo }, payerBook);
    tx.audit({ agreement: id, no, indicator, amountFen: amountFen.toString() });
    const entry = {
      ...{ id: idOf('receive', id, String(no)), kind: 'funds.receive', reference: `agreement/${id}` },
      legs: move(clearingInPath(indicator, id), fundPath(indicator), MONEY, amountFen),
    };
    const posted = await this.#ledger.post(tx, [entry]);
    return posted.ok ? ok({ indicator, amountFen }) : posted;
  }
}
