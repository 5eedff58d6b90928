import { Controller, Get, Query } from '@nestjs/common';

import { OneBook, WithheldPlaces, type OneBookPage } from '@app/credits';
import type { Principal } from '@app/identity';
import type { Book } from '@app/platform';
import { CurrentPrincipal, Public, requirePost } from '../auth';
import { BookParam, RefusalException, unwrap } from '../http';
import { REPORT_READERS } from './report-readers';
import { ReportQuery } from './reports.requests';

/** 一本账: land, growth and credits of a place on one page, as of any day. It names nobody. */
@Controller()
export class OneBookController {
  constructor(
    private readonly oneBook: OneBook,
    private readonly withheld: WithheldPlaces,
  ) {}

  /** For everybody, where it can be told of nobody. */
  @Public()
  @Get('public/books/:book/one-book')
  async publicPage(@BookParam() book: Book, @Query() query: ReportQuery): Promise<OneBookPage> {
    const page = unwrap(await this.oneBook.of(book, query));
    const refusal = await this.withheld.refusalOf(book.id, page.region, page.day);
    if (refusal) throw new RefusalException(refusal);
    return page;
  }

  @Get('books/:book/one-book')
  async page(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: ReportQuery,
  ): Promise<OneBookPage> {
    requirePost(principal, book, REPORT_READERS, query.region ?? book.region);
    return unwrap(await this.oneBook.of(book, query));
  }
}
