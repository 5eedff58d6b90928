import { Injectable } from '@nestjs/common';

import { idOf, ok, refuse, type Result } from '@app/kernel';
import { Ledger, type DomainLedger, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { holdingPath, reservedPath } from '../credits.paths';
import type { SupplyRefusal } from '../credits.refusals';
import { sumGrams } from '../grams';
import { CancelReturned } from '../reversal/cancel-returned';
import { legsOf, TakeSerials } from '../serials/take-serials';
import { ReservationStore } from './reservation.store';
import { reserveEntryId } from './reserve-grams';

export type ReleaseGramsRefusal =
  Extract<SupplyRefusal, { code: 'RESERVATION_UNKNOWN' | 'RESERVATION_ENDED' }> | PostingRefusal;

/** Gives an order's grams back to the parties they came from: reserved → holding. */
@Injectable()
export class ReleaseGrams {
  private readonly books: DomainLedger;

  constructor(
    private readonly reservations: ReservationStore,
    private readonly takeSerials: TakeSerials,
    private readonly cancelReturned: CancelReturned,
    ledger: Ledger,
  ) {
    this.books = ledger.domain('credits');
  }

  /** Before its time a hold is released, after it it is expired. The same order again is a replay. */
  async execute(
    tx: Tx,
    { orderId }: { orderId: string },
  ): Promise<Result<{ grams: bigint }, ReleaseGramsRefusal>> {
    const reservation = await this.reservations.lock(tx, orderId);
    if (!reservation) return refuse({ code: 'RESERVATION_UNKNOWN', orderId });
    const { state, expiresAt } = reservation;
    if (state === 'released') return ok({ grams: reservation.grams });
    if (state !== 'reserved') return refuse({ code: 'RESERVATION_ENDED', orderId, state });
    const cause = { kind: 'credits.release', reference: `order/${orderId}` };
    const back = ({ party }: { readonly party: string }) => holdingPath(party);
    const moved = await this.takeSerials.everything(tx, reservedPath(orderId), back, cause);
    await this.reservations.end(tx, orderId, 'reserved', { state: 'released', card: null });
    tx.audit({ order: orderId, releasedGrams: sumGrams(moved).toString() });
    const cancelled = await this.cancelReturned.of(tx, moved, cause.reference);
    const posted = await this.books.post(tx, [
      {
        id: idOf('credits.release', orderId),
        ...cause,
        legs: legsOf(moved),
        ends: { hold: reserveEntryId(orderId), as: tx.now < expiresAt ? 'release' : 'expire' },
      },
      ...cancelled,
    ]);
    return posted.ok ? ok({ grams: sumGrams(moved) }) : posted;
  }
}
