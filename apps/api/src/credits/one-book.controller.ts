import { Controller, Get, Query } from '@nestjs/common';

import { OneBook, type OneBookPage } from '@app/credits';
import type { Book } from '@app/platform';
import { Public } from '../auth';
import { BookParam, unwrap } from '../http';
import { OneBookQuery } from './credits.requests';

/** 一本账: land, growth and credits of a place on one page. It names nobody, so it is public. */
@Controller(['books/:book/one-book', 'public/books/:book/one-book'])
export class OneBookController {
  constructor(private readonly oneBook: OneBook) {}

  @Public()
  @Get()
  async show(@BookParam() book: Book, @Query() { region }: OneBookQuery): Promise<OneBookPage> {
    return unwrap(await this.oneBook.of(book, region ?? book.region));
  }
}
