import { Injectable } from '@nestjs/common';

import { idOf, ok, refuse, type Result } from '@app/kernel';
import { Ledger, move, type DomainLedger, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { fundPath, MONEY, reservedPath } from '../funds.paths';
import type { FundsRefusal } from '../funds.refusals';
import { IndicatorStore } from './indicator.store';

export interface Reservation {
  /** Indicator id. */
  readonly indicator: string;
  /** Roster id: one reservation a roster. */
  readonly roster: string;
  readonly amountFen: bigint;
}

export type ReserveRefusal = Extract<
  FundsRefusal,
  { code: 'AMOUNT_NOT_POSITIVE' | 'INDICATOR_UNKNOWN' | 'INDICATOR_CLOSED' | 'INDICATOR_INSUFFICIENT' }
>;

/** Links a roster to its indicator (额度挂接): fund → reserved, so that nobody else can spend it. */
@Injectable()
export class ReserveFunds {
  readonly #ledger: DomainLedger;

  constructor(
    private readonly store: IndicatorStore,
    ledger: Ledger,
  ) {
    this.#ledger = ledger.domain('funds');
  }

  /**
   * Posts last in the caller's transaction. The same roster and amount again is a replay; another amount is the
   * ledger's KEY_REUSED. Refuses INDICATOR_CLOSED after its year's end, INDICATOR_INSUFFICIENT with what is available and what was asked.
   */
  async execute(
    tx: Tx,
    { indicator, roster, amountFen }: Reservation,
  ): Promise<Result<{ replayed: boolean }, ReserveRefusal | PostingRefusal>> {
    if (amountFen <= 0n) return refuse({ code: 'AMOUNT_NOT_POSITIVE', amountFen });
    const found = await this.store.share(tx, indicator);
    if (!found) return refuse({ code: 'INDICATOR_UNKNOWN', indicator });
    if (found.isClosed) return refuse({ code: 'INDICATOR_CLOSED', indicator });
    tx.audit({ indicator, roster, reservedFen: amountFen.toString() });
    const posted = await this.#ledger.post(tx, [
      {
        id: idOf('reserve', indicator, roster),
        kind: 'funds.reserve',
        reference: `roster/${roster}`,
        legs: move(fundPath(indicator), reservedPath(indicator, roster), MONEY, amountFen),
      },
    ]);
    if (posted.ok) return ok({ replayed: posted.value.every((entry) => entry.replayed) });
    if (posted.reason.code !== 'BALANCE_INSUFFICIENT') return posted;
    const available = amountFen - posted.reason.missing;
    return refuse({ code: 'INDICATOR_INSUFFICIENT', indicator, available, asked: amountFen });
  }
}
