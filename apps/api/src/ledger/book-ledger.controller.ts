import { Controller, Get, Query } from '@nestjs/common';

import type { Principal } from '@app/identity';
import { refuse } from '@app/kernel';
import { Ledger } from '@app/ledger';
import type { Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, unwrap } from '../http';
import { textOf } from './body-reader';
import { ACCOUNT, ASSET } from './fields';
import { pageOf } from './page-query';
import { READERS } from './posts';
import { presentLine, sideName } from './presenters';
import { readBody } from './read-body';

/** The book as a whole and account by account. */
@Controller('books/:book')
export class BookLedgerController {
  constructor(private readonly ledger: Ledger) {}

  /** An account's postings, newest first: `?account=…&asset=CNY&limit=50&cursor=…`. */
  @Get('statement')
  async statement(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Promise<object> {
    requirePost(principal, book, READERS);
    const asked = readBody(() => ({
      path: textOf(query, { field: 'account' }, ACCOUNT),
      asset: textOf(query, { field: 'asset' }, ASSET),
      ...pageOf(query, ['account', 'asset'], /^[1-9]\d{0,17}$/),
    }));
    const accounts = await this.ledger.accountsOf(book.id, asked.path);
    if (!accounts.some(({ asset }) => asset === asked.asset)) {
      unwrap(refuse({ code: 'ACCOUNT_UNKNOWN', account: asked.path, asset: asked.asset }));
    }
    const { items, next } = await this.ledger.statement(book.id, asked);
    return { account: asked.path, asset: asked.asset, items: items.map(presentLine), next };
  }

  /** One row per kind of account and asset. */
  @Get('trial-balance')
  async trialBalance(@BookParam() book: Book, @CurrentPrincipal() principal: Principal): Promise<object> {
    requirePost(principal, book, READERS);
    const rows = await this.ledger.trialBalance(book.id);
    return { items: rows.map(({ side, ...row }) => ({ ...row, side: sideName(side) })) };
  }
}
