import { Injectable } from '@nestjs/common';

import { dayOf, invariant, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import type { DecideRightOrderRefusal } from './right-order.refusals';
import { stepsOf } from './right-order.rules';
import { RightOrderStore, type RightOrder } from './right-order.store';

export interface RightOrderDecision {
  readonly order: string;
  /** Why it is rejected; approved when left out. */
  readonly rejection?: string;
  /** Regions the deciding person is responsible for. */
  readonly regions: readonly string[];
}

/** Somebody who did not propose it decides an order, once; approved, it changes who holds the right from its day. */
@Injectable()
export class DecideRightOrder {
  constructor(private readonly orders: RightOrderStore) {}

  /**
   * Refuses RIGHT_ORDER_UNKNOWN (also outside the regions), RIGHT_ORDER_DECIDED, RIGHT_ORDER_BY_SAME_PERSON,
   * RIGHTS_DAY_WRONG when its day is over, PARCEL_CLOSED, RIGHTS_CHANGED_MEANWHILE.
   */
  async execute(
    tx: Tx,
    { order: id, rejection, regions }: RightOrderDecision,
  ): Promise<Result<{ id: string }, DecideRightOrderRefusal>> {
    const order = await this.orders.lock(tx, id);
    if (!order || !regions.some((region) => covers(region, order.parcel.village))) {
      return refuse({ code: 'RIGHT_ORDER_UNKNOWN', order: id });
    }
    if (order.state !== 'proposed') {
      return refuse({ code: 'RIGHT_ORDER_DECIDED', order: id, state: order.state });
    }
    if (order.proposedBy === tx.context.actor)
      return refuse({ code: 'RIGHT_ORDER_BY_SAME_PERSON', order: id });
    if (rejection === undefined) {
      const applied = await this.apply(tx, order);
      if (!applied.ok) return applied;
    }
    await this.orders.decide(tx, id, rejection ?? null);
    tx.audit({
      order: id,
      parcel: order.parcel.code,
      outcome: rejection === undefined ? 'approved' : 'rejected',
    });
    return ok({ id });
  }

  private async apply(tx: Tx, order: RightOrder): Promise<Result<null, DecideRightOrderRefusal>> {
    const { parcel, kind, from } = order;
    const earliest = dayOf(tx.now);
    if (from < earliest) return refuse({ code: 'RIGHTS_DAY_WRONG', from, earliest });
    const now = await this.orders.lockParcel(tx, parcel.code);
    invariant(now !== undefined, 'parcels stay');
    const { closedOn } = now;
    if (closedOn !== null) return refuse({ code: 'PARCEL_CLOSED', parcel: parcel.code, closedOn });
    const held = await this.orders.held(tx, parcel.id, kind, from);
    if (now.rightsVersion !== parcel.rightsVersion) {
      return refuse({ code: 'RIGHTS_CHANGED_MEANWHILE', parcel: parcel.code, now: held });
    }
    await this.orders.apply(tx, order, stepsOf(held, order.after));
    return ok(null);
  }
}
