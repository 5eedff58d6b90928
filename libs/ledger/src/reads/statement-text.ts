import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import { Coalescer, ReadLane } from '@app/platform';
import type { StatementText, StatementTextQuery } from '../views';
import { limitOf } from './page.rules';
import { lastOf, linesJson, type PageColumns } from './statement-text.rules';

interface PageRow extends PageColumns {
  readonly i: string;
  /** The account is there and has no lines when this is null, and so is every column. */
  readonly count: string;
}

/**
 * A page's columns as arrays, and nothing formatted: the lines are written by this process while the database reads
 * the next page. Times are doubles in seconds there, which hold microseconds exactly for two centuries.
 */
const micros = (instant: string): string => `array_agg((date_part('epoch', ${instant}) * 1000000)::bigint)`;
const PAGES = {
  name: 'ledger.statement-pages',
  text: `
  SELECT r.i, l.*
    FROM unnest($1::int[], $2::text[], $3::text[], $4::bigint[], $5::int[])
           WITH ORDINALITY AS r (book, path, asset, below, lines, i)
    JOIN ledger.asset s ON s.book = r.book AND s.code = r.asset
    JOIN ledger.account a ON a.book = r.book AND a.path = r.path AND a.asset = s.id
   CROSS JOIN LATERAL (
     SELECT count(*) AS count, array_agg(p.version) AS versions, array_agg(p.seq) AS seqs, array_agg(e.id) AS ids,
            array_agg(e.kind) AS kinds, array_agg(p.amount) AS amounts, array_agg(p.balance_after) AS balances,
            ${micros('e.recorded_at')} AS recorded, ${micros('p.effective_at')} AS effective,
            CASE WHEN count(e.reference) > 0 THEN to_json(array_agg(e.reference)) END AS references,
            CASE WHEN count(e.memo) > 0 THEN to_json(array_agg(e.memo)) END AS memos
       FROM (SELECT x.version, x.seq, x.amount, x.balance_after, x.effective_at FROM ledger.posting x
              WHERE x.book = r.book AND x.account = a.id AND x.version < r.below
              ORDER BY x.version DESC LIMIT r.lines) p
       JOIN ledger.entry e ON e.book = r.book AND e.seq = p.seq) l`,
};

/** Kinds are of the whole product, and one that is there stays. */
const KINDS = { name: 'ledger.entry-kinds', text: 'SELECT k.id, k.kind FROM ledger.entry_kind k' };

const NEWEST = '9223372036854775807';
/** Pages of one question: those behind it wait no longer than these take. */
const PAGES_MAX = 16;

/** Statement pages, newest first, for many readers at once. */
@Injectable()
export class StatementTextReader {
  readonly #pages = new Coalescer<string, StatementText>((keys) => this.readAll(keys));
  #kinds: ReadonlyMap<string, string> = new Map();

  constructor(private readonly lane: ReadLane) {}

  /** Undefined when there is no such account. */
  read(book: number, query: StatementTextQuery): Promise<StatementText | undefined> {
    const { path, asset, cursor } = query;
    return this.#pages.get([book, path, asset, cursor ?? NEWEST, limitOf(query)].join(' '));
  }

  private async readAll(keys: readonly string[]): Promise<Map<string, StatementText>> {
    const found = new Map<string, StatementText>();
    const questions: (readonly string[])[] = [];
    for (let start = 0; start < keys.length; start += PAGES_MAX) {
      questions.push(keys.slice(start, start + PAGES_MAX));
    }
    let asked = this.ask(questions[0] ?? []);
    for (const [at, question] of questions.entries()) {
      const pages = await asked;
      // The database reads the next pages while these are written.
      asked = this.ask(questions[at + 1] ?? []);
      // Thrown where it is waited for, if ever it is.
      asked.catch(() => undefined);
      await this.knowKinds(pages);
      for (const page of pages)
        found.set(present(question[Number(page.i) - 1], 'a page was asked'), this.textOf(page));
    }
    return found;
  }

  private async ask(keys: readonly string[]): Promise<PageRow[]> {
    if (keys.length === 0) return [];
    const columns = [0, 1, 2, 3, 4].map((at) => keys.map((key) => key.split(' ')[at]));
    return this.lane.ask<PageRow>(PAGES, columns);
  }

  private textOf(page: PageRow): StatementText {
    if (page.count === '0') return { items: '[]', next: null };
    const last = lastOf(page);
    const items = linesJson(page, (id) => present(this.#kinds.get(id), 'an entry has a kind'));
    // Versions have no gaps: behind the first one there is nothing.
    return { items, next: last === '1' ? null : last };
  }

  private async knowKinds(pages: readonly PageRow[]): Promise<void> {
    const isKnown = ({ count, kinds }: PageRow): boolean =>
      count === '0' ||
      kinds
        .slice(1, -1)
        .split(',')
        .every((id) => this.#kinds.has(id));
    if (pages.every(isKnown)) return;
    const rows = await this.lane.ask<{ id: string; kind: string }>(KINDS, []);
    this.#kinds = new Map(rows.map(({ id, kind }) => [id, kind]));
  }
}
