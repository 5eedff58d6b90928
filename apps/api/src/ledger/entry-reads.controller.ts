import { Controller, Get, Param, Query } from '@nestjs/common';

import type { Principal } from '@app/identity';
import { refuse } from '@app/kernel';
import { Ledger } from '@app/ledger';
import type { Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, unwrap } from '../http';
import { entryNamed } from './entry-name';
import { entriesAsked } from './entry-query';
import { READERS } from './posts';
import { presentEntry } from './presenters';
import { readBody } from './read-body';

/** What was posted, by any door. */
@Controller('books/:book/entries')
export class EntryReadsController {
  constructor(private readonly ledger: Ledger) {}

  /** The entries that fit every filter given, in order of their number. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Promise<object> {
    requirePost(principal, book, READERS);
    const asked = readBody(() => entriesAsked(query));
    const { items, next } = await this.ledger.entriesBy(book.id, asked);
    return { items: items.map(presentEntry), next };
  }

  /** By id or by number. */
  @Get(':id')
  async show(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<object> {
    requirePost(principal, book, READERS);
    const entry = await entryNamed(this.ledger, book.id, id);
    if (!entry) return unwrap(refuse({ code: 'ENTRY_UNKNOWN', entry: id.slice(0, 64) }));
    return presentEntry(entry);
  }
}
