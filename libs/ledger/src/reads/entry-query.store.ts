import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type { EntryQuery, EntryPage } from '../views';
import { filtersOf } from './entry-filters.rules';
import { EntryStore } from './entry.store';
import { limitOf } from './page.rules';

/** Numbers of entries, both included. They rise with the time of recording. */
interface Range {
  readonly low: bigint;
  readonly high: bigint;
}

/** What a page looks at: a range, and if they are known already, the only numbers in it that can fit. */
interface Look extends Range {
  readonly seqs: readonly string[] | null;
}

/** The dearer an entry is to look at, the fewer a page looks at. */
const WINDOW_OF_ENTRIES = 20_000n;
const WINDOW_OF_POSTINGS = 5_000n;

/**
 * Entries by any filters together, in order of their numbers. What reverses an entry, steps on a hold or touches an
 * account comes from an index; whatever else is asked reads the book, but never more than a window of it at a time.
 */
@Injectable()
export class EntryQueryStore {
  constructor(
    private readonly database: Database,
    private readonly entries: EntryStore,
  ) {}

  async page(book: number, query: EntryQuery): Promise<EntryPage> {
    const newest = query.order !== 'oldest';
    const range = await this.range(book, query);
    if (range.low > range.high) return { items: [], next: null };
    const look = await this.look(book, query, range);
    const limit = limitOf(query);
    const found = await this.find(book, query, look, limit + 1);
    const items = await this.entries.bySeqs(this.database, book, found.slice(0, limit));
    if (newest) items.reverse();
    const [reached, end] = newest ? [look.low, range.low] : [look.high, range.high];
    const last = found.length > limit ? found[limit - 1] : reached === end ? undefined : reached.toString();
    return { items, next: last ?? null };
  }

  private async range(book: number, { recordedFrom, recordedTo, cursor, order }: EntryQuery): Promise<Range> {
    const [after, before] = order === 'oldest' ? [cursor, undefined] : [undefined, cursor];
    const rows = await this.database.query<{ low: string; high: string }>(
      `SELECT greatest(1, CASE WHEN $2::timestamptz IS NOT NULL THEN ledger.seq_as_of($1, $2) + 1 END,
                       $4::bigint + 1) AS low,
              least(f.next_seq - 1, CASE WHEN $3::timestamptz IS NOT NULL THEN ledger.seq_as_of($1, $3) END,
                    $5::bigint - 1) AS high
         FROM ledger.fence f WHERE f.book = $1`,
      [book, recordedFrom ?? null, recordedTo ?? null, after ?? null, before ?? null],
    );
    return { low: BigInt(rows[0]?.low ?? 1), high: BigInt(rows[0]?.high ?? 0) };
  }

  private async look(book: number, query: EntryQuery, range: Range): Promise<Look> {
    if (query.reverses !== undefined) return { ...range, seqs: await this.reversing(book, query.reverses) };
    if (query.hold !== undefined) return { ...range, seqs: await this.ofHold(book, query.hold) };
    if (query.account !== undefined) return this.ofAccount(book, query, query.account, range);
    const window = filtersOf(book, query).ofPostings ? WINDOW_OF_POSTINGS : WINDOW_OF_ENTRIES;
    const [low, high] = [range.high - window + 1n, range.low + window - 1n];
    return query.order === 'oldest'
      ? { low: range.low, high: high < range.high ? high : range.high, seqs: null }
      : { low: low > range.low ? low : range.low, high: range.high, seqs: null };
  }

  private async reversing(book: number, id: string): Promise<string[]> {
    return this.seqs(
      `SELECT e.seq FROM ledger.entry e
        WHERE e.book = $1 AND e.reverses = (SELECT o.seq FROM ledger.entry o WHERE o.book = $1 AND o.id = $2)`,
      [book, id],
    );
  }

  private async ofHold(book: number, hold: string): Promise<string[]> {
    return this.seqs(
      `SELECT h.seq FROM ledger.hold h WHERE h.book = $1 AND h.id = $2
        UNION ALL SELECT s.seq FROM ledger.hold_step s WHERE s.book = $1 AND s.hold = $2`,
      [book, hold],
    );
  }

  /** The next postings at the path, whose numbers rise with the versions of each of its accounts, one per asset. */
  private async ofAccount(book: number, query: EntryQuery, path: string, range: Range): Promise<Look> {
    const oldest = query.order === 'oldest';
    const rows = await this.database.query<{ seqs: string[] | null; reached: string | null }>(
      `WITH seen AS MATERIALIZED (
         SELECT a.id, p.seq
           FROM ledger.account a
          -- Once an account: as a condition on postings it would be found anew for each of them.
          CROSS JOIN LATERAL (
            SELECT ledger.version_as_of_seq($1, a.id, $3::bigint - 1) AS low,
                   ledger.version_as_of_seq($1, a.id, $4) AS high OFFSET 0) v
          CROSS JOIN LATERAL (
            SELECT p.seq FROM ledger.posting p
             WHERE p.book = $1 AND p.account = a.id AND p.version > v.low AND p.version <= v.high
             ORDER BY p.version ${oldest ? '' : 'DESC'} LIMIT $5) p
          WHERE a.book = $1 AND a.path = $2 AND ($6::text IS NULL OR a.asset = (
            SELECT s.id FROM ledger.asset s WHERE s.book = $1 AND s.code = $6)))
       SELECT (SELECT array_agg(DISTINCT s.seq)::text[] FROM seen s) AS seqs,
              (SELECT ${oldest ? 'min' : 'max'}(q.last) FROM (
                 SELECT ${oldest ? 'max' : 'min'}(s.seq) AS last FROM seen s
                  GROUP BY s.id HAVING count(*) = $5) q) AS reached`,
      [...[book, path, range.low, range.high, WINDOW_OF_POSTINGS, query.asset ?? null]],
    );
    const { seqs, reached } = rows[0] ?? { seqs: null, reached: null };
    const look = { ...range, seqs: seqs ?? [] };
    if (reached === null) return look;
    return oldest ? { ...look, high: BigInt(reached) } : { ...look, low: BigInt(reached) };
  }

  private async find(book: number, query: EntryQuery, look: Look, count: number): Promise<string[]> {
    const { conditions, params } = filtersOf(book, query);
    const next = (offset: number): string => `$${params.length + offset}`;
    return this.seqs(
      `SELECT e.seq FROM ledger.entry e
        WHERE ${['e.book = $1', ...conditions].join(' AND ')}
          AND e.seq BETWEEN ${next(1)} AND ${next(2)}
          AND (${next(3)}::bigint[] IS NULL OR e.seq = ANY (${next(3)}))
        ORDER BY e.seq ${query.order === 'oldest' ? '' : 'DESC'} LIMIT ${next(4)}`,
      [...params, look.low, look.high, look.seqs, count],
    );
  }

  private async seqs(sql: string, params: readonly unknown[]): Promise<string[]> {
    return (await this.database.query<{ seq: string }>(sql, params)).map(({ seq }) => seq);
  }
}
