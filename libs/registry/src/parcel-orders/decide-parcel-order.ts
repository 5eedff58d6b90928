import { Injectable } from '@nestjs/common';

import { dayOf, holdsSomebodysNumber, invariant, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { ParcelTimeline } from '../parcel-facts/parcel-timeline';
import type { DecideParcelOrderRefusal } from './parcel-order.refusals';
import { summaryOf } from './parcel-order.rules';
import { ParcelOrderStore, type ParcelOrder } from './parcel-order.store';

export interface ParcelOrderDecision {
  readonly order: string;
  /** Why it is rejected; approved when left out. */
  readonly rejection?: string;
  /** Regions the deciding person is responsible for. */
  readonly regions: readonly string[];
}

/** Somebody who did not propose it decides an order, once; approved, the facts change from its day. */
@Injectable()
export class DecideParcelOrder {
  constructor(
    private readonly timeline: ParcelTimeline,
    private readonly orders: ParcelOrderStore,
  ) {}

  /**
   * Refuses PARCEL_ORDER_UNKNOWN (also outside the regions), PARCEL_ORDER_DECIDED, PARCEL_ORDER_BY_SAME_PERSON,
   * PERSONAL_NUMBER_IN_TEXT, PARCEL_ORDER_EARLY before its day, PARCEL_CLOSED, PARCEL_CHANGED_MEANWHILE.
   */
  async execute(
    tx: Tx,
    { order: id, rejection, regions }: ParcelOrderDecision,
  ): Promise<Result<{ id: string }, DecideParcelOrderRefusal>> {
    const order = await this.orders.lock(tx, id);
    if (!order || !regions.some((region) => covers(region, order.village))) {
      return refuse({ code: 'PARCEL_ORDER_UNKNOWN', order: id });
    }
    if (order.state !== 'proposed')
      return refuse({ code: 'PARCEL_ORDER_DECIDED', order: id, state: order.state });
    if (order.proposedBy === tx.context.actor)
      return refuse({ code: 'PARCEL_ORDER_BY_SAME_PERSON', order: id });
    if (rejection !== undefined && holdsSomebodysNumber(rejection)) {
      const expected = 'a text without long numbers';
      return refuse({ code: 'PERSONAL_NUMBER_IN_TEXT', field: 'rejection', expected });
    }
    if (rejection === undefined) {
      const checked = await this.check(tx, order);
      if (!checked.ok) return checked;
    }
    await this.orders.decide(tx, id, rejection ?? null);
    tx.audit({
      order: id,
      parcel: order.parcel,
      outcome: rejection === undefined ? 'approved' : 'rejected',
    });
    return ok({ id });
  }

  /** The parcel stays locked until the unit of work ends. */
  private async check(tx: Tx, order: ParcelOrder): Promise<Result<null, DecideParcelOrderRefusal>> {
    const today = dayOf(tx.now);
    if (order.from > today) return refuse({ code: 'PARCEL_ORDER_EARLY', from: order.from, today });
    const [parcel] = await this.timeline.lock(tx, [order.parcel]);
    invariant(parcel !== undefined, 'parcels stay');
    const { closedOn } = parcel;
    if (closedOn !== null) return refuse({ code: 'PARCEL_CLOSED', parcel: order.parcel, closedOn });
    if (parcel.version === order.version) return ok(null);
    const since = await this.orders.since(tx, parcel.id, order.version);
    return refuse({ code: 'PARCEL_CHANGED_MEANWHILE', parcel: order.parcel, changed: since.map(summaryOf) });
  }
}
