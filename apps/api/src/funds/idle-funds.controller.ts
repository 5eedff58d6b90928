import { Readable } from 'node:stream';

import { Body, Controller, Get, HttpCode, HttpException, Param, Post, StreamableFile } from '@nestjs/common';

import { IdleFunds, LIMIT_KINDS, SetDayLimit, type DayLimit, type IdleList } from '@app/funds';
import type { Principal } from '@app/identity';
import { dayOf, type Day } from '@app/kernel';
import { Books, UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { sentAs } from '../registry/file-names';
import { DECIDERS, READERS } from './funds-posts';
import { DayLimitRequest } from './source.requests';

/** Money that lies idle since it reached the county, by the book's clock. */
@Controller('books/:book')
export class IdleFundsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly books: Books,
    private readonly idle: IdleFunds,
    private readonly setDayLimit: SetDayLimit,
  ) {}

  @Get('idle-funds')
  async list(@BookParam() book: Book, @CurrentPrincipal() principal: Principal): Promise<IdleList> {
    requirePost(principal, book, READERS);
    return this.idle.on(book.id, await this.today(book));
  }

  @Get('idle-funds.xlsx')
  async workbook(@BookParam() book: Book, @CurrentPrincipal() principal: Principal): Promise<StreamableFile> {
    requirePost(principal, book, READERS);
    const day = await this.today(book);
    const { type, disposition } = sentAs(`idle-funds-${book.region}-${day}`, 'xlsx');
    const pieces = Readable.from(await this.idle.workbook(book.id, day), { objectMode: false });
    return new StreamableFile(pieces, { type, disposition });
  }

  /** `idle`: since the money reached the county; `unused`: since a payee received it. */
  @Post('day-limits/:kind')
  @HttpCode(201)
  async limit(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('kind') name: string,
    @Body() body: DayLimitRequest,
  ): Promise<DayLimit> {
    requirePost(principal, book, DECIDERS, book.region);
    const kind = LIMIT_KINDS.find((known) => known === name);
    if (!kind) {
      const detail = `There are limits of ${LIMIT_KINDS.join(' and ')}.`;
      throw new HttpException({ code: 'LIMIT_KIND_UNKNOWN', detail, kinds: LIMIT_KINDS }, 404);
    }
    const context = contextOf(principal, book, 'funds.set-day-limit', `day-limit/${kind}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.setDayLimit.execute(tx, { ...body, kind })),
    );
  }

  private async today(book: Book): Promise<Day> {
    return dayOf(await this.books.now(book.id));
  }
}
