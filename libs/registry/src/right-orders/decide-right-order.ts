import { Injectable } from '@nestjs/common';

import { dayOf, invariant, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { PartyFactsStore } from '../party-orders/party-facts.store';
import { correctionSteps } from './correction.rules';
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
  constructor(
    private readonly orders: RightOrderStore,
    private readonly parties: PartyFactsStore,
  ) {}

  /**
   * Refuses RIGHT_ORDER_UNKNOWN (also outside the regions), RIGHT_ORDER_DECIDED, RIGHT_ORDER_BY_SAME_PERSON,
   * RIGHTS_DAY_WRONG when its day is over, PARCEL_CLOSED, RIGHTS_PARTY_CLOSED, RIGHTS_CHANGED_MEANWHILE.
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
    const applied = rejection === undefined ? await this.apply(tx, order) : ok(null);
    if (!applied.ok) return applied;
    if (rejection !== undefined) await this.orders.decide(tx, id, rejection);
    tx.audit({
      order: id,
      parcel: order.parcel.code,
      outcome: rejection === undefined ? 'approved' : 'rejected',
    });
    return ok({ id });
  }

  private async apply(tx: Tx, order: RightOrder): Promise<Result<null, DecideRightOrderRefusal>> {
    const { parcel, kind, from, to, after, reason } = order;
    const isCorrection = reason === 'correction';
    const earliest = dayOf(tx.now);
    if (from < earliest && !isCorrection) return refuse({ code: 'RIGHTS_DAY_WRONG', from, earliest });
    const closed = await this.parties.closedOf(
      tx,
      after.map(({ party }) => party),
      from,
    );
    if (closed.length > 0) return refuse({ code: 'RIGHTS_PARTY_CLOSED', parties: closed });
    const now = await this.orders.lockParcel(tx, parcel.code);
    invariant(now !== undefined, 'parcels stay');
    const { closedOn } = now;
    if (closedOn !== null) return refuse({ code: 'PARCEL_CLOSED', parcel: parcel.code, closedOn });
    const held = await this.orders.meeting(tx, parcel.id, kind, { from, to });
    if (now.rightsVersion !== parcel.rightsVersion) {
      return refuse({ code: 'RIGHTS_CHANGED_MEANWHILE', parcel: parcel.code, now: held });
    }
    // Decided first: the database corrects a share only for an order that was approved.
    await this.orders.decide(tx, order.id, null);
    if (isCorrection) await this.orders.correct(tx, order, correctionSteps(held, after, { from, to }));
    else await this.orders.apply(tx, order, stepsOf(held, after));
    return ok(null);
  }
}
