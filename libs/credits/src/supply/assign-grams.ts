import { Injectable } from '@nestjs/common';

import { idOf, ok, refuse, type Result } from '@app/kernel';
import { Ledger, type DomainLedger, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { cardPath, reservedPath } from '../credits.paths';
import type { SupplyRefusal } from '../credits.refusals';
import { sumGrams } from '../grams';
import { legsOf, TakeSerials } from '../serials/take-serials';
import { ReservationStore } from './reservation.store';
import { reserveEntryId } from './reserve-grams';

export type AssignGramsRefusal =
  Extract<SupplyRefusal, { code: 'RESERVATION_UNKNOWN' | 'RESERVATION_ENDED' }> | PostingRefusal;

/** A paid order's grams go to its card: reserved → card. */
@Injectable()
export class AssignGrams {
  private readonly books: DomainLedger;

  constructor(
    private readonly reservations: ReservationStore,
    private readonly takeSerials: TakeSerials,
    ledger: Ledger,
  ) {
    this.books = ledger.domain('credits');
  }

  /** The same order and card again is a replay. Refuses the ledger's HOLD_EXPIRED when the time was up. */
  async execute(
    tx: Tx,
    { orderId, cardId }: { orderId: string; cardId: string },
  ): Promise<Result<{ grams: bigint }, AssignGramsRefusal>> {
    const reservation = await this.reservations.lock(tx, orderId);
    if (!reservation) return refuse({ code: 'RESERVATION_UNKNOWN', orderId });
    const { state, card, grams } = reservation;
    if (state === 'assigned' && card === cardId) return ok({ grams });
    if (state !== 'reserved') return refuse({ code: 'RESERVATION_ENDED', orderId, state });
    const cause = { kind: 'credits.assign', reference: `order/${orderId}` };
    const moved = await this.takeSerials.everything(tx, reservedPath(orderId), cardPath(cardId), cause);
    await this.reservations.end(tx, orderId, 'reserved', { state: 'assigned', card: cardId });
    tx.audit({ order: orderId, card: cardId, assignedGrams: sumGrams(moved).toString() });
    const posted = await this.books.post(tx, [
      {
        id: idOf('credits.assign', orderId),
        ...cause,
        legs: legsOf(moved),
        ends: { hold: reserveEntryId(orderId), as: 'commit' },
      },
    ]);
    return posted.ok ? ok({ grams }) : posted;
  }
}
