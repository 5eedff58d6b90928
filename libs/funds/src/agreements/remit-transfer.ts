import { Injectable } from '@nestjs/common';

import { idOf, ok, refuse, type Result } from '@app/kernel';
import { Ledger, move, type DomainLedger, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { clearingOutPath, fundPath, MONEY } from '../funds.paths';
import { IndicatorStore } from '../indicators/indicator.store';
import { wrongText } from '../text.rules';
import type { AgreementRefusal } from './agreement.refusals';
import { wrongAmount } from './agreement.rules';
import { AgreementStore } from './agreement.store';
import { liveAgreement } from './live-agreement';

export interface Remittance {
  readonly agreement: string;
  /** The payer's own. */
  readonly indicator: string;
  readonly amountFen: bigint;
  readonly documentNo: string;
}

/** The payer's entry of a transfer: fund → clearing-out. The recipient's follows in its own book. */
@Injectable()
export class RemitTransfer {
  readonly #ledger: DomainLedger;

  constructor(
    private readonly agreements: AgreementStore,
    private readonly indicators: IndicatorStore,
    ledger: Ledger,
  ) {
    this.#ledger = ledger.domain('funds');
  }

  /**
   * Refuses AGREEMENT_UNKNOWN, AGREEMENT_NOT_LIVE, NOT_THIS_SIDE, AGREEMENT_EXCEEDED, INDICATOR_UNKNOWN,
   * INDICATOR_CLOSED, INDICATOR_INSUFFICIENT, and what is wrong with a field.
   */
  async execute(
    tx: Tx,
    { agreement: id, indicator, amountFen, documentNo }: Remittance,
  ): Promise<Result<{ no: number }, AgreementRefusal | PostingRefusal>> {
    const wrong = wrongText({ documentNo }) ?? wrongAmount('amountFen', amountFen);
    if (wrong) return wrong;
    const live = await liveAgreement(tx, this.agreements, { agreement: id, side: 'payer' });
    if (!live.ok) return live;
    const before = await this.agreements.transfers(tx, tx.book, id);
    const left = before.reduce((rest, one) => rest - one.amountFen, live.value.amountFen);
    if (amountFen > left)
      return refuse({ code: 'AGREEMENT_EXCEEDED', agreement: id, left, asked: amountFen });
    const found = await this.indicators.share(tx, indicator);
    if (!found) return refuse({ code: 'INDICATOR_UNKNOWN', indicator });
    if (found.isClosed) return refuse({ code: 'INDICATOR_CLOSED', indicator });
    const no = before.length + 1;
    await this.agreements.insertTransfer(tx, id, { no, indicator, amountFen, documentNo }, null);
    tx.audit({ agreement: id, no, indicator, amountFen: amountFen.toString(), documentNo });
    const entry = {
      ...{ id: idOf('remit', id, String(no)), kind: 'funds.remit', reference: `agreement/${id}` },
      legs: move(fundPath(indicator), clearingOutPath(indicator, id), MONEY, amountFen),
    };
    const posted = await this.#ledger.post(tx, [entry]);
    if (posted.ok) return ok({ no });
    if (posted.reason.code !== 'BALANCE_INSUFFICIENT') return posted;
    const available = amountFen - posted.reason.missing;
    return refuse({ code: 'INDICATOR_INSUFFICIENT', indicator, available, asked: amountFen });
  }
}
