import { Injectable } from '@nestjs/common';

import { dayOf, idOf, invariant, ok, refuse, type Result } from '@app/kernel';
import { Ledger, type DomainLedger, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { holdingPath, reservedPath } from '../credits.paths';
import type { SupplyRefusal } from '../credits.refusals';
import { sellableGrades, type Grade } from '../grade';
import { sumGrams } from '../grams';
import { legsOf, TakeSerials } from '../serials/take-serials';
import { OfferStore } from './offer.store';
import { ReservationStore, type Supply } from './reservation.store';
import { chooseOffers } from './supplier.rules';

export interface ReserveCommand {
  /** The caller's name of the order, a uuid: one reservation under it, ever. */
  readonly orderId: string;
  readonly grams: bigint;
  /** G0 means G1: memorandum grams are never sold. */
  readonly leastGrade: Grade;
  /** By the book's clock. */
  readonly expiresAt: Date;
  readonly maxSuppliers: number;
}

export interface Reserved {
  /** By party and issuance, each once. */
  readonly suppliers: readonly Supply[];
}

export type ReserveGramsRefusal =
  | Extract<
      SupplyRefusal,
      { code: 'CONSENTED_GRAMS_INSUFFICIENT' | 'SUPPLIERS_TOO_MANY' | 'RESERVATION_EXISTS' }
    >
  | PostingRefusal;

/** A supplier may give from several issuances: so many offers are looked at for each. */
export const OFFERS_PER_SUPPLIER = 10;

/**
 * Holds consented grams for an order: holding → reserved. Nothing is sold unasked: a party offers the share it
 * consented to, of what it has, while the consent is in force.
 *
 * Who supplies, of which issuance: first who sold the smallest part of what they may of it, then the oldest
 * issuance, then a lot drawn at issuance. Where so few of them have too little, those with the most to sell are
 * taken instead.
 */
@Injectable()
export class ReserveGrams {
  private readonly books: DomainLedger;

  constructor(
    private readonly offers: OfferStore,
    private readonly reservations: ReservationStore,
    private readonly takeSerials: TakeSerials,
    ledger: Ledger,
  ) {
    this.books = ledger.domain('credits');
  }

  /**
   * The same order again answers what it holds already. Refuses CONSENTED_GRAMS_INSUFFICIENT, SUPPLIERS_TOO_MANY
   * when there is enough but not from so few, RESERVATION_EXISTS when the order's terms differ or it has ended.
   * Waits for other reservations of the book, so call it before anything is posted in the transaction.
   */
  async execute(tx: Tx, command: ReserveCommand): Promise<Result<Reserved, ReserveGramsRefusal>> {
    invariant(command.grams > 0n && command.maxSuppliers > 0, 'something is asked for, of somebody');
    await this.offers.lockBook(tx);
    const known = await this.reservations.lock(tx, command.orderId);
    if (known) {
      const isSame = known.grams === command.grams && known.leastGrade === command.leastGrade;
      return isSame && known.state === 'reserved'
        ? ok({ suppliers: await this.reservations.supplies(tx, command.orderId) })
        : refuse({ code: 'RESERVATION_EXISTS', orderId: command.orderId, state: known.state });
    }
    const chosen = await this.choose(tx, command);
    if (!chosen.ok) return chosen;
    return this.hold(tx, command, chosen.value);
  }

  private async choose(
    tx: Tx,
    command: ReserveCommand,
  ): Promise<Result<readonly Supply[], ReserveGramsRefusal>> {
    const { grams: asked, maxSuppliers } = command;
    const query = { book: tx.book, grades: sellableGrades(command.leastGrade), day: dayOf(tx.now) };
    const count = maxSuppliers * OFFERS_PER_SUPPLIER;
    let most = 0n;
    for (const order of ['fair', 'largest'] as const) {
      const offers = await this.offers.offers(tx, { ...query, order, count });
      const choice = chooseOffers(offers, asked, maxSuppliers);
      if (choice.grams === asked) return ok(choice.offers);
      most = choice.grams;
    }
    const available = await this.offers.available(tx, query);
    return available < asked
      ? refuse({ code: 'CONSENTED_GRAMS_INSUFFICIENT', available, asked })
      : refuse({ code: 'SUPPLIERS_TOO_MANY', available: most, asked, maxSuppliers });
  }

  private async hold(
    tx: Tx,
    { orderId, grams, leastGrade, expiresAt }: ReserveCommand,
    suppliers: readonly Supply[],
  ): Promise<Result<Reserved, ReserveGramsRefusal>> {
    const to = reservedPath(orderId);
    const cause = { kind: 'credits.reserve', reference: `order/${orderId}` };
    const moves = suppliers.map((supply) => ({
      from: holdingPath(supply.party),
      issuance: supply.issuance,
      grams: supply.grams,
      to,
    }));
    const moved = await this.takeSerials.exactly(tx, moves, cause, (move, available) => ({
      code: 'CONSENTED_GRAMS_INSUFFICIENT' as const,
      available,
      asked: move.grams,
    }));
    if (!moved.ok) return moved;
    invariant(sumGrams(moved.value) === grams, 'an order holds what was asked for');
    await this.reservations.insert(tx, { orderId, grams, leastGrade, expiresAt });
    await this.reservations.insertSupplies(tx, orderId, suppliers);
    tx.audit({ order: orderId, grams: grams.toString(), suppliers: suppliers.length });
    const posted = await this.books.post(tx, [
      {
        id: reserveEntryId(orderId),
        ...cause,
        legs: legsOf(moved.value),
        hold: { expiresAt, endedBy: 'credits' },
      },
    ]);
    return posted.ok ? ok({ suppliers }) : posted;
  }
}

/** The entry that holds an order's grams; releasing or assigning them ends it. */
export const reserveEntryId = (orderId: string): string => idOf('credits.reserve', orderId);
