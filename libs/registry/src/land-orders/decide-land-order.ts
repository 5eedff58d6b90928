import { Injectable } from '@nestjs/common';

import { dayOf, holdsSomebodysNumber, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { ParcelTimeline } from '../parcel-facts/parcel-timeline';
import type { DecideLandOrderRefusal } from './land-order.refusals';
import { LandOrderStore, type LandOrder } from './land-order.store';

export interface LandOrderDecision {
  readonly order: string;
  /** Why it is rejected; approved when left out. */
  readonly rejection?: string;
  /** Regions the deciding person is responsible for. */
  readonly regions: readonly string[];
}

/** Somebody who did not propose it decides an order about land, once; approved, the new parcels take over. */
@Injectable()
export class DecideLandOrder {
  constructor(
    private readonly timeline: ParcelTimeline,
    private readonly orders: LandOrderStore,
  ) {}

  /**
   * Refuses LAND_ORDER_UNKNOWN (also outside the regions), LAND_ORDER_DECIDED, LAND_ORDER_BY_SAME_PERSON,
   * PERSONAL_NUMBER_IN_TEXT, LAND_ORDER_EARLY before its day, LAND_CHANGED_MEANWHILE, LAND_SHARED, LAND_CODES_TAKEN.
   */
  async execute(
    tx: Tx,
    { order: id, rejection, regions }: LandOrderDecision,
  ): Promise<Result<{ id: string }, DecideLandOrderRefusal>> {
    const order = await this.orders.lock(tx, id);
    if (!order || !regions.some((region) => covers(region, order.village))) {
      return refuse({ code: 'LAND_ORDER_UNKNOWN', order: id });
    }
    if (order.state !== 'proposed')
      return refuse({ code: 'LAND_ORDER_DECIDED', order: id, state: order.state });
    if (order.proposedBy === tx.context.actor)
      return refuse({ code: 'LAND_ORDER_BY_SAME_PERSON', order: id });
    if (rejection !== undefined && holdsSomebodysNumber(rejection)) {
      const expected = 'a text without long numbers';
      return refuse({ code: 'PERSONAL_NUMBER_IN_TEXT', field: 'rejection', expected });
    }
    if (rejection === undefined) {
      const checked = await this.check(tx, order);
      if (!checked.ok) return checked;
    }
    await this.orders.decide(tx, id, rejection ?? null);
    const outcome = rejection === undefined ? 'approved' : 'rejected';
    tx.audit({ order: id, kind: order.kind, parcels: order.parents.map(({ code }) => code), outcome });
    return ok({ id });
  }

  /** The parcels stay locked until the unit of work ends. */
  private async check(tx: Tx, order: LandOrder): Promise<Result<null, DecideLandOrderRefusal>> {
    const today = dayOf(tx.now);
    if (order.from > today) return refuse({ code: 'LAND_ORDER_EARLY', from: order.from, today });
    const parents = await this.timeline.lock(
      tx,
      order.parents.map(({ code }) => code),
    );
    const then = new Map(order.parents.map((parent) => [parent.code, parent]));
    const parcels = parents.flatMap(({ code: parcel, version, rightsVersion, closedOn }) => {
      const changed = [
        ...(version === then.get(parcel)?.version ? [] : (['facts'] as const)),
        ...(rightsVersion === then.get(parcel)?.rightsVersion ? [] : (['rights'] as const)),
      ];
      return changed.length > 0 ? [{ parcel, changed, closedOn }] : [];
    });
    if (parcels.length > 0) return refuse({ code: 'LAND_CHANGED_MEANWHILE', parcels });
    const others = await this.orders.neighbours(tx, parents);
    if (others.length > 0) return refuse({ code: 'LAND_SHARED', parcels: others });
    const codes = await this.orders.taken(tx, order.children);
    return codes.length > 0 ? refuse({ code: 'LAND_CODES_TAKEN', codes }) : ok(null);
  }
}
