import { Controller, Get, Query } from '@nestjs/common';

import type { Principal } from '@app/identity';
import { Ledger } from '@app/ledger';
import type { Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam } from '../http';
import { treeAsked, trialBalanceAsked } from './account-query';
import { READERS } from './posts';
import { sideName } from './presenters';
import type { Query as Asked } from './query-reader';
import { readBody } from './read-body';

/** The book as a whole, at any moment. */
@Controller('books/:book')
export class BookLedgerController {
  constructor(private readonly ledger: Ledger) {}

  /** A row for each kind of account and asset, or for each path of so many segments. */
  @Get('trial-balance')
  async trialBalance(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: Asked,
  ): Promise<object> {
    requirePost(principal, book, READERS);
    const asked = readBody(() => trialBalanceAsked(query));
    const rows = await this.ledger.trialBalanceAt(book.id, asked);
    return { items: rows.map(({ side, ...row }) => ({ ...row, side: sideName(side) })) };
  }

  /** Paths with the balances of all accounts at and under them, rolled up. */
  @Get('account-tree')
  async tree(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: Asked,
  ): Promise<object> {
    requirePost(principal, book, READERS);
    return this.ledger.accountTree(
      book.id,
      readBody(() => treeAsked(query)),
    );
  }
}
