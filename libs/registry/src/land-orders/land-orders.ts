import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type { Said } from '../parcel-facts/parcel-facts.words';
import { landSummaryOf } from './land-order.rules';
import { LandOrderStore, type LandOrder, type LandOrderFilter } from './land-order.store';

/** Orders about land, with what they say in words. */
@Injectable()
export class LandOrders {
  constructor(
    private readonly database: Database,
    private readonly orders: LandOrderStore,
  ) {}

  async list(book: number, filter: LandOrderFilter): Promise<(LandOrder & { readonly summary: Said })[]> {
    const orders = await this.orders.list(this.database, book, filter);
    return orders.map((order) => ({ ...order, summary: landSummaryOf(order) }));
  }
}
