import { Injectable } from '@nestjs/common';

import { Coalescer, ReadLane } from '@app/platform';
import type { StatementText, StatementTextQuery } from '../views';
import { limitOf } from './page.rules';

interface TextRow {
  readonly i: string;
  readonly items: string;
  /** Version of the last line; null without lines. */
  readonly last: string | null;
}

/**
 * The lines as JSON, made where they lie: for a page of 50 that is cheaper than 500 values on their way through the
 * driver, and a line once written never changes. The order of the names is part of the answer.
 */
const TEXTS = {
  name: 'ledger.statement-texts',
  text: `
  SELECT r.i, '[' || coalesce(l.items, '') || ']' AS items, l.last
    FROM unnest($1::int[], $2::text[], $3::text[], $4::bigint[], $5::int[])
           WITH ORDINALITY AS r (book, path, asset, below, count, i)
    JOIN ledger.asset s ON s.book = r.book AND s.code = r.asset
    JOIN ledger.account a ON a.book = r.book AND a.path = r.path AND a.asset = s.id
   CROSS JOIN LATERAL (
     SELECT min(p.version) AS last, string_agg(concat(
              '{"version":"', p.version, '","seq":"', p.seq, '","entryId":"', e.id, '","kind":"', k.kind,
              CASE WHEN p.amount > 0 THEN '","debit":"' ELSE '","credit":"' END, abs(p.amount),
              '","balanceAfter":"', p.balance_after,
              '","recordedAt":"', ledger.instant(e.recorded_at), '","effectiveAt":"', ledger.instant(p.effective_at),
              '","reference":', coalesce(to_json(e.reference)::text, 'null'),
              ',"memo":', coalesce(to_json(e.memo)::text, 'null'), '}'), ',' ORDER BY p.version DESC) AS items
       FROM (SELECT * FROM ledger.posting x
              WHERE x.book = r.book AND x.account = a.id AND x.version < r.below
              ORDER BY x.version DESC LIMIT r.count) p
       JOIN ledger.entry e ON e.book = p.book AND e.seq = p.seq
       JOIN ledger.entry_kind k ON k.id = e.kind) l`,
};

const NEWEST = '9223372036854775807';
/** Pages of one question: those behind it wait no longer than these take. */
const PAGES_MAX = 16;

/** Statement pages, newest first, for many readers at once. */
@Injectable()
export class StatementTextReader {
  readonly #pages = new Coalescer<string, StatementText>((keys) => this.readAll(keys));

  constructor(private readonly lane: ReadLane) {}

  /** Undefined when there is no such account. */
  read(book: number, query: StatementTextQuery): Promise<StatementText | undefined> {
    const { path, asset, cursor } = query;
    return this.#pages.get([book, path, asset, cursor ?? NEWEST, limitOf(query)].join(' '));
  }

  private async readAll(keys: readonly string[]): Promise<Map<string, StatementText>> {
    const found = new Map<string, StatementText>();
    for (let start = 0; start < keys.length; start += PAGES_MAX) {
      const some = keys.slice(start, start + PAGES_MAX);
      const columns = [0, 1, 2, 3, 4].map((at) => some.map((key) => key.split(' ')[at]));
      for (const { i, items, last } of await this.lane.ask<TextRow>(TEXTS, columns)) {
        // Versions have no gaps: behind the first one there is nothing.
        const next = last === null || last === '1' ? null : last;
        found.set(some[Number(i) - 1] ?? '', { items, next });
      }
    }
    return found;
  }
}
