import { ok, present, type Refusal, type Result } from '@app/kernel';
import { inPace, type DomainLedger, type Posted } from '@app/ledger';
import type { Tx } from '@app/platform';

/** Entries that others wait for, and how many times that when there are no others. */
const ENTRIES = { aSlice: 500, most: 20 };
/** A slice is one entry, of a leg that pays and one a line; up to 2,000 legs go into one transaction. */
const LINES = { aSlice: 249, most: 8 };

type Slices = typeof ENTRIES;

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
    return this.timed(entries, ENTRIES, (first, last) =>
      this.post(book, 'load', LOAD, [tag, first, last, accounts, done, total, lateOneIn]),
    );
  }

  /** An entry a line, from the hot account to each payee. */
  async payout({ book, lines, tag }: LinesWish): Promise<number> {
    return this.timed(lines, ENTRIES, (first, last) => this.post(book, 'pay', PAYOUT, [tag, first, last]));
  }

  /** A roster: entries of one paying leg and a leg a line, every line on an account of its own. */
  async roster({ book, lines, tag }: LinesWish): Promise<number> {
    return this.timed(lines, LINES, (first, last) =>
      this.post(book, 'lock', ROSTER, [tag, first, last, LINES.aSlice]),
    );
  }

  private async timed(
    count: number,
    { aSlice, most }: Slices,
    call: (first: number, last: number) => Promise<Posted>,
  ): Promise<number> {
    const began = process.hrtime.bigint();
    const starts = Array.from({ length: Math.ceil(count / aSlice) }, (_none, n) => 1 + n * aSlice);
    await inPace(starts, { most }, (some) =>
      call(some[0]!, Math.min(some[some.length - 1]! + aSlice - 1, count)),
    );
    return Number(process.hrtime.bigint() - began) / 1e9;
  }

  private async post(book: number, action: string, sql: string, params: readonly unknown[]): Promise<Posted> {
    return this.work(book, action, async (tx) => {
      const posted = await this.door.postSelect(tx, { sql, params });
      if (!posted.ok) return posted;
      return ok({
        firstSeq: present(posted.value.firstSeq, 'all are new'),
        posted: posted.value.posted,
      });
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

/** $1 tag, $2 first line, $3 last line, $4 lines a slice: an entry a slice. */
const ROSTER = `
  SELECT q.slice AS entry_no, md5($1 || q.slice)::uuid AS id, 'bench.lock' AS kind, ${NOTHING_SAID},
         NULL::timestamptz AS effective_at, q.leg_no, q.path, 'CNY' AS asset, q.amount
    FROM (SELECT (x.line - 1) / $4::int AS slice, 0 AS leg_no, 'hot' AS path, sum(x.amount)::bigint AS amount
            FROM bench.line x WHERE x.line BETWEEN $2::int AND $3::int GROUP BY 1
          UNION ALL
          SELECT (x.line - 1) / $4::int, x.line, 'bench-due/' || $1 || '/' || x.line, -x.amount
            FROM bench.line x WHERE x.line BETWEEN $2::int AND $3::int) q
   ORDER BY q.slice, q.leg_no`;
