import { Injectable } from '@nestjs/common';

import { present, refuse, ok, type Result } from '@app/kernel';
import { Database } from '../database/database';
import type { Tx } from '../database/tx';

/** One fiscal unit's ledger: a county, a development zone, the city. */
export interface Book {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly mode: 'live' | 'rehearsal';
  /** Region code of the fiscal unit. */
  readonly region: string;
}

const CODE = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** What a book's code can look like; nothing else is looked for. */
export const isBookCode = (text: string): boolean => CODE.test(text);

export interface BookUnknown {
  readonly code: 'BOOK_UNKNOWN';
  readonly book: string;
}

@Injectable()
export class Books {
  readonly #known = new Map<string, Book>();

  constructor(private readonly database: Database) {}

  /** A book that this process has read before; for routes that are asked too often to wait for what is at hand. */
  known(code: string): Book | undefined {
    return this.#known.get(code);
  }

  /** A book never changes its id, name or mode, so what was read once is kept. */
  async byCode(code: string): Promise<Result<Book, BookUnknown>> {
    const known = this.known(code);
    if (known) return ok(known);
    if (!isBookCode(code)) return refuse({ code: 'BOOK_UNKNOWN', book: code.slice(0, 64) });
    const rows = await this.database.query<Book>(
      'SELECT id, code, name, mode, region FROM platform.book WHERE code = $1',
      [code],
    );
    const book = rows[0];
    if (!book) return refuse({ code: 'BOOK_UNKNOWN', book: code.slice(0, 64) });
    this.#known.set(code, book);
    return ok(book);
  }

  list(): Promise<Book[]> {
    return this.database.query<Book>('SELECT id, code, name, mode, region FROM platform.book ORDER BY id');
  }

  /** Whether the book is a rehearsal: whatever leaves it has to say so. */
  async isRehearsal(book: number): Promise<boolean> {
    const rows = await this.database.query<Pick<Book, 'mode'>>(
      'SELECT mode FROM platform.book WHERE id = $1',
      [book],
    );
    return present(rows[0], 'a book of this id was opened').mode === 'rehearsal';
  }

  /** The book's clock: the wall clock in live books, the demo's own in rehearsals. */
  async now(book: number): Promise<Date> {
    const rows = await this.database.query<{ now: Date }>('SELECT platform.book_now($1::int) AS now', [book]);
    return present(rows[0], 'the book clock answers').now;
  }

  /** Opens a live book. Rehearsal books are opened by the demo role only. */
  async openLive(tx: Tx, book: { code: string; name: string; region: string }): Promise<number> {
    const rows = await tx.query<{ id: number }>('SELECT platform.open_live_book($1, $2, $3) AS id', [
      book.code,
      book.name,
      book.region,
    ]);
    return present(rows[0], 'a new book has an id').id;
  }
}
