import { Body, Controller, Get, Post } from '@nestjs/common';
import { IsString, Length, Matches } from 'class-validator';

import { Policies, type Principal } from '@app/identity';
import { Books, HOUSE_BOOK, OpenBook, UnitOfWork, type Book } from '@app/platform';
import { Regions } from '@app/regions';
import { CurrentPrincipal, Public } from '../auth';
import { contextOf, unwrap } from '../http';

export class OpenBookRequest {
  @IsString()
  @Length(1, 63)
  code: string;

  @IsString()
  @Length(1, 100)
  name: string;

  @Matches(/^\d{2,12}$/, { message: 'region must be a region code' })
  region: string;
}

const bookView = ({ code, name, mode, region }: Book): object => ({ code, name, mode, region });

/** The fiscal units of this installation. */
@Controller()
export class BooksController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly books: Books,
    private readonly openBook: OpenBook,
    private readonly regions: Regions,
  ) {}

  /** Public, as a county's name is. */
  @Public()
  @Get('public/books')
  async list(): Promise<{ items: object[] }> {
    return { items: (await this.books.list()).map(bookView) };
  }

  /** Opens a live book; the administrator of the house only. */
  @Post('books')
  async open(@CurrentPrincipal() principal: Principal, @Body() body: OpenBookRequest): Promise<object> {
    unwrap(Policies.require(principal, HOUSE_BOOK, ['administrator']));
    unwrap(await this.regions.byCode(body.region));
    const context = contextOf(principal, HOUSE_BOOK, 'platform.open-book', `book/${body.code}`);
    return bookView(unwrap(await this.unitOfWork.run(context, (tx) => this.openBook.execute(tx, body))));
  }
}
