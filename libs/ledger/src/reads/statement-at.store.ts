import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { textOfMicros } from '../instant';
import type { StatementAt, StatementAtQuery } from '../views';
import { limitOf } from './page.rules';
import { cursorOf, cursorText, type StatementCursor } from './statement-cursor.rules';
import { LINE, toLine, type LineRow } from './statement-line';

/** The range a statement is about, in versions and in effective time, with the balances at both ends. */
interface Range {
  readonly id: string;
  readonly side: 1 | -1;
  /** Recorded order: lines are low < version <= high. Effective order: as recorded up to high. */
  readonly low: string;
  readonly high: string;
  readonly opening: string;
  readonly closing: string;
}

interface Page {
  readonly book: number;
  readonly query: StatementAtQuery;
  readonly range: Range;
  readonly cursor: StatementCursor | null;
  /** As the rows are read: against the order asked for on the way back. */
  readonly newest: boolean;
  readonly limit: number;
}

const LAST = '9223372036854775807';

const RECORDED_RANGE = `
  SELECT q.*, coalesce((SELECT p.balance_after FROM ledger.posting p
                         WHERE p.book = $1 AND p.account = q.id AND p.version = q.low), 0) AS opening,
         coalesce((SELECT p.balance_after FROM ledger.posting p
                    WHERE p.book = $1 AND p.account = q.id AND p.version = q.high), 0) AS closing
    FROM (SELECT x.id, x.side, x.upto AS high,
                 CASE WHEN $6::timestamptz IS NULL THEN 0
                      ELSE least(x.upto, ledger.version_as_of_seq($1, x.id, ledger.seq_as_of($1, $6::timestamptz))) END AS low
            FROM x) q`;

const EFFECTIVE_RANGE = `
  SELECT x.id, x.side, 0 AS low, x.upto AS high,
         CASE WHEN $6::timestamptz IS NULL THEN 0
              ELSE ledger.balance_of($1, x.id, x.side, x.upto, least($6, $7::timestamptz)) END AS opening,
         ledger.balance_of($1, x.id, x.side, x.upto, coalesce($7::timestamptz, 'infinity')) AS closing
    FROM x`;

/** The account as it was known: by the version that the first page saw, or by what was recorded at a time. */
const account = (until: string): string => `
  WITH x AS MATERIALIZED (
    SELECT a.id, a.side::int AS side,
           CASE WHEN $4::bigint IS NOT NULL THEN least($4, a.version)
                WHEN ${until} IS NULL THEN a.version
                ELSE ledger.version_as_of_seq($1, a.id, ledger.seq_as_of($1, ${until})) END AS upto
      FROM ledger.account a JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
     WHERE a.book = $1 AND a.path = $2 AND s.code = $3 AND ($5::timestamptz IS NULL OR a.opened_at <= $5))`;

/** An account's postings in the order they were recorded or in the order they count, between two times. */
@Injectable()
export class StatementAtStore {
  constructor(private readonly database: Database) {}

  /** Undefined when there was no such account. */
  async page(book: number, query: StatementAtQuery): Promise<StatementAt | undefined> {
    const cursor = query.cursor === undefined ? null : cursorOf(query.cursor);
    const range = await this.range(book, query, cursor);
    if (!range) return undefined;
    const limit = limitOf(query);
    const back = cursor?.way === 'previous';
    const newest = (query.order !== 'oldest') !== back;
    const rows = await this.lines({ book, query, range, cursor, newest, limit: limit + 1 });
    const items = rows.slice(0, limit);
    const more = rows.length > limit;
    if (back) items.reverse();
    const place = (way: StatementCursor['way'], line: LineRow | undefined): string | null =>
      line ? cursorText({ way, ...placeOf(line, query), upto: BigInt(range.high) }) : null;
    return {
      opening: BigInt(range.opening),
      closing: BigInt(range.closing),
      items: items.map(toLine),
      next: back || more ? place('next', items.at(-1)) : null,
      previous: (back ? more : cursor !== null) ? place('previous', items[0]) : null,
    };
  }

  private async range(
    book: number,
    { path, asset, by, from, to, recordedAt }: StatementAtQuery,
    cursor: StatementCursor | null,
  ): Promise<Range | undefined> {
    // In the recorded order `to` and `recordedAt` are limits of the same time: the earlier one holds.
    const sql =
      by === 'effective'
        ? `${account('$5::timestamptz')} ${EFFECTIVE_RANGE}`
        : `${account('least($5::timestamptz, $7::timestamptz)')} ${RECORDED_RANGE}`;
    const rows = await this.database.query<Range>(sql, [
      ...[book, path, asset, cursor?.upto ?? null],
      ...[recordedAt ?? null, from ?? null, to ?? null],
    ]);
    return rows[0];
  }

  private lines(page: Page): Promise<LineRow[]> {
    return page.query.by === 'effective' ? this.effectiveLines(page) : this.recordedLines(page);
  }

  private recordedLines({ book, range, cursor, newest, limit }: Page): Promise<LineRow[]> {
    const from = newest ? range.low : (cursor?.version ?? range.low);
    const below = newest && cursor ? cursor.version - 1n : BigInt(range.high);
    return this.database.query<LineRow>(
      `${LINE}, p.balance_after AS balance
         FROM (SELECT p.* FROM ledger.posting p
                WHERE p.book = $1 AND p.account = $2 AND p.version > $3 AND p.version <= $4
                ORDER BY p.version ${newest ? 'DESC' : ''} LIMIT $5) p
         JOIN ledger.entry e ON e.book = $1 AND e.seq = p.seq
         JOIN ledger.entry_kind k ON k.id = e.kind
        ORDER BY p.version ${newest ? 'DESC' : ''}`,
      [book, range.id, from, below, limit],
    );
  }

  private effectiveLines({ book, query, range, cursor, newest, limit }: Page): Promise<LineRow[]> {
    const at = cursor && textOfMicros(cursor.effective ?? 0n);
    const [after, afterVersion] = cursor && !newest ? [at, cursor.version] : [query.from ?? null, LAST];
    const [before, beforeVersion] = cursor && newest ? [at, cursor.version] : [query.to ?? null, LAST];
    const direction = newest ? 'DESC' : 'ASC';
    return this.database.query<LineRow>(
      `${LINE}, p.balance
         FROM ledger.effective_lines($1, $2, $3, $4, coalesce($5::timestamptz, '-infinity'), $6,
                                     coalesce($7::timestamptz, 'infinity'), $8, $9, $10) p
         JOIN ledger.entry e ON e.book = $1 AND e.seq = p.seq
         JOIN ledger.entry_kind k ON k.id = e.kind
        ORDER BY p.effective_at ${direction}, p.version ${direction}`,
      [
        ...[book, range.id, range.side, range.high, after, afterVersion, before, beforeVersion],
        ...[newest, limit],
      ],
    );
  }
}

const placeOf = (line: LineRow, { by }: StatementAtQuery): { effective: bigint | null; version: bigint } => ({
  effective: by === 'effective' ? BigInt(line.effective_micros) : null,
  version: BigInt(line.version),
});
