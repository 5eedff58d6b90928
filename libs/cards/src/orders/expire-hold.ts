import { Injectable } from '@nestjs/common';

import { ReleaseGrams, type ReleaseGramsRefusal } from '@app/credits';
import { ok, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { OrderStore } from './order.store';

/** Ends the hold of an order that was not paid in time: the grams go back to their suppliers. */
@Injectable()
export class ExpireHold {
  constructor(
    private readonly orders: OrderStore,
    private readonly releaseGrams: ReleaseGrams,
  ) {}

  /** Does nothing to an order that was paid meanwhile, is expired already, or whose time is not up. */
  async execute(tx: Tx, orderId: string): Promise<Result<{ expired: boolean }, ReleaseGramsRefusal>> {
    const order = await this.orders.lock(tx, { id: orderId });
    if (!order || order.state !== 'held' || tx.now < order.holdExpiresAt) return ok({ expired: false });
    await this.orders.markExpired(tx, order.id);
    tx.audit({ order: order.id, state: 'expired' });
    const released = await this.releaseGrams.execute(tx, { orderId: order.supplyId });
    return released.ok ? ok({ expired: true }) : released;
  }
}
