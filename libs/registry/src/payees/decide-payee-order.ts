import { Injectable } from '@nestjs/common';

import { dayOf, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { PartyFactsStore } from '../party-orders/party-facts.store';
import { PayeeOrderStore, type PayeeOrder } from './payee-order.store';
import type { DecidePayeeOrderRefusal } from './payee.refusals';
import { PayeeStore } from './payee.store';

export interface PayeeOrderDecision {
  readonly order: string;
  /** Why it is rejected; approved when left out. */
  readonly rejection?: string;
  /** Regions the deciding person is responsible for. */
  readonly regions: readonly string[];
}

/** Somebody who did not propose it decides, once, who is paid in a holder's place. */
@Injectable()
export class DecidePayeeOrder {
  constructor(
    private readonly parties: PartyFactsStore,
    private readonly payees: PayeeStore,
    private readonly orders: PayeeOrderStore,
  ) {}

  /**
   * Refuses PAYEE_ORDER_UNKNOWN (also outside the regions), PAYEE_ORDER_DECIDED, PAYEE_ORDER_BY_SAME_PERSON,
   * PAYEE_ORDER_TOO_EARLY, PAYEE_ORDER_OVER, PAYEE_CHANGED_MEANWHILE.
   */
  async execute(
    tx: Tx,
    { order: id, rejection, regions }: PayeeOrderDecision,
  ): Promise<Result<{ id: string }, DecidePayeeOrderRefusal>> {
    const order = await this.orders.lock(tx, id);
    if (!order || !regions.some((region) => covers(region, order.party.region))) {
      return refuse({ code: 'PAYEE_ORDER_UNKNOWN', order: id });
    }
    if (order.state !== 'proposed')
      return refuse({ code: 'PAYEE_ORDER_DECIDED', order: id, state: order.state });
    if (order.proposedBy === tx.context.actor)
      return refuse({ code: 'PAYEE_ORDER_BY_SAME_PERSON', order: id });
    if (rejection === undefined) {
      const applied = await this.apply(tx, order);
      if (!applied.ok) return applied;
    } else await this.orders.decide(tx, id, rejection);
    const outcome = rejection === undefined ? 'approved' : 'rejected';
    tx.audit({ order: id, party: order.party.id, payee: order.payee?.id ?? null, outcome });
    return ok({ id });
  }

  private async apply(tx: Tx, order: PayeeOrder): Promise<Result<null, DecidePayeeOrderRefusal>> {
    const { id, party, payee, reason, from, to, documentNo, replaces } = order;
    const today = dayOf(tx.now);
    if (from > today) return refuse({ code: 'PAYEE_ORDER_TOO_EARLY', day: from, today });
    if (to !== null && to < today) return refuse({ code: 'PAYEE_ORDER_OVER', to, today });
    await this.parties.lock(
      tx,
      [party, payee].flatMap((one) => (one ? [one.externalNo] : [])),
    );
    const current = await this.payees.current(tx, party.id);
    const closed = await this.closedOf(tx, order);
    const isChained = payee !== null && (await this.payees.has(tx, payee.id));
    if (closed.length > 0 || isChained || (current?.id ?? null) !== replaces) {
      const now = { party: party.externalNo, payee: current?.payeeExternalNo ?? null };
      return refuse({ code: 'PAYEE_CHANGED_MEANWHILE', ...now, closed });
    }
    await this.orders.decide(tx, id, null);
    if (current) await this.payees.end(tx, current.id, today, id);
    if (payee && reason) {
      const terms = { reason, from: today, to, documentNo, order: id };
      await this.payees.insert(tx, { ...terms, party: party.id, payee: payee.id });
    }
    return ok(null);
  }

  /** External number of who would be paid, when that one is no more. */
  private async closedOf(tx: Tx, { payee }: PayeeOrder): Promise<string[]> {
    return payee === null ? [] : this.parties.closedOf(tx, [payee.id], dayOf(tx.now));
  }
}
