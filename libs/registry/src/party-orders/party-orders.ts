import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { summaryOf } from '../right-orders/right-order.rules';
import type { RightMove } from './move.rules';
import { eventWords, type PartyFacts } from './party-order.rules';
import { PartyOrderStore, type PartyOrder, type PartyOrderFilter } from './party-order.store';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** An order as people read it: what is personal in it is told by whether it is there. */
export interface PartyOrderView extends Omit<PartyOrder, 'facts' | 'moves'> {
  readonly facts: Pick<PartyFacts, 'externalNo' | 'name' | 'region'> & {
    readonly hasIdNumber: boolean;
    readonly hasPhone: boolean;
  };
  readonly moves: readonly (RightMove & { readonly summary: Words })[];
  readonly summary: Words;
}

/** Orders about parties with what they say in words. */
@Injectable()
export class PartyOrders {
  constructor(
    private readonly database: Database,
    private readonly orders: PartyOrderStore,
  ) {}

  /** The newest first. */
  async list(book: number, filter: PartyOrderFilter): Promise<PartyOrderView[]> {
    return (await this.orders.list(this.database, book, filter)).map(viewOf);
  }
}

function viewOf({ facts, moves, ...order }: PartyOrder): PartyOrderView {
  const { externalNo, name, region, idNumberIndex, phoneIndex } = facts;
  return {
    ...order,
    facts: { externalNo, name, region, hasIdNumber: idNumberIndex !== null, hasPhone: phoneIndex !== null },
    moves: moves.map((move) => ({
      ...move,
      summary: summaryOf({ ...move, parcel: move.parcel.code, from: order.day }),
    })),
    summary: eventWords({ ...order, moves }),
  };
}
