import { Injectable } from '@nestjs/common';

import { idOf, newId, ok, refuse, type Result } from '@app/kernel';
import { Ledger, move, type DomainLedger, type EntryDraft, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { allottedPath, fundPath, MONEY } from '../funds.paths';
import type { FundsRefusal } from '../funds.refusals';
import { FundSourceStore } from '../sources/fund-source.store';
import { checkDraft, type IndicatorDraft } from './indicator.rules';
import { IndicatorStore } from './indicator.store';

type Refusals = Extract<
  FundsRefusal,
  { code: 'AMOUNT_NOT_POSITIVE' | 'INDICATOR_FIELD_WRONG' | 'INDICATOR_EXISTS' | 'FUND_SOURCE_UNKNOWN' }
>;

/** Enters an indicator (下达) and the authority it brings: allotted → fund. */
@Injectable()
export class AllotIndicator {
  readonly #ledger: DomainLedger;

  constructor(
    private readonly store: IndicatorStore,
    private readonly sources: FundSourceStore,
    ledger: Ledger,
  ) {
    this.#ledger = ledger.domain('funds');
  }

  /**
   * Refuses AMOUNT_NOT_POSITIVE, INDICATOR_FIELD_WRONG with the field and what is expected, FUND_SOURCE_UNKNOWN,
   * INDICATOR_EXISTS when this document already allotted to this project.
   */
  async execute(tx: Tx, draft: IndicatorDraft): Promise<Result<{ id: string }, Refusals | PostingRefusal>> {
    const checked = checkDraft(draft);
    if (!checked.ok) return checked;
    if (!(await this.sources.exists(tx, draft.fundSource))) {
      return refuse({ code: 'FUND_SOURCE_UNKNOWN', fundSource: draft.fundSource });
    }
    await this.store.lockEntering(tx);
    const id = newId();
    if (!(await this.store.insert(tx, [{ ...draft, id }]))) {
      return refuse({ code: 'INDICATOR_EXISTS', docNo: draft.docNo, projectCode: draft.projectCode });
    }
    tx.audit({ indicator: id, docNo: draft.docNo, amountFen: draft.amountFen.toString() });
    const posted = await this.#ledger.post(tx, [allotment(id, draft.amountFen)]);
    return posted.ok ? ok({ id }) : posted;
  }
}

/** The entry that brings an indicator its authority. */
export const allotment = (id: string, amountFen: bigint): EntryDraft => ({
  id: idOf('allot', id),
  kind: 'funds.allot',
  reference: `indicator/${id}`,
  legs: move(allottedPath(id), fundPath(id), MONEY, amountFen),
});
