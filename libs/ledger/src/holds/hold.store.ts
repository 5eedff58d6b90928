import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type { HoldState } from '../posting-refusal';

/** A hold of the HTTP door: an amount taken from one open account and set aside. */
export interface HoldView {
  readonly id: string;
  readonly seq: bigint;
  readonly state: HoldState;
  readonly account: string;
  readonly asset: string;
  readonly amount: bigint;
  readonly expiresAt: Date;
  readonly endedSeq: bigint | null;
}

interface HoldRow {
  readonly id: string;
  readonly seq: string;
  readonly state: HoldState;
  readonly path: string;
  readonly asset: string;
  readonly amount: string;
  readonly expires_at: Date;
  readonly ended_seq: string | null;
}

@Injectable()
export class HoldStore {
  constructor(private readonly database: Database) {}

  /** Holds that other libs own are theirs to show. */
  async byId(book: number, id: string): Promise<HoldView | undefined> {
    const rows = await this.database.query<HoldRow>(
      `SELECT h.id, h.seq, h.state, h.expires_at, h.ended_seq, a.path, s.code AS asset, p.amount
         FROM ledger.hold h
         JOIN ledger.posting p ON p.book = h.book AND p.seq = h.seq AND p.amount > 0
         JOIN ledger.account a ON a.book = p.book AND a.id = p.account
         JOIN ledger.asset s ON s.book = p.book AND s.id = p.asset
        WHERE h.book = $1 AND h.id = $2 AND h.owner = 'ledger'`,
      [book, id],
    );
    const row = rows[0];
    return row && toHold(row);
  }
}

const toHold = (row: HoldRow): HoldView => ({
  id: row.id,
  seq: BigInt(row.seq),
  state: row.state,
  account: row.path,
  asset: row.asset,
  amount: BigInt(row.amount),
  expiresAt: row.expires_at,
  endedSeq: row.ended_seq === null ? null : BigInt(row.ended_seq),
});
