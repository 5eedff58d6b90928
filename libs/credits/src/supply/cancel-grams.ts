import { Injectable } from '@nestjs/common';

import { idOf, invariant, ok, refuse, type Result } from '@app/kernel';
import { Ledger, type DomainLedger, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { cancelledPath, cardPath } from '../credits.paths';
import type { CardGramsRefusal } from '../credits.refusals';
import { sumGrams } from '../grams';
import { legsOf, TakeSerials, type SerialPiece } from '../serials/take-serials';

export interface CancelledGrams {
  readonly grams: bigint;
  readonly serials: readonly SerialPiece[];
}

export type CancelGramsRefusal =
  Extract<CardGramsRefusal, { code: 'CARD_GRAMS_INSUFFICIENT' }> | PostingRefusal;

const REASON = /^[a-z][a-z0-9-]{0,39}$/;

/**
 * Voids (作废, not 注销) what is left on a card whose supplier has been paid: card → cancelled. Nobody may claim
 * these grams, and they do not go back on sale.
 */
@Injectable()
export class CancelGrams {
  private readonly books: DomainLedger;

  constructor(
    private readonly takeSerials: TakeSerials,
    ledger: Ledger,
  ) {
    this.books = ledger.domain('credits');
  }

  /** `reason` is a code such as `refund-after-split`. Refuses CARD_GRAMS_INSUFFICIENT when the card is empty. */
  async execute(
    tx: Tx,
    { cardId, reason }: { cardId: string; reason: string },
  ): Promise<Result<CancelledGrams, CancelGramsRefusal>> {
    invariant(REASON.test(reason), 'the reason of a cancellation is a code');
    const cause = { kind: 'credits.cancel', reference: `card/${cardId}` };
    const moved = await this.takeSerials.everything(tx, cardPath(cardId), cancelledPath(reason), cause);
    const grams = sumGrams(moved);
    if (grams === 0n) return refuse({ code: 'CARD_GRAMS_INSUFFICIENT', cardId, available: 0n, asked: 1n });
    tx.audit({ card: cardId, cancelledGrams: grams.toString(), reason });
    const posted = await this.books.post(tx, [
      {
        id: idOf('credits.cancel', cardId),
        ...cause,
        memo: reason,
        legs: legsOf(moved),
      },
    ]);
    return posted.ok ? ok({ grams, serials: moved }) : posted;
  }
}
