import { Body, Controller, Get, Post, Query } from '@nestjs/common';

import { Reissue, ReturnedLines, type PlannedBatch, type ReturnedPage } from '@app/disbursement';
import { Policies, type Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { RETURN_WORKERS } from './payout-posts';
import { ReissueRequestBody, ReturnedLinesQuery } from './payout.requests';

/** Bank returns (退票): what waits in 退回待处理, and paying it again. */
@Controller('books/:book')
export class ReturnsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly returnedLines: ReturnedLines,
    private readonly reissue: Reissue,
  ) {}

  /** The lines of payees in the caller's own regions, with the reason and what to do in Chinese. */
  @Get('returned-lines')
  list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: ReturnedLinesQuery,
  ): Promise<ReturnedPage> {
    requirePost(principal, book, RETURN_WORKERS);
    return this.returnedLines.list(book.id, Policies.regionsOf(principal, book.id, RETURN_WORKERS), query);
  }

  /** Takes the lines back into what is owed and puts exactly them into new batches. */
  @Post('reissues')
  async again(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() { lineIds }: ReissueRequestBody,
  ): Promise<{ batches: readonly PlannedBatch[] }> {
    requirePost(principal, book, ['payout-centre'], book.region);
    const requests = lineIds.map((lineId) => ({ lineId }));
    const context = contextOf(principal, book, 'disbursement.reissue');
    return unwrap(await this.unitOfWork.run(context, (tx) => this.reissue.execute(tx, requests)));
  }
}
