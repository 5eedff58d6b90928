import { ok, type Refusal, type Result } from '@app/kernel';
import type { DomainLedger } from '@app/ledger';
import type { Tx } from '@app/platform';

/** The most of one call: enough to make its cost small, not so much that others wait for long. */
const ENTRIES_A_CALL = 10_000;
/** A slice has one leg that pays and one a line. */
const LINES_A_SLICE = 1_999;

type Work = <T>(book: number, action: string, work: (tx: Tx) => Promise<Result<T, Refusal>>) => Promise<T>;

export interface LoadWish {
  readonly book: number;
  readonly accounts: number;
  readonly entries: number;
  readonly tag: string;
  /** Spreads them over the last thirty days as part of so many, one in some of them late; else all are of now. */
  readonly spread?: { readonly done: number; readonly total: number; readonly lateOneIn: number };
}

export interface LinesWish {
  readonly book: number;
  readonly lines: number;
  readonly tag: string;
}

/** Entries made of rows that are in the database already, through the door for them. */
export class DeskBulk {
  constructor(
    private readonly door: DomainLedger,
    private readonly work: Work,
  ) {}

  /** So many entries between random payers, call by call; seconds of the calls. */
  async load({ book, accounts, entries, tag, spread }: LoadWish): Promise<number> {
    const { done, total, lateOneIn } = spread ?? { done: 0, total: 0, lateOneIn: 1 };
    return this.timed(entries, ENTRIES_A_CALL, (first, last) =>
      this.post(book, 'load', LOAD, [tag, first, last, accounts, done, total, lateOneIn]),
    );
  }

  /** An entry a line, from the hot account to each payee. */
  async payout({ book, lines, tag }: LinesWish): Promise<number> {
    return this.timed(lines, ENTRIES_A_CALL, (first, last) =>
      this.post(book, 'pay', PAYOUT, [tag, first, last]),
    );
  }

  /** A roster: entries of one paying leg and a leg a line, each in a transaction of its own, on accounts of its own. */
  async roster({ book, lines, tag }: LinesWish): Promise<number> {
    return this.timed(lines, LINES_A_SLICE, (first, last) =>
      this.post(book, 'lock', ROSTER, [tag, first, last]),
    );
  }

  private async timed(
    count: number,
    step: number,
    call: (first: number, last: number) => Promise<void>,
  ): Promise<number> {
    const began = process.hrtime.bigint();
    for (let first = 1; first <= count; first += step) await call(first, Math.min(first + step - 1, count));
    return Number(process.hrtime.bigint() - began) / 1e9;
  }

  private async post(book: number, action: string, sql: string, params: readonly unknown[]): Promise<void> {
    await this.work(book, action, async (tx) => {
      const posted = await this.door.postSelect(tx, { sql, params });
      return posted.ok ? ok(null) : posted;
    });
  }
}

const NOTHING_SAID = `NULL::text AS reference, NULL::text AS memo`;

/**
 * $1 tag, $2 first, $3 last, $4 accounts, $5 loaded before, $6 of how many in all, 0: effective now, $7 one in so many
 * is late by up to five days. OFFSET 0: each random number is drawn once.
 */
const LOAD = `
  SELECT e.n AS entry_no, md5($1 || e.n)::uuid AS id, 'bench.move' AS kind, ${NOTHING_SAID}, e.effective_at,
         l.leg_no, 'p' || lpad(l.who::text, 6, '0') AS path, 'CNY' AS asset, l.amount
    FROM (SELECT d.n, d.a, (d.a + 1 + floor(random() * ($4::int - 1))::int) % $4::int AS b,
                 CASE WHEN $6::int > 0 THEN
                   now() - interval '30 days' * (1 - ($5::int + d.n) / $6::float8)
                   - CASE WHEN d.n % $7::int = 0 THEN random() * interval '5 days' ELSE interval '0' END
                 END AS effective_at
            FROM (SELECT n, floor(random() * $4::int)::int AS a FROM generate_series($2::int, $3::int) n OFFSET 0) d
          OFFSET 0) e
   CROSS JOIN LATERAL (VALUES (1, e.a, 1::bigint), (2, e.b, -1::bigint)) AS l (leg_no, who, amount)
   ORDER BY e.n, l.leg_no`;

/** $1 tag, $2 first line, $3 last line of bench.line. */
const PAYOUT = `
  SELECT x.line AS entry_no, md5($1 || x.line)::uuid AS id, 'bench.move' AS kind, ${NOTHING_SAID},
         NULL::timestamptz AS effective_at, l.leg_no, l.path, 'CNY' AS asset, l.amount
    FROM bench.line x
   CROSS JOIN LATERAL (VALUES (1, 'hot', x.amount), (2, x.path, -x.amount)) AS l (leg_no, path, amount)
   WHERE x.line BETWEEN $2::int AND $3::int
   ORDER BY x.line, l.leg_no`;

const ROSTER = `
  SELECT 1 AS entry_no, md5($1 || $2::int)::uuid AS id, 'bench.lock' AS kind, ${NOTHING_SAID},
         NULL::timestamptz AS effective_at, q.leg_no, q.path, 'CNY' AS asset, q.amount
    FROM (SELECT 1 AS leg_no, 'hot' AS path, sum(x.amount)::bigint AS amount
            FROM bench.line x WHERE x.line BETWEEN $2::int AND $3::int
          UNION ALL
          SELECT x.line - $2::int + 2, 'bench-due/' || $1 || '/' || x.line, -x.amount
            FROM bench.line x WHERE x.line BETWEEN $2::int AND $3::int) q
   ORDER BY q.leg_no`;
