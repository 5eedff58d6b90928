import { Injectable } from '@nestjs/common';

import { addDays, idOf, present, startOf, type Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { Reader } from '../products/product.store';
import type { MoneySplit } from './split.rules';

export interface Settlement {
  readonly id: string;
  readonly no: string;
  readonly channel: string;
  readonly state: 'open' | 'closed';
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly orders: number;
  /** Money of its orders net of refunds. */
  readonly totalFen: bigint;
  /** The part that is paid out to suppliers. */
  readonly suppliersFen: bigint;
  readonly hash: string | null;
}

interface SettlementRow {
  readonly id: string;
  readonly no: string;
  readonly channel: string;
  readonly state: 'open' | 'closed';
  readonly opened_at: Date;
  readonly closed_at: Date | null;
  readonly orders: number;
  readonly total_fen: string;
  readonly suppliers_fen: string;
  readonly hash: string | null;
}

/** An order as its settlement states it. */
export interface SettledOrder {
  readonly no: string;
  readonly amountFen: bigint;
  readonly afforestationFen: bigint;
  readonly suppliersFen: bigint;
  readonly nontaxFen: bigint;
  readonly feeFen: bigint;
  readonly taxFen: bigint;
  readonly channelFen: bigint;
}

export interface SettlementLine {
  readonly party: string;
  readonly grams: bigint;
  readonly amountFen: bigint;
  readonly nontax: boolean;
}

const COLUMNS = 'id, no, channel, state, opened_at, closed_at, orders, total_fen, suppliers_fen, hash';

@Injectable()
export class SettlementStore {
  /** The channel's open settlement, opened when there is none. Its row is locked until the commit. */
  async open(tx: Tx, channel: string, today: Day): Promise<Settlement> {
    const ofToday = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM cards.settlement WHERE book = $1 AND opened_at >= $2 AND opened_at < $3`,
      [tx.book, startOf(today), startOf(addDays(today, 1))],
    );
    const no = `js${today.replaceAll('-', '')}-${(ofToday[0]?.count ?? 0) + 1}`;
    await tx.execute(
      `INSERT INTO cards.settlement (book, id, no, channel, state, opened_at)
       VALUES ($1, $2, $3, $4, 'open', $5) ON CONFLICT DO NOTHING`,
      [tx.book, idOf('settlement', String(tx.book), no), no, channel, tx.now],
    );
    const rows = await tx.query<SettlementRow>(
      `SELECT ${COLUMNS} FROM cards.settlement WHERE book = $1 AND channel = $2 AND state = 'open' FOR UPDATE`,
      [tx.book, channel],
    );
    return toSettlement(present(rows[0], 'a channel has its open settlement'));
  }

  /** All open settlements, locked in id order. */
  async lockOpen(tx: Tx): Promise<Settlement[]> {
    const rows = await tx.query<SettlementRow>(
      `SELECT ${COLUMNS} FROM cards.settlement WHERE book = $1 AND state = 'open' ORDER BY id FOR UPDATE`,
      [tx.book],
    );
    return rows.map(toSettlement);
  }

  async list(reader: Reader, book: number): Promise<Settlement[]> {
    const rows = await reader.query<SettlementRow>(
      `SELECT ${COLUMNS} FROM cards.settlement WHERE book = $1 ORDER BY opened_at DESC, no DESC LIMIT 500`,
      [book],
    );
    return rows.map(toSettlement);
  }

  /** What each order's money became, in two statements whatever their number. */
  async insertSplits(
    tx: Tx,
    splits: readonly { orderId: string; settlement: string; amountFen: bigint; split: MoneySplit }[],
  ): Promise<void> {
    const column = (read: (split: MoneySplit) => bigint) => splits.map(({ split }) => read(split).toString());
    await tx.execute(
      `INSERT INTO cards.order_split (book, order_id, settlement, amount_fen, afforestation_fen, suppliers_fen,
              nontax_fen, fee_fen, tax_fen, channel_fen, reserve_fen)
       SELECT $1, s.* FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
              $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[]) AS s`,
      [
        tx.book,
        splits.map(({ orderId }) => orderId),
        splits.map(({ settlement }) => settlement),
        splits.map(({ amountFen }) => amountFen.toString()),
        column((split) => split.afforestationFen),
        column((split) => split.suppliersFen),
        column((split) => split.nontaxFen),
        column((split) => split.feeFen),
        column((split) => split.taxFen),
        column((split) => split.channelFen),
        column((split) => split.reserveFen),
      ],
    );
    const parts = splits.flatMap(({ orderId, split }) => split.parts.map((part) => ({ orderId, ...part })));
    await tx.execute(
      `INSERT INTO cards.order_split_part (book, order_id, party, grams, amount_fen, nontax)
       SELECT $1, p.* FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::boolean[]) AS p`,
      [
        tx.book,
        parts.map(({ orderId }) => orderId),
        parts.map(({ party }) => party),
        parts.map(({ grams }) => grams.toString()),
        parts.map(({ amountFen }) => amountFen.toString()),
        parts.map(({ nontax }) => nontax),
      ],
    );
  }

  /** Adds up the parts of a settlement's orders into one line a party. */
  async insertLines(tx: Tx, settlement: string): Promise<SettlementLine[]> {
    const rows = await tx.query<{ party: string; grams: string; amount_fen: string; nontax: boolean }>(
      `WITH summed AS (
         INSERT INTO cards.settlement_line (book, settlement, party, grams, amount_fen, nontax)
         SELECT $1, $2, p.party, sum(p.grams), sum(p.amount_fen), bool_and(p.nontax)
           FROM cards.order_split s
           JOIN cards.order_split_part p ON p.book = s.book AND p.order_id = s.order_id
          WHERE s.book = $1 AND s.settlement = $2 GROUP BY p.party
         RETURNING party, grams, amount_fen, nontax)
       SELECT * FROM summed ORDER BY party`,
      [tx.book, settlement],
    );
    return rows.map((row) => ({
      party: row.party,
      grams: BigInt(row.grams),
      amountFen: BigInt(row.amount_fen),
      nontax: row.nontax,
    }));
  }

  async ordersOf(tx: Tx, settlement: string): Promise<SettledOrder[]> {
    const rows = await tx.query<Record<string, string>>(
      `SELECT o.no, s.amount_fen, s.afforestation_fen, s.suppliers_fen, s.nontax_fen, s.fee_fen, s.tax_fen,
              s.channel_fen
         FROM cards.order_split s JOIN cards.card_order o ON o.book = s.book AND o.id = s.order_id
        WHERE s.book = $1 AND s.settlement = $2 ORDER BY o.no`,
      [tx.book, settlement],
    );
    return rows.map((row) => ({
      no: row.no ?? '',
      amountFen: BigInt(row.amount_fen ?? 0),
      afforestationFen: BigInt(row.afforestation_fen ?? 0),
      suppliersFen: BigInt(row.suppliers_fen ?? 0),
      nontaxFen: BigInt(row.nontax_fen ?? 0),
      feeFen: BigInt(row.fee_fen ?? 0),
      taxFen: BigInt(row.tax_fen ?? 0),
      channelFen: BigInt(row.channel_fen ?? 0),
    }));
  }

  async markClosed(
    tx: Tx,
    id: string,
    closed: { orders: number; totalFen: bigint; suppliersFen: bigint; hash: string },
  ): Promise<void> {
    await tx.execute(
      `UPDATE cards.settlement
          SET state = 'closed', closed_at = $3, orders = $4, total_fen = $5, suppliers_fen = $6, hash = $7
        WHERE book = $1 AND id = $2 AND state = 'open'`,
      [tx.book, id, tx.now, closed.orders, closed.totalFen, closed.suppliersFen, closed.hash],
    );
  }
}

const toSettlement = (row: SettlementRow): Settlement => ({
  id: row.id,
  no: row.no,
  channel: row.channel,
  state: row.state,
  openedAt: row.opened_at,
  closedAt: row.closed_at,
  orders: row.orders,
  totalFen: BigInt(row.total_fen),
  suppliersFen: BigInt(row.suppliers_fen),
  hash: row.hash,
});
