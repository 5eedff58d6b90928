import { Injectable } from '@nestjs/common';

import { dayOf, idOf, newId, ok, present, refuse, type Result } from '@app/kernel';
import { Ledger, move, type DomainLedger, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { undecidable, type Decision } from '../decision.rules';
import { allottedPath, fundPath, MONEY, recoveredPath } from '../funds.paths';
import { IndicatorStore, type LockedIndicator } from '../indicators/indicator.store';
import type { YearEndRefusal } from './year-end.refusals';
import { carriedYears, wrongYearEnd } from './year-end.rules';
import { YearEndStore, type YearEnd } from './year-end.store';

export interface YearEndDecided {
  readonly id: string;
  /** What was put away: all that was available. Zero when it was rejected. */
  readonly amountFen: bigint;
  readonly newIndicator: string | null;
}

type Answer = Result<YearEndDecided, YearEndRefusal | PostingRefusal>;

/**
 * Somebody who did not propose it closes an indicator: fund → recovered, and of a carry-over in the same entry
 * allotted → fund of next year's. What is reserved or further on is paid as before.
 */
@Injectable()
export class DecideYearEnd {
  readonly #ledger: DomainLedger;

  constructor(
    private readonly indicators: IndicatorStore,
    private readonly yearEnds: YearEndStore,
    ledger: Ledger,
  ) {
    this.#ledger = ledger.domain('funds');
  }

  /** Refuses PROPOSAL_UNKNOWN, PROPOSAL_DECIDED, STEP_BY_SAME_PERSON, INDICATOR_EXISTS, and what proposing refuses. */
  async execute(tx: Tx, { id, rejection }: Decision): Promise<Answer> {
    const proposal = await this.yearEnds.lock(tx, id);
    const wrong = undecidable(proposal, id, tx.context.actor);
    if (wrong) return wrong;
    const yearEnd = present(proposal, 'what can be decided is there');
    const { indicator, action } = yearEnd;
    if (rejection !== undefined) {
      await this.yearEnds.reject(tx, id, rejection);
      tx.audit({ yearEnd: id, indicator, action, outcome: 'rejected' });
      return ok({ id, amountFen: 0n, newIndicator: null });
    }
    // Reservations and releases hold this row too: what is available stays what it is until the commit.
    const found = present(await this.indicators.lock(tx, indicator), 'a year’s end has its indicator');
    const availableFen = await this.indicators.available(tx, indicator);
    const refused = wrongYearEnd(action, found, { day: dayOf(tx.now), availableFen });
    if (refused) return refused;
    if (!found.isClosed) await this.indicators.close(tx, indicator);
    tx.audit({ yearEnd: id, indicator, action, outcome: 'approved', amountFen: availableFen.toString() });
    return action === 'carry-over'
      ? this.carryOver(tx, yearEnd, found, availableFen)
      : this.recover(tx, yearEnd, availableFen);
  }

  private async carryOver(
    tx: Tx,
    { id, documentNo }: YearEnd,
    old: LockedIndicator,
    amountFen: bigint,
  ): Promise<Answer> {
    const newIndicator = newId();
    await this.indicators.lockEntering(tx);
    const next = {
      ...old,
      ...{ id: newIndicator, docNo: documentNo, year: old.year + 1, sourceKind: 'carry-over' as const },
      ...{ amountFen, carriedFrom: old.id, carriedYears: carriedYears(old) + 1, agreement: null },
    };
    if (!(await this.indicators.insert(tx, [next]))) {
      return refuse({ code: 'INDICATOR_EXISTS', docNo: documentNo, projectCode: old.projectCode });
    }
    await this.yearEnds.approve(tx, id, amountFen, newIndicator);
    const entry = {
      ...{ id: idOf('carry-over', old.id), kind: 'funds.carry-over', reference: `indicator/${old.id}` },
      legs: [
        ...move(fundPath(old.id), recoveredPath(old.id), MONEY, amountFen),
        ...move(allottedPath(newIndicator), fundPath(newIndicator), MONEY, amountFen),
      ],
    };
    const posted = await this.#ledger.post(tx, [entry]);
    return posted.ok ? ok({ id, amountFen, newIndicator }) : posted;
  }

  private async recover(tx: Tx, { id, indicator }: YearEnd, amountFen: bigint): Promise<Answer> {
    await this.yearEnds.approve(tx, id, amountFen, null);
    if (amountFen === 0n) return ok({ id, amountFen, newIndicator: null });
    const entry = {
      ...{ id: idOf('recover', id), kind: 'funds.recover', reference: `indicator/${indicator}` },
      legs: move(fundPath(indicator), recoveredPath(indicator), MONEY, amountFen),
    };
    const posted = await this.#ledger.post(tx, [entry]);
    return posted.ok ? ok({ id, amountFen, newIndicator: null }) : posted;
  }
}
