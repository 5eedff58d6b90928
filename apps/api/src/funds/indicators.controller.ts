import { Body, Controller, Get, Post } from '@nestjs/common';

import { AllotIndicator, Indicators, type IndicatorView } from '@app/funds';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { AllotIndicatorRequest } from './indicator.request';

/** Who may see what an indicator has left. */
const READERS = [
  'indicator-keeper',
  'finance-review',
  'payout-centre',
  'forestry-handler',
  'forestry-reviewer',
  'auditor',
];

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
    requirePost(principal, book, ['indicator-keeper'], book.region);
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
  ): Promise<{ items: IndicatorView[] }> {
    requirePost(principal, book, READERS);
    return { items: await this.indicators.list(book.id) };
  }
}
