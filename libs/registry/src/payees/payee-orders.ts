import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { PayeeOrderStore, type PayeeOrder, type PayeeOrderFilter } from './payee-order.store';
import { payeeWords } from './payee.rules';

export interface PayeeOrderView extends PayeeOrder {
  readonly summary: { readonly zh: string; readonly en: string };
}

/** Orders about who is paid, with what they say in words. */
@Injectable()
export class PayeeOrders {
  constructor(
    private readonly database: Database,
    private readonly orders: PayeeOrderStore,
  ) {}

  /** The newest first. */
  async list(book: number, filter: PayeeOrderFilter): Promise<PayeeOrderView[]> {
    const orders = await this.orders.list(this.database, book, filter);
    return orders.map((order) => {
      const { party, payee } = order;
      const summary = payeeWords({ ...order, party: party.externalNo, payee: payee?.externalNo ?? null });
      return { ...order, summary };
    });
  }
}
