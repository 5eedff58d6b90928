import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type { Said } from '../parcel-facts/parcel-facts.words';
import { summaryOf } from './parcel-order.rules';
import { ParcelOrderStore, type ParcelOrder, type ParcelOrderFilter } from './parcel-order.store';

/** Orders about facts of parcels, with what they say in words. */
@Injectable()
export class ParcelOrders {
  constructor(
    private readonly database: Database,
    private readonly orders: ParcelOrderStore,
  ) {}

  async list(book: number, filter: ParcelOrderFilter): Promise<(ParcelOrder & { readonly summary: Said })[]> {
    const orders = await this.orders.list(this.database, book, filter);
    return orders.map((order) => ({ ...order, summary: summaryOf(order) }));
  }
}
