import { Injectable } from '@nestjs/common';

import { idOf, newId, ok, refuse, type Result } from '@app/kernel';
import { Ledger, move, type DomainLedger, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { allottedPath, fundPath, MONEY } from '../funds.paths';
import { IndicatorStore } from '../indicators/indicator.store';
import { wrongDay, wrongText } from '../text.rules';
import type { AdjustmentRefusal } from './adjustment.refusals';
import { AdjustmentStore, type AdjustmentDraft } from './adjustment.store';

export interface Adjusted {
  readonly id: string;
  /** What the indicator has after it. */
  readonly allottedFen: bigint;
}

const AMOUNT_MAX_FEN = 999_999_999_999_999n;

/** Changes an indicator's amount by document (追加、追减): allotted → fund, or back. */
@Injectable()
export class AdjustIndicator {
  readonly #ledger: DomainLedger;

  constructor(
    private readonly indicators: IndicatorStore,
    private readonly adjustments: AdjustmentStore,
    ledger: Ledger,
  ) {
    this.#ledger = ledger.domain('funds');
  }

  /**
   * Refuses INDICATOR_UNKNOWN, INDICATOR_CLOSED, FUNDS_FIELD_WRONG, PERSONAL_NUMBER_IN_TEXT, ADJUSTMENT_EXISTS, and
   * INDICATOR_LOCKED with the figures when it would leave less than is reserved or further on.
   */
  async execute(
    tx: Tx,
    draft: AdjustmentDraft,
  ): Promise<Result<Adjusted, AdjustmentRefusal | PostingRefusal>> {
    const { indicator, documentNo, changeFen, reason, day } = draft;
    const wrong = wrongText({ documentNo, reason }) ?? wrongDay({ day });
    if (wrong) return wrong;
    if (changeFen === 0n || changeFen > AMOUNT_MAX_FEN || changeFen < -AMOUNT_MAX_FEN) {
      return refuse({ code: 'FUNDS_FIELD_WRONG', field: 'changeFen', expected: 'a count of fen, not zero' });
    }
    const found = await this.indicators.lock(tx, indicator);
    if (!found) return refuse({ code: 'INDICATOR_UNKNOWN', indicator });
    if (found.isClosed) return refuse({ code: 'INDICATOR_CLOSED', indicator });
    const id = newId();
    if (!(await this.adjustments.insert(tx, id, draft))) {
      return refuse({ code: 'ADJUSTMENT_EXISTS', indicator, documentNo });
    }
    tx.audit({ indicator, documentNo, changeFen: changeFen.toString() });
    const [from, to] = [allottedPath(indicator), fundPath(indicator)];
    const legs = changeFen > 0n ? move(from, to, MONEY, changeFen) : move(to, from, MONEY, -changeFen);
    const entry = { id: idOf('adjust', id), kind: 'funds.adjust', reference: `indicator/${indicator}`, legs };
    const posted = await this.#ledger.post(tx, [entry]);
    if (posted.ok) return ok({ id, allottedFen: found.allottedFen + changeFen });
    if (posted.reason.code !== 'BALANCE_INSUFFICIENT') return posted;
    const { allottedFen: allotted } = found;
    const available = -changeFen - posted.reason.missing;
    const locked = allotted - available;
    return refuse({ code: 'INDICATOR_LOCKED', indicator, allotted, locked, available, asked: -changeFen });
  }
}
