import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { summaryOf } from './right-order.rules';
import { RightOrderStore, type RightOrder, type RightOrderFilter } from './right-order.store';

/** Orders with what they say in words. */
@Injectable()
export class RightOrders {
  constructor(
    private readonly database: Database,
    private readonly orders: RightOrderStore,
  ) {}

  async list(
    book: number,
    filter: RightOrderFilter,
  ): Promise<(RightOrder & { readonly summary: { zh: string; en: string } })[]> {
    const orders = await this.orders.list(this.database, book, filter);
    return orders.map((order) => ({ ...order, summary: summaryOf({ ...order, parcel: order.parcel.code }) }));
  }
}
