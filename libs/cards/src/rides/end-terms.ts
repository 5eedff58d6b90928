import { Injectable } from '@nestjs/common';

import type { RetireGramsRefusal } from '@app/credits';
import { dayOf, newId, ok, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { CardStore, leftGrams } from '../orders/card.store';
import { OrderStore } from '../orders/order.store';
import { RetireRides } from './retire-rides';

const CARDS_MAX = 500;

/** Unused grams are never forfeited: at term end they are retired to the buyer's claim (rules.md 14). */
@Injectable()
export class EndTerms {
  constructor(
    private readonly cards: CardStore,
    private readonly orders: OrderStore,
    private readonly retireRides: RetireRides,
  ) {}

  /** The next batch of cards past their term. `cards` is 0 when there are none. */
  async execute(tx: Tx): Promise<Result<{ cards: number }, RetireGramsRefusal>> {
    await this.cards.lockUsage(tx);
    const today = dayOf(tx.now);
    const over = await this.cards.lockPastTerm(tx, today, CARDS_MAX);
    if (over.length === 0) return ok({ cards: 0 });
    // The orders' rows before anything is posted: who splits them waits for the ledger's fence.
    await this.orders.unbind(
      tx,
      over.map(({ orderId }) => orderId),
    );
    const ridden = await this.retireRides.ofNumbers(
      tx,
      over.map(({ numberIndex }) => numberIndex),
    );
    if (!ridden.ok) return ridden;
    const left = await this.cards.lockPastTerm(tx, today, CARDS_MAX);
    const rest = new Map(
      left.map((card) => [card.id, leftGrams(card)] as const).filter(([, grams]) => grams > 0n),
    );
    tx.audit({ cards: left.length });
    const retired = await this.retireRides.takeOff(tx, newId(), 'term-end', rest);
    if (!retired.ok) return retired;
    await this.cards.markEnded(
      tx,
      left.map(({ id }) => id),
    );
    return ok({ cards: left.length });
  }
}
