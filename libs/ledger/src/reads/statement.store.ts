import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type {
  StatementLine,
  StatementPage,
  StatementQuery,
  TrialBalanceRow,
  Turnover,
  TurnoverQuery,
} from '../views';
import { limitOf } from './page.rules';

interface LineRow {
  readonly version: string;
  readonly seq: string;
  readonly id: string;
  readonly kind: string;
  readonly amount: string;
  readonly balance_after: string;
  readonly recorded_at: string;
  readonly effective_at: string;
  readonly reference: string | null;
  readonly memo: string | null;
}

interface TrialRow {
  readonly kind: string;
  readonly asset: string;
  readonly side: 1 | -1 | 0;
  readonly accounts: string;
  readonly debits: string;
  readonly credits: string;
  readonly balance: string;
}

/** What was posted, seen by account, by kind and as a whole. */
@Injectable()
export class StatementStore {
  constructor(private readonly database: Database) {}

  /** The account's versions are the key of the page: a posting that arrives meanwhile moves no line. */
  async page(book: number, query: StatementQuery): Promise<StatementPage> {
    const limit = limitOf(query);
    const newest = query.order !== 'oldest';
    const rows = await this.database.query<LineRow>(
      `SELECT p.version, p.seq, e.id, k.kind, p.amount, p.balance_after, e.reference, e.memo,
              ledger.instant(e.recorded_at) AS recorded_at, ledger.instant(e.effective_at) AS effective_at
         FROM (SELECT p.* FROM ledger.posting p
                WHERE p.book = $1 AND p.version ${newest ? '<' : '>'} $4 AND p.account = (
                  SELECT a.id FROM ledger.account a JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
                   WHERE a.book = $1 AND a.path = $2 AND s.code = $3)
                ORDER BY p.version ${newest ? 'DESC' : 'ASC'} LIMIT $5) p
         JOIN ledger.entry e ON e.book = p.book AND e.seq = p.seq
         JOIN ledger.entry_kind k ON k.id = e.kind
        ORDER BY p.version ${newest ? 'DESC' : 'ASC'}`,
      [book, query.path, query.asset, query.cursor ?? (newest ? '9223372036854775807' : '0'), limit + 1],
    );
    const items = rows.slice(0, limit).map(toLine);
    return { items, next: rows.length > limit ? (items.at(-1)?.version.toString() ?? null) : null };
  }

  async turnover(book: number, { kinds, prefix }: TurnoverQuery): Promise<Turnover> {
    const rows = await this.database.query<{ debits: string | null; credits: string | null }>(
      `SELECT sum(p.amount) FILTER (WHERE p.amount > 0) AS debits,
              -sum(p.amount) FILTER (WHERE p.amount < 0) AS credits
         FROM ledger.account a
         JOIN ledger.posting p ON p.book = a.book AND p.account = a.id
         JOIN ledger.entry e ON e.book = p.book AND e.seq = p.seq
         JOIN ledger.entry_kind k ON k.id = e.kind
        WHERE a.book = $1 AND (a.path = $2::text OR a.path > $2::text || '/' AND a.path < $2::text || '0') AND k.kind = ANY ($3)`,
      [book, prefix, kinds],
    );
    return { debits: BigInt(rows[0]?.debits ?? 0), credits: BigInt(rows[0]?.credits ?? 0) };
  }

  async trialBalance(book: number): Promise<TrialBalanceRow[]> {
    const rows = await this.database.query<TrialRow>(
      `SELECT k.kind, s.code AS asset, coalesce(k.side, 0) AS side, count(*) AS accounts,
              sum(a.debits) AS debits, sum(a.credits) AS credits,
              sum(a.side * (a.debits - a.credits)) AS balance
         FROM ledger.account a
         JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
         JOIN ledger.account_kind k ON k.id = a.kind
        WHERE a.book = $1
        GROUP BY k.kind, k.side, s.code
        ORDER BY s.code, k.kind`,
      [book],
    );
    return rows.map((row) => ({
      ...row,
      accounts: BigInt(row.accounts),
      debits: BigInt(row.debits),
      credits: BigInt(row.credits),
      balance: BigInt(row.balance),
    }));
  }
}

const toLine = (row: LineRow): StatementLine => ({
  version: BigInt(row.version),
  seq: BigInt(row.seq),
  entryId: row.id,
  kind: row.kind,
  amount: BigInt(row.amount),
  balanceAfter: BigInt(row.balance_after),
  recordedAt: row.recorded_at,
  effectiveAt: row.effective_at,
  reference: row.reference,
  memo: row.memo,
});
