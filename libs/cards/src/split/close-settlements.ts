import { Injectable } from '@nestjs/common';

import { OpenBasis, type DisbursementRefusal } from '@app/disbursement';
import { canonicalHash, ok, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { payablePath } from '../cards.paths';
import { SettlementStore, type SettledOrder, type Settlement, type SettlementLine } from './settlement.store';

export type CloseRefusal = Extract<
  DisbursementRefusal,
  { code: 'BASIS_EMPTY' | 'BASIS_TOTAL_DIFFERS' | 'BASIS_REUSED' | 'LINE_AMOUNT_NOT_POSITIVE' }
>;

/** Closes what is split: one statement a channel with a line a supplier, hashed, and the basis to pay it out by. */
@Injectable()
export class CloseSettlements {
  constructor(
    private readonly settlements: SettlementStore,
    private readonly openBasis: OpenBasis,
  ) {}

  async execute(tx: Tx): Promise<Result<{ settlements: number }, CloseRefusal>> {
    const open = await this.settlements.lockOpen(tx);
    for (const settlement of open) {
      const closed = await this.close(tx, settlement);
      if (!closed.ok) return closed;
    }
    tx.audit({ settlements: open.map(({ no }) => no) });
    return ok({ settlements: open.length });
  }

  private async close(tx: Tx, settlement: Settlement): Promise<Result<void, CloseRefusal>> {
    const orders = await this.settlements.ordersOf(tx, settlement.id);
    const lines = await this.settlements.insertLines(tx, settlement.id);
    const payable = lines.filter(({ nontax, amountFen }) => !nontax && amountFen > 0n);
    const suppliersFen = sumFen(payable);
    const hash = hashOf(settlement, tx.now, orders, lines);
    await this.settlements.markClosed(tx, settlement.id, {
      orders: orders.length,
      totalFen: sumFen(orders),
      suppliersFen,
      hash,
    });
    // All suppliers of the state: their part is due to the treasury and nothing is paid out.
    if (payable.length === 0) return ok(undefined);
    const basis = await this.openBasis.execute(tx, {
      kind: 'settlement',
      sourceId: settlement.id,
      rail: 'market',
      channel: settlement.channel,
      totalFen: suppliersFen,
      hash,
      lines: payable.map(({ party, amountFen }) => ({
        party,
        amountFen,
        payablePath: payablePath(party, settlement.id),
      })),
    });
    return basis.ok ? ok(undefined) : basis;
  }
}

/** Of the statement as it stands: its orders in order of their numbers, its lines in order of party. */
const hashOf = (
  { no, channel }: Settlement,
  closedAt: Date,
  orders: readonly SettledOrder[],
  lines: readonly SettlementLine[],
): string =>
  canonicalHash({
    no,
    channel,
    closedAt: closedAt.toISOString(),
    orders: orders.map((order) => ({ ...order })),
    lines: lines.map((line) => ({ ...line })),
  });

const sumFen = (items: readonly { amountFen: bigint }[]): bigint =>
  items.reduce((sum, { amountFen }) => sum + amountFen, 0n);
