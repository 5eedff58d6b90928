import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';

import { IssueRegion, Issuances, type IssuedCredits, type PublicIssuance } from '@app/credits';
import type { Principal } from '@app/identity';
import type { Book } from '@app/platform';
import { CurrentPrincipal, Public, requirePost } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { IssueRequest } from './credits.requests';

/** Issuances (登记·核发) of a book. What they are is public: they name no person. */
@Controller()
export class IssuancesController {
  constructor(
    private readonly issueRegion: IssueRegion,
    private readonly issuances: Issuances,
  ) {}

  /** Issues what was measured and re-checked, an issuance a township and grade. */
  @Post('books/:book/issuances')
  @HttpCode(201)
  async issue(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() { from, to, region = book.region, documentNo }: IssueRequest,
  ): Promise<{ items: IssuedCredits[] }> {
    const { actingOrderNo } = requirePost(principal, book, ['credit-registrar'], region);
    const command = {
      region,
      period: { from, to },
      documentNo,
      ...(actingOrderNo === undefined ? {} : { actingOrderNo }),
    };
    const context = contextOf(principal, book, 'credits.issue-credits', `region/${region}`);
    return { items: unwrap(await this.issueRegion.execute(context, command)) };
  }

  @Public()
  @Get(['books/:book/issuances', 'public/books/:book/issuances'])
  async list(@BookParam() book: Book): Promise<{ items: PublicIssuance[] }> {
    return { items: await this.issuances.list(book.id) };
  }
}
