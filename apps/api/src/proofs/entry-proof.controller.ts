import { Controller, Get, Header, Param } from '@nestjs/common';

import type { Principal } from '@app/identity';
import { isUuid, refuse } from '@app/kernel';
import { ProveEntry } from '@app/ledger';
import type { Book } from '@app/platform';
import { writeBundle } from '@app/proof';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, unwrap } from '../http';
import { READERS } from '../ledger/posts';
import { isNumber, shown } from './record-name';

/** What a reader of the book takes away to prove an entry to others. */
@Controller('books/:book/entries/:id/proof')
export class EntryProofController {
  constructor(private readonly proveEntry: ProveEntry) {}

  /** By id or by number. */
  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  async show(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') entry: string,
  ): Promise<string> {
    requirePost(principal, book, READERS);
    const isName = isUuid(entry) || isNumber(entry);
    const proven = isName
      ? await this.proveEntry.execute(book.id, entry)
      : refuse({ code: 'ENTRY_UNKNOWN', entry: shown(entry) });
    return writeBundle(unwrap(proven));
  }
}
