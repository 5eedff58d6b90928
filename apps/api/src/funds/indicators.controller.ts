import { Body, Controller, Get, Post, Query } from '@nestjs/common';

import { AllotIndicator, Indicators, type IndicatorFilter, type IndicatorView } from '@app/funds';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, pageOf, unwrap, type Page } from '../http';
import { KEEPERS, READERS } from './funds-posts';
import { AllotIndicatorRequest, IndicatorQuery, INDICATORS_SHOWN_MAX } from './indicator.request';

/** Budget indicators (预算指标) and where their authority stands, in fen. */
@Controller('books/:book/indicators')
export class IndicatorsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly allotIndicator: AllotIndicator,
    private readonly indicators: Indicators,
  ) {}

  @Post()
  async allot(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: AllotIndicatorRequest,
  ): Promise<{ id: string } & AllotIndicatorRequest> {
    requirePost(principal, book, KEEPERS, book.region);
    const draft = { ...body, amountFen: BigInt(body.amountFen) };
    const allotted = await this.unitOfWork.run(contextOf(principal, book, 'funds.allot-indicator'), (tx) =>
      this.allotIndicator.execute(tx, draft),
    );
    return { ...unwrap(allotted), ...body };
  }

  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { cursor, limit = INDICATORS_SHOWN_MAX, year, ...rest }: IndicatorQuery,
  ): Promise<Page<IndicatorView>> {
    requirePost(principal, book, READERS);
    const filter: IndicatorFilter = {
      ...rest,
      ...(year !== undefined && { year: Number(year) }),
      ...(cursor !== undefined && { after: cursor }),
      limit: limit + 1,
    };
    return pageOf(await this.indicators.list(book.id, filter), limit, ({ id }) => id);
  }
}
