import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type { BalanceAt, BalanceAtQuery } from '../views';

interface BalanceRow {
  readonly asset: string;
  readonly side: 1 | -1;
  readonly version: string;
  readonly balance: string;
}

/** Balances at any pair of effective and recorded time, by the account's versions (`ledger.balances_at`). */
@Injectable()
export class BalanceAtStore {
  constructor(private readonly database: Database) {}

  async read(book: number, { path, asset, effectiveAt, recordedAt }: BalanceAtQuery): Promise<BalanceAt[]> {
    const rows = await this.database.query<BalanceRow>(
      'SELECT asset, side, version, balance FROM ledger.balances_at($1, $2, $3, $4, $5)',
      [book, path, asset ?? null, effectiveAt ?? null, recordedAt ?? null],
    );
    return rows.map((row) => ({
      path,
      asset: row.asset,
      side: row.side,
      balance: BigInt(row.balance),
      version: BigInt(row.version),
    }));
  }
}
