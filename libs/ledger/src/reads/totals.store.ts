import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type {
  AccountNode,
  AccountTree,
  AccountTreeQuery,
  Times,
  TrialBalanceAtQuery,
  TrialBalanceAtRow,
  TurnoverAt,
  TurnoverAtQuery,
} from '../views';
import { limitOf } from './page.rules';
import { UNDER } from './under';

interface SumRow {
  readonly asset: string;
  readonly accounts: string;
  readonly debits: string;
  readonly credits: string;
  readonly balance: string;
}

/** What each account has turned over by a pair of times: a relation (account, debits, credits) and its limits. */
interface Totals {
  readonly sql: string;
  readonly recordedAt: string | null;
  readonly seq: string | null;
  readonly effectiveAt: string | null;
}

const SUMS = `
  SELECT p.account, coalesce(sum(p.amount) FILTER (WHERE p.amount > 0), 0) AS debits,
         coalesce(-sum(p.amount) FILTER (WHERE p.amount < 0), 0) AS credits
    FROM ledger.posting p WHERE p.book = $1`;

/** The totals of the accounts: nothing has to be read again. */
const NOW = `
  SELECT a.id AS account, a.debits::numeric AS debits, a.credits::numeric AS credits
    FROM ledger.account a WHERE a.book = $1 AND $3::bigint IS NULL AND $4::timestamptz IS NULL`;

/** From the totals back to the number: reads what was posted since. */
const BACK = `
  SELECT a.id AS account, a.debits - coalesce(q.debits, 0) AS debits, a.credits - coalesce(q.credits, 0) AS credits
    FROM ledger.account a
    LEFT JOIN (${SUMS} AND p.seq > $3::bigint AND $4::timestamptz IS NULL GROUP BY p.account) q ON q.account = a.id
   WHERE a.book = $1`;

/** From the first posting up to the times: reads the postings of the book. */
const FORTH = `${SUMS}
     AND ($3::bigint IS NULL OR p.seq <= $3) AND ($4::timestamptz IS NULL OR p.effective_at <= $4)
   GROUP BY p.account`;

/** Sums over accounts: by kind, by the segments of their paths, over a range of time. */
@Injectable()
export class TotalsStore {
  constructor(private readonly database: Database) {}

  /** One row per kind and asset, or per first segments and asset. Debits equal credits in each asset. */
  async trialBalance(book: number, { depth, ...times }: TrialBalanceAtQuery): Promise<TrialBalanceAtRow[]> {
    const totals = await this.totals(book, times);
    const path = depth === undefined ? 'NULL::text' : pathOf('$5::int');
    const rows = await this.database.query<SumRow & { kind: string; side: 1 | -1 | 0; path: string | null }>(
      `WITH t AS MATERIALIZED (${totals.sql})
       SELECT k.kind, ${path} AS path, s.code AS asset, coalesce(k.side, 0) AS side, ${SUM_COLUMNS}
         FROM ledger.account a
         JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
         JOIN ledger.account_kind k ON k.id = a.kind
         LEFT JOIN t ON t.account = a.id
        WHERE a.book = $1 AND ($2::timestamptz IS NULL OR a.opened_at <= $2)
        GROUP BY k.kind, k.side, 2, s.code
        ORDER BY s.code, k.kind, 2`,
      [...limits(book, totals), ...(depth === undefined ? [] : [depth])],
    );
    return rows.map(({ kind, side, path: head, ...row }) => ({ kind, side, path: head, ...sumsOf(row) }));
  }

  /** The nodes of the tree of paths with what lies under them, in order of path and asset. */
  async tree(book: number, query: AccountTreeQuery): Promise<AccountTree> {
    const limit = limitOf(query);
    const totals = await this.totals(book, query);
    const shallow = segmentsOf(query.prefix);
    const [path, asset] = (query.cursor ?? ' ').split(' ');
    const rows = await this.database.query<SumRow & { path: string; depth: number; own: string | null }>(
      `WITH t AS MATERIALIZED (${totals.sql}),
       node AS (
         SELECT ${pathOf('d.depth')} AS path, d.depth, s.code AS asset, a.path AS full_path, a.side,
                coalesce(t.debits, 0) AS debits, coalesce(t.credits, 0) AS credits
           FROM ledger.account a
           JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
           LEFT JOIN t ON t.account = a.id
          CROSS JOIN LATERAL generate_series($5::int,
            least($6::int, cardinality(string_to_array(a.path, '/')))) AS d (depth)
          WHERE a.book = $1 AND ($2::timestamptz IS NULL OR a.opened_at <= $2)
            AND ($7::text IS NULL OR ${UNDER('$7')}) AND ($8::text IS NULL OR s.code = $8))
       SELECT a.path, a.depth, a.asset, count(*) AS accounts, sum(a.debits) AS debits, sum(a.credits) AS credits,
              sum(a.side * (a.debits - a.credits)) AS balance,
              sum(a.side * (a.debits - a.credits)) FILTER (WHERE a.full_path = a.path) AS own
         FROM node a
        WHERE (a.path, a.asset) > ($9::text, $10::text)
        GROUP BY a.path, a.depth, a.asset
        ORDER BY a.path, a.asset LIMIT $11`,
      [
        ...limits(book, totals),
        ...[Math.max(shallow, 1), query.depth ?? shallow + 1, query.prefix ?? null, query.asset ?? null],
        ...[path, asset ?? '', limit + 1],
      ],
    );
    const items = rows.slice(0, limit).map(toNode);
    const last = items.at(-1);
    return { items, next: last && rows.length > limit ? `${last.path} ${last.asset}` : null };
  }

  /** What was debited and credited at and under a path within a range of effective time, per asset. */
  async turnover(book: number, query: TurnoverAtQuery): Promise<TurnoverAt[]> {
    const rows = await this.database.query<{ asset: string; debits: string; credits: string }>(
      `WITH x AS MATERIALIZED (
         SELECT a.id, a.asset, q.upto,
                CASE WHEN $4::timestamptz IS NULL THEN 0
                     ELSE ledger.version_as_of_effective($1, a.id, $4, q.upto) END AS low,
                CASE WHEN $5::timestamptz IS NULL THEN q.upto
                     ELSE ledger.version_as_of_effective($1, a.id, $5, q.upto) END AS high
           FROM ledger.account a
           JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
          CROSS JOIN LATERAL (SELECT CASE WHEN $6::timestamptz IS NULL THEN a.version
            ELSE ledger.version_as_of_seq($1, a.id, ledger.seq_as_of($1, $6)) END AS upto OFFSET 0) q
          WHERE a.book = $1 AND ${UNDER('$2::text')} AND ($3::text IS NULL OR s.code = $3))
       SELECT s.code AS asset, coalesce(sum(m.amount) FILTER (WHERE m.amount > 0), 0) AS debits,
              coalesce(-sum(m.amount) FILTER (WHERE m.amount < 0), 0) AS credits
         FROM x
         JOIN ledger.asset s ON s.book = $1 AND s.id = x.asset
         LEFT JOIN LATERAL (
           SELECT p.amount FROM ledger.posting p
            WHERE p.book = $1 AND p.account = x.id AND p.version > x.low AND p.version <= x.high ${IN_RANGE}
           UNION ALL
           SELECT p.amount FROM ledger.posting p
            WHERE p.book = $1 AND p.account = x.id AND p.effective_high IS NOT NULL
              AND p.version > x.high AND p.version <= x.upto ${IN_RANGE}) m ON true
        GROUP BY s.code ORDER BY s.code`,
      [
        ...[book, query.prefix, query.asset ?? null],
        ...[query.from ?? null, query.to ?? null, query.recordedAt ?? null],
      ],
    );
    return rows.map(({ asset, debits, credits }) => ({
      asset,
      debits: BigInt(debits),
      credits: BigInt(credits),
    }));
  }

  /** The cheapest relation that is exact. A time of recording is a number of the sequence, once and for all. */
  private async totals(book: number, { effectiveAt = null, recordedAt = null }: Nullable): Promise<Totals> {
    if (effectiveAt === null && recordedAt === null) return { sql: NOW, recordedAt, effectiveAt, seq: null };
    if (recordedAt === null) return { sql: FORTH, recordedAt, effectiveAt, seq: null };
    // What is recorded from here on must not come in by the back door of a time that is still ahead.
    const rows = await this.database.query<{ seq: string; last: string; known: string }>(
      `SELECT ledger.seq_as_of($1, $2) AS seq, f.next_seq - 1 AS last,
              ledger.instant(least($2::timestamptz, f.recorded_at)) AS known
         FROM ledger.fence f WHERE f.book = $1`,
      [book, recordedAt],
    );
    const seq = rows[0]?.seq ?? '0';
    const known = rows[0]?.known ?? recordedAt;
    const isRecent = BigInt(seq) * 2n > BigInt(rows[0]?.last ?? 0);
    return { sql: effectiveAt === null && isRecent ? BACK : FORTH, recordedAt: known, effectiveAt, seq };
  }
}

type Nullable = { readonly [Name in keyof Times]?: string | null };

const IN_RANGE = `
              AND ($4::timestamptz IS NULL OR p.effective_at > $4)
              AND ($5::timestamptz IS NULL OR p.effective_at <= $5)`;

const SUM_COLUMNS = `count(*) AS accounts, coalesce(sum(t.debits), 0) AS debits,
              coalesce(sum(t.credits), 0) AS credits,
              coalesce(sum(a.side * (t.debits - t.credits)), 0) AS balance`;

/** The first segments of an account's path. */
const pathOf = (depth: string): string =>
  `array_to_string((string_to_array(a.path, '/'))[1:${depth}], '/') COLLATE "C"`;

const segmentsOf = (prefix: string | undefined): number => prefix?.split('/').length ?? 0;

const limits = (book: number, { recordedAt, seq, effectiveAt }: Totals): unknown[] => [
  book,
  recordedAt,
  seq,
  effectiveAt,
];

const sumsOf = (
  row: SumRow,
): { asset: string; accounts: bigint; debits: bigint; credits: bigint; balance: bigint } => ({
  asset: row.asset,
  accounts: BigInt(row.accounts),
  debits: BigInt(row.debits),
  credits: BigInt(row.credits),
  balance: BigInt(row.balance),
});

const toNode = (row: SumRow & { path: string; depth: number; own: string | null }): AccountNode => ({
  path: row.path,
  depth: row.depth,
  ...sumsOf(row),
  own: row.own === null ? null : BigInt(row.own),
});
