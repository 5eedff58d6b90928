import { Injectable } from '@nestjs/common';

import { dayOf, idOf, invariant, ok, present, type Result } from '@app/kernel';
import { Ledger, sumLegs, type DomainLedger, type EntryDraft, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import {
  AFFORESTATION_POOL,
  channelCostPath,
  feePath,
  MONEY,
  nontaxPath,
  payablePath,
  refundReservePath,
  taxPath,
  unsplitPath,
} from '../cards.paths';
import { OrderStore, type Order } from '../orders/order.store';
import { SupplierStore } from '../orders/supplier.store';
import { SplitRuleStore } from '../products/split-rule.store';
import { SettlementStore } from './settlement.store';
import { splitMoney, type MoneySplit } from './split.rules';

/** Up to 27 legs an order in entries of their own: one fence of some tens of milliseconds. */
const ORDERS_MAX = 200;

interface OrderSplit {
  readonly order: Order;
  readonly settlement: string;
  readonly amountFen: bigint;
  readonly split: MoneySplit;
}

/** Splits the money of orders past their refund window, by the rule they were quoted with. */
@Injectable()
export class SplitOrders {
  private readonly books: DomainLedger;

  constructor(
    private readonly orders: OrderStore,
    private readonly suppliers: SupplierStore,
    private readonly rules: SplitRuleStore,
    private readonly settlements: SettlementStore,
    ledger: Ledger,
  ) {
    this.books = ledger.domain('cards');
  }

  /** The next batch; `orders` is 0 when none is past its window. An order is split once, by its state. */
  async execute(tx: Tx): Promise<Result<{ orders: number }, PostingRefusal>> {
    const today = dayOf(tx.now);
    const due = await this.orders.lockPastWindow(tx, today, ORDERS_MAX);
    if (due.length === 0) return ok({ orders: 0 });
    const splits = await this.split(tx, due);
    await this.settlements.insertSplits(
      tx,
      splits.map(({ order, ...rest }) => ({ orderId: order.id, ...rest })),
    );
    for (const settlement of new Set(splits.map((split) => split.settlement))) {
      const ids = splits.filter((split) => split.settlement === settlement).map(({ order }) => order.id);
      const marked = await this.orders.markSplit(tx, ids, settlement);
      invariant(marked === ids.length, 'every locked order is split');
    }
    tx.audit({ orders: due.length });
    const year = today.slice(0, 4);
    const posted = await this.books.post(
      tx,
      splits.flatMap((split) => entriesOf(split, year)),
    );
    return posted.ok ? ok({ orders: due.length }) : posted;
  }

  private async split(tx: Tx, due: readonly Order[]): Promise<OrderSplit[]> {
    const rules = await this.rules.all(tx, tx.book);
    const kept = await this.suppliers.kept(
      tx,
      due.map(({ supplyId }) => supplyId),
    );
    const settlementOf = new Map<string, string>();
    for (const channel of [...new Set(due.map(channelOf))].sort()) {
      settlementOf.set(channel, (await this.settlements.open(tx, channel, dayOf(tx.now))).id);
    }
    return due.map((order) => {
      const amountFen = order.amountFen - order.refundedFen;
      const rule = present(rules.get(order.splitVersion), 'an order has its split rule');
      const suppliers = present(kept.get(order.supplyId), 'money is never split without grams');
      const grams = suppliers.reduce((sum, supplier) => sum + supplier.grams, 0n);
      invariant(grams === order.grams - order.refundedGrams, 'suppliers keep exactly what the order keeps');
      const settlement = present(settlementOf.get(channelOf(order)), 'a channel has its settlement');
      return { order, settlement, amountFen, split: splitMoney(amountFen, rule, suppliers) };
    });
  }
}

const channelOf = ({ channel }: Order): string => present(channel, 'a paid order has a channel');

/** unsplit → its terms; then the part of the fee that is set aside, as an entry of its own. */
function entriesOf({ order, settlement, amountFen, split }: OrderSplit, year: string): EntryDraft[] {
  if (amountFen === 0n) return [];
  const credit = (path: string, fen: bigint) => ({ path, asset: MONEY, amount: -fen });
  const legs = sumLegs([
    { path: unsplitPath(order.id), asset: MONEY, amount: amountFen },
    credit(AFFORESTATION_POOL, split.afforestationFen),
    ...split.parts.map(({ party, amountFen: fen, nontax }) =>
      credit(nontax ? nontaxPath(party) : payablePath(party, settlement), fen),
    ),
    credit(feePath(year), split.feeFen),
    credit(taxPath(year), split.taxFen),
    credit(channelCostPath(year), split.channelFen),
  ]);
  const entry = { id: idOf('cards.split', order.id), kind: 'cards.split', reference: order.no, legs };
  if (split.reserveFen === 0n) return [entry];
  const setAside = {
    id: idOf('cards.set-aside', order.id),
    kind: 'cards.set-aside',
    reference: order.no,
    legs: [
      { path: feePath(year), asset: MONEY, amount: split.reserveFen },
      credit(refundReservePath(year), split.reserveFen),
    ],
  };
  return [entry, setAside];
}
