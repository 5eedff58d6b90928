import { Injectable } from '@nestjs/common';

import { idOf, ok, refuse, type Result } from '@app/kernel';
import { Ledger, type DomainLedger, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { cardPath, holdingPath } from '../credits.paths';
import type { CardGramsRefusal, SupplyRefusal } from '../credits.refusals';
import { sumGrams } from '../grams';
import { CancelReturned } from '../reversal/cancel-returned';
import { legsOf, TakeSerials, type MovedPiece } from '../serials/take-serials';
import { ReservationStore, type Supply } from './reservation.store';

export interface RefundedGrams {
  readonly grams: bigint;
  /** Who got what back, by party and issuance. */
  readonly suppliers: readonly Supply[];
}

export type RefundGramsRefusal =
  | Extract<SupplyRefusal, { code: 'RESERVATION_UNKNOWN' | 'RESERVATION_ENDED' }>
  | Extract<CardGramsRefusal, { code: 'CARD_GRAMS_INSUFFICIENT' }>
  | PostingRefusal;

/** Gives what is left on an order's card back to the parties it came from: card → holding, serials with it. */
@Injectable()
export class RefundGrams {
  private readonly books: DomainLedger;

  constructor(
    private readonly reservations: ReservationStore,
    private readonly takeSerials: TakeSerials,
    private readonly cancelReturned: CancelReturned,
    ledger: Ledger,
  ) {
    this.books = ledger.domain('credits');
  }

  /** Retired grams stay retired. Once an order; refuses CARD_GRAMS_INSUFFICIENT when nothing is left on the card. */
  async execute(
    tx: Tx,
    { orderId, cardId }: { orderId: string; cardId: string },
  ): Promise<Result<RefundedGrams, RefundGramsRefusal>> {
    const reservation = await this.reservations.lock(tx, orderId);
    if (!reservation) return refuse({ code: 'RESERVATION_UNKNOWN', orderId });
    const { state, card } = reservation;
    if (state !== 'assigned' || card !== cardId) return refuse({ code: 'RESERVATION_ENDED', orderId, state });
    const cause = { kind: 'credits.refund', reference: `order/${orderId}` };
    const back = ({ party }: { readonly party: string }) => holdingPath(party);
    const moved = await this.takeSerials.everything(tx, cardPath(cardId), back, cause);
    const grams = sumGrams(moved);
    if (grams === 0n) return refuse({ code: 'CARD_GRAMS_INSUFFICIENT', cardId, available: 0n, asked: 1n });
    await this.reservations.end(tx, orderId, 'assigned', { state: 'refunded', card: cardId });
    tx.audit({ order: orderId, card: cardId, refundedGrams: grams.toString() });
    const cancelled = await this.cancelReturned.of(tx, moved, cause.reference);
    const posted = await this.books.post(tx, [
      {
        id: idOf('credits.refund', orderId),
        ...cause,
        legs: legsOf(moved),
      },
      ...cancelled,
    ]);
    return posted.ok ? ok({ grams, suppliers: bySupplier(moved) }) : posted;
  }
}

function bySupplier(moved: readonly MovedPiece[]): Supply[] {
  const supplies = new Map<string, Supply>();
  for (const { party, issuance, grams } of moved) {
    const name = `${party} ${issuance}`;
    supplies.set(name, { party, issuance, grams: grams + (supplies.get(name)?.grams ?? 0n) });
  }
  return [...supplies.values()];
}
