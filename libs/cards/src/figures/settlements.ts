import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { SettlementStore, type Settlement } from '../split/settlement.store';

/** Settlement statements (结算单), newest first. */
@Injectable()
export class Settlements {
  constructor(
    private readonly database: Database,
    private readonly store: SettlementStore,
  ) {}

  list(book: number): Promise<Settlement[]> {
    return this.store.list(this.database, book);
  }
}
