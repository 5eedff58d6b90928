import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import { FundSources, OpenFundSource, RenameFundSource, type SourceTotals } from '@app/funds';
import type { Principal } from '@app/identity';
import { dayOf } from '@app/kernel';
import { Books, UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { KEEPERS, READERS } from './funds-posts';
import { FundSourceRequest, SourceNameRequest, YearQuery } from './source.requests';

/** Where the money comes from (资金来源), and how far that of each source got. */
@Controller('books/:book/fund-sources')
export class FundSourcesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly books: Books,
    private readonly sources: FundSources,
    private readonly openFundSource: OpenFundSource,
    private readonly renameFundSource: RenameFundSource,
  ) {}

  /** By the names of today; with `year` of that year's indicators. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { year }: YearQuery,
  ): Promise<{ items: SourceTotals[] }> {
    requirePost(principal, book, READERS);
    const day = dayOf(await this.books.now(book.id));
    const wanted = year === undefined ? undefined : Number(year);
    return { items: await this.sources.totals(book.id, day, wanted) };
  }

  @Post()
  @HttpCode(201)
  async open(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: FundSourceRequest,
  ): Promise<{ code: string }> {
    requirePost(principal, book, KEEPERS, book.region);
    const context = contextOf(principal, book, 'funds.open-source', `fund-source/${body.code}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.openFundSource.execute(tx, body)));
  }

  @Post(':code/names')
  @HttpCode(201)
  async rename(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('code') code: string,
    @Body() body: SourceNameRequest,
  ): Promise<{ code: string }> {
    requirePost(principal, book, KEEPERS, book.region);
    const context = contextOf(principal, book, 'funds.rename-source', 'fund-source');
    return unwrap(await this.unitOfWork.run(context, (tx) => this.renameFundSource.execute(tx, code, body)));
  }
}
