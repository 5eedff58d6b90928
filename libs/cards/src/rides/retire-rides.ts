import { Injectable } from '@nestjs/common';

import { RetireGrams, type RetireGramsRefusal } from '@app/credits';
import { addDays, newId, ok, startOf, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { CardStore, leftGrams, type Card } from '../orders/card.store';
import { allocateRides, type UsableCard } from './ride.rules';
import { RetirementStore } from './retirement.store';
import { RideStore } from './ride.store';

/** A batch holds the ledger's fence for some tens of milliseconds. */
const NUMBERS_MAX = 500;
const RIDES_MAX = 10_000;

/** Retires grams for rides taken in: a batch of card numbers at a time, set-based. */
@Injectable()
export class RetireRides {
  constructor(
    private readonly cards: CardStore,
    private readonly rides: RideStore,
    private readonly retirements: RetirementStore,
    private readonly retireGrams: RetireGrams,
  ) {}

  /** The next batch of whoever rode. `rides` is 0 when nothing is pending. */
  async execute(tx: Tx): Promise<Result<{ rides: number; grams: bigint }, RetireGramsRefusal>> {
    await this.cards.lockUsage(tx);
    return this.retire(tx, await this.rides.pendingNumbers(tx, NUMBERS_MAX));
  }

  /** All that is pending of some numbers. The caller holds the usage lock. */
  async ofNumbers(tx: Tx, numbers: readonly Buffer[]): Promise<Result<void, RetireGramsRefusal>> {
    for (;;) {
      const retired = await this.retire(tx, numbers);
      if (!retired.ok) return retired;
      if (retired.value.rides === 0) return ok(undefined);
    }
  }

  private async retire(
    tx: Tx,
    numbers: readonly Buffer[],
  ): Promise<Result<{ rides: number; grams: bigint }, RetireGramsRefusal>> {
    const rides = numbers.length === 0 ? [] : await this.rides.pending(tx, numbers, RIDES_MAX);
    if (rides.length === 0) return ok({ rides: 0, grams: 0n });
    const cards = await this.cards.lockActive(tx, numbers);
    const { takenByCard, coveredByRide } = allocateRides(
      rides.map((ride) => ({ ...ride, number: ride.numberIndex.toString('hex') })),
      cards.map(toUsable),
    );
    const id = newId();
    await this.rides.markDone(tx, coveredByRide, id);
    const grams = [...takenByCard.values()].reduce((sum, taken) => sum + taken, 0n);
    tx.audit({ retirement: id, rides: rides.length, grams: grams.toString() });
    const retired = await this.takeOff(tx, id, 'rides', takenByCard);
    return retired.ok ? ok({ rides: rides.length, grams }) : retired;
  }

  /** Retires grams off cards to their buyers' claim. The caller holds the cards' rows and the usage lock. */
  async takeOff(
    tx: Tx,
    id: string,
    reason: 'rides' | 'term-end',
    taken: ReadonlyMap<string, bigint>,
  ): Promise<Result<void, RetireGramsRefusal>> {
    if (taken.size === 0) return ok(undefined);
    await this.cards.addRetired(tx, taken);
    const items = [...taken].map(([cardId, grams]) => ({ cardId, grams }));
    const retired = await this.retireGrams.execute(tx, { items, reference: id });
    if (!retired.ok) return retired;
    await this.retirements.insert(tx, id, reason, retired.value.items);
    return ok(undefined);
  }
}

const toUsable = (card: Card): UsableCard => ({
  id: card.id,
  number: card.numberIndex.toString('hex'),
  leftGrams: leftGrams(card),
  issuedAt: card.issuedAt,
  endsAt: startOf(addDays(card.termEndsOn, 1)),
});
