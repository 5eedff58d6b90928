import { Controller, Get, Header, Param } from '@nestjs/common';

import type { Principal } from '@app/identity';
import { refuse } from '@app/kernel';
import { ProveEvent } from '@app/ledger';
import type { Book } from '@app/platform';
import { writeBundle } from '@app/proof';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, unwrap } from '../http';
import { READERS } from '../ledger/posts';
import { isNumber, shown } from './record-name';

/** What proves that an account was opened, changed or closed, a period closed, a kind made. */
@Controller('books/:book/events/:no/proof')
export class EventProofController {
  constructor(private readonly proveEvent: ProveEvent) {}

  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  async show(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('no') no: string,
  ): Promise<string> {
    requirePost(principal, book, READERS);
    const proven = isNumber(no)
      ? await this.proveEvent.execute(book.id, BigInt(no))
      : refuse({ code: 'EVENT_UNKNOWN', event: shown(no) });
    return writeBundle(unwrap(proven));
  }
}
