import { Injectable } from '@nestjs/common';

import { idOf, ok, refuse, type Result } from '@app/kernel';
import { Ledger, move, type DomainLedger, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { fundPath, MONEY, reservedPath, stoppedPath } from '../funds.paths';
import type { FundsRefusal } from '../funds.refusals';
import { IndicatorStore } from './indicator.store';

export interface Release {
  readonly indicator: string;
  readonly roster: string;
  readonly amountFen: bigint;
  /** What gives back: what was never locked, or what was stopped (停发). */
  readonly from: 'reserved' | 'stopped';
  /** The caller's name for this release; the same name again is a replay. */
  readonly key: string;
}

export type ReleaseRefusal = Extract<FundsRefusal, { code: 'AMOUNT_NOT_POSITIVE' | 'NOT_ENOUGH_TO_RELEASE' }>;

const PATH_OF = { reserved: reservedPath, stopped: stoppedPath } as const;

/** Gives reserved or stopped money back to the indicator it came from. */
@Injectable()
export class ReleaseFunds {
  readonly #ledger: DomainLedger;

  constructor(
    private readonly store: IndicatorStore,
    ledger: Ledger,
  ) {
    this.#ledger = ledger.domain('funds');
  }

  /** Posts last in the caller's transaction. Refuses NOT_ENOUGH_TO_RELEASE with what is there. */
  async execute(
    tx: Tx,
    { indicator, roster, amountFen, from, key }: Release,
  ): Promise<Result<{ replayed: boolean }, ReleaseRefusal | PostingRefusal>> {
    if (amountFen <= 0n) return refuse({ code: 'AMOUNT_NOT_POSITIVE', amountFen });
    // What comes back of a closed indicator waits there to be recovered.
    await this.store.share(tx, indicator);
    tx.audit({ indicator, roster, releasedFen: amountFen.toString(), from });
    const posted = await this.#ledger.post(tx, [
      {
        id: idOf('release', indicator, roster, key),
        kind: 'funds.release',
        reference: `roster/${roster}`,
        legs: move(PATH_OF[from](indicator, roster), fundPath(indicator), MONEY, amountFen),
      },
    ]);
    if (posted.ok) return ok({ replayed: posted.value.every((entry) => entry.replayed) });
    if (posted.reason.code !== 'BALANCE_INSUFFICIENT') return posted;
    const available = amountFen - posted.reason.missing;
    return refuse({ code: 'NOT_ENOUGH_TO_RELEASE', from, available, asked: amountFen });
  }
}
