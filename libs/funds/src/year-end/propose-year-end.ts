import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { IndicatorStore } from '../indicators/indicator.store';
import { wrongText } from '../text.rules';
import type { YearEndRefusal } from './year-end.refusals';
import { wrongYearEnd, type YearEndAction } from './year-end.rules';
import { YearEndStore } from './year-end.store';

export interface YearEndProposal {
  readonly indicator: string;
  readonly action: YearEndAction;
  /** That decides it; of a carry-over it is the document of the new indicator. */
  readonly documentNo: string;
}

/** Proposes what becomes of an indicator's money at the end of its year: carried over, or recovered. */
@Injectable()
export class ProposeYearEnd {
  constructor(
    private readonly indicators: IndicatorStore,
    private readonly yearEnds: YearEndStore,
  ) {}

  /**
   * Refuses INDICATOR_UNKNOWN, INDICATOR_CLOSED, YEAR_NOT_ENDING, CARRIED_TOO_OFTEN, NOTHING_AVAILABLE,
   * YEAR_END_PROPOSED, FUNDS_FIELD_WRONG, PERSONAL_NUMBER_IN_TEXT. Says what would be put away as things stand.
   */
  async execute(
    tx: Tx,
    { indicator, action, documentNo }: YearEndProposal,
  ): Promise<Result<{ id: string; availableFen: bigint }, YearEndRefusal>> {
    const wrongNo = wrongText({ documentNo });
    if (wrongNo) return wrongNo;
    const found = await this.indicators.lock(tx, indicator);
    if (!found) return refuse({ code: 'INDICATOR_UNKNOWN', indicator });
    const availableFen = await this.indicators.available(tx, indicator);
    const wrong = wrongYearEnd(action, found, { day: dayOf(tx.now), availableFen });
    if (wrong) return wrong;
    const id = newId();
    if (!(await this.yearEnds.insert(tx, { id, indicator, action, documentNo }))) {
      return refuse({ code: 'YEAR_END_PROPOSED', indicator });
    }
    tx.audit({ yearEnd: id, indicator, action, documentNo, availableFen: availableFen.toString() });
    return ok({ id, availableFen });
  }
}
