import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type { AccountPage, AccountView, PageQuery } from '../views';
import { limitOf } from './page.rules';
import { UNDER } from './under';

interface AccountRow {
  readonly path: string;
  readonly asset: string;
  readonly kind: string;
  readonly side: 1 | -1;
  readonly floor: string | null;
  readonly debits: string;
  readonly credits: string;
  readonly version: string;
  readonly opened_at: Date;
  readonly closed_at: Date | null;
}

const ACCOUNT = `
  SELECT a.path, s.code AS asset, k.kind, a.side, a.floor, a.debits, a.credits, a.version, a.opened_at, a.closed_at
    FROM ledger.account a
    JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
    JOIN ledger.account_kind k ON k.id = a.kind`;

@Injectable()
export class AccountStore {
  constructor(private readonly database: Database) {}

  async balance(book: number, path: string, asset: string): Promise<bigint> {
    const rows = await this.database.query<{ balance: string }>(
      `SELECT a.side * (a.debits - a.credits) AS balance FROM ledger.account a
         JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
        WHERE a.book = $1 AND a.path = $2 AND s.code = $3`,
      [book, path, asset],
    );
    return BigInt(rows[0]?.balance ?? 0);
  }

  async sums(book: number, heads: readonly string[]): Promise<Map<string, bigint>> {
    const rows = await this.database.query<{ head: string; sum: string }>(
      `SELECT h.head, coalesce(sum(a.side * (a.debits - a.credits)), 0) AS sum
         FROM unnest($2::text[]) WITH ORDINALITY AS h (head, i)
         LEFT JOIN ledger.account a ON a.book = $1 AND ${UNDER('h.head')}
        GROUP BY h.head, h.i ORDER BY h.i`,
      [book, [...new Set(heads)]],
    );
    return new Map(rows.map(({ head, sum }) => [head, BigInt(sum)]));
  }

  /** All assets of one path. */
  async ofPath(book: number, path: string): Promise<AccountView[]> {
    const rows = await this.database.query<AccountRow>(
      `${ACCOUNT} WHERE a.book = $1 AND a.path = $2 ORDER BY s.code`,
      [book, path],
    );
    return rows.map(toAccount);
  }

  async page(book: number, query: PageQuery & { readonly prefix?: string }): Promise<AccountPage> {
    const limit = limitOf(query);
    const [path, asset] = (query.cursor ?? ' ').split(' ');
    const rows = await this.database.query<AccountRow>(
      `${ACCOUNT} WHERE a.book = $1 AND (a.path, s.code) > ($2, $3) AND a.path >= $2
         AND ($4::text IS NULL OR ${UNDER('$4')})
       ORDER BY a.path, s.code LIMIT $5`,
      [book, path, asset ?? '', query.prefix ?? null, limit + 1],
    );
    const items = rows.slice(0, limit).map(toAccount);
    const last = items.at(-1);
    return { items, next: last && rows.length > limit ? `${last.path} ${last.asset}` : null };
  }
}

const toAccount = (row: AccountRow): AccountView => {
  const [debits, credits] = [BigInt(row.debits), BigInt(row.credits)];
  return {
    path: row.path,
    asset: row.asset,
    kind: row.kind,
    side: row.side,
    floor: row.floor === null ? null : BigInt(row.floor),
    debits,
    credits,
    balance: BigInt(row.side) * (debits - credits),
    version: BigInt(row.version),
    openedAt: row.opened_at,
    closedAt: row.closed_at,
  };
};
