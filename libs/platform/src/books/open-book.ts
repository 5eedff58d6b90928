import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '../database/tx';
import { Books, isBookCode, type Book } from './books';

export interface OpenBookCommand {
  /** Lower-case letters, digits and hyphens; mostly the region's code. It never changes. */
  readonly code: string;
  readonly name: string;
  /** Region code of the fiscal unit. */
  readonly region: string;
}

export type OpenBookRefusal =
  | { readonly code: 'BOOK_CODE_MALFORMED'; readonly book: string; readonly expected: string }
  | { readonly code: 'BOOK_EXISTS'; readonly book: string };

const CODE_EXPECTED = '1 to 63 of a-z, 0-9 and -, not beginning with -';
const UNIQUE_VIOLATION = '23505';

/** Opens a live book. Rehearsals are opened by the demo role only, so no live installation gets one by accident. */
@Injectable()
export class OpenBook {
  constructor(private readonly books: Books) {}

  async execute(tx: Tx, command: OpenBookCommand): Promise<Result<Book, OpenBookRefusal>> {
    const { code, name, region } = command;
    if (!isBookCode(code)) {
      return refuse({ code: 'BOOK_CODE_MALFORMED', book: code.slice(0, 64), expected: CODE_EXPECTED });
    }
    try {
      const id = await this.books.openLive(tx, command);
      tx.audit({ book: code, region });
      return ok({ id, code, name, mode: 'live', region });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) {
        return refuse({ code: 'BOOK_EXISTS', book: code });
      }
      throw error;
    }
  }
}
