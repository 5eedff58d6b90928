import { Controller, Get, Header, Param } from '@nestjs/common';

import type { Principal } from '@app/identity';
import { isUuid, refuse } from '@app/kernel';
import { ProveRefusal } from '@app/ledger';
import type { Book } from '@app/platform';
import { writeBundle } from '@app/proof';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, unwrap } from '../http';
import { idOfKey, isKey } from '../ledger/idempotency-key';
import { READERS } from '../ledger/posts';
import { isNumber, shown } from './record-name';

const BY_KEY = 'key:';

/** What proves that something was asked for and refused. */
@Controller('books/:book/refusals/:refusal/proof')
export class RefusalProofController {
  constructor(private readonly proveRefusal: ProveRefusal) {}

  /** By id, by number, or as `key:` and the Idempotency-Key, which is all that a refused caller was told. */
  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  async show(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('refusal') refusal: string,
  ): Promise<string> {
    requirePost(principal, book, READERS);
    const name = nameOf(book, refusal);
    const proven =
      name === undefined
        ? refuse({ code: 'REFUSAL_UNKNOWN', refusal: shown(refusal) })
        : await this.proveRefusal.execute(book.id, name);
    return writeBundle(unwrap(proven));
  }
}

function nameOf(book: Book, refusal: string): string | undefined {
  if (isUuid(refusal) || isNumber(refusal)) return refusal;
  const key = refusal.slice(BY_KEY.length);
  return refusal.startsWith(BY_KEY) && isKey(key) ? idOfKey(book, key) : undefined;
}
