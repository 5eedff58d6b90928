import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import {
  DecideYearEnd,
  ProposeYearEnd,
  YearEnds,
  type FundsRefusal,
  type YearEnd,
  type YearEndDecided,
} from '@app/funds';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, DecisionRequest, pathId, unwrap } from '../http';
import { StateQuery, YearEndRequest } from './adjustment.requests';
import { DECIDERS, KEEPERS, READERS } from './funds-posts';

/** What becomes of what is left at the end of a year: carried over for two years at most, or recovered. */
@Controller('books/:book/year-ends')
export class YearEndsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly yearEnds: YearEnds,
    private readonly proposeYearEnd: ProposeYearEnd,
    private readonly decideYearEnd: DecideYearEnd,
  ) {}

  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { state }: StateQuery,
  ): Promise<{ items: YearEnd[] }> {
    requirePost(principal, book, READERS);
    return { items: await this.yearEnds.list(book.id, state) };
  }

  @Post()
  @HttpCode(201)
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() { indicatorId: indicator, action, documentNo }: YearEndRequest,
  ): Promise<{ id: string; availableFen: bigint }> {
    requirePost(principal, book, KEEPERS, book.region);
    const context = contextOf(principal, book, 'funds.propose-year-end', `indicator/${indicator}`);
    const proposal = { indicator, action, documentNo };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.proposeYearEnd.execute(tx, proposal)));
  }

  @Post(':id/decision')
  @HttpCode(201)
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: DecisionRequest,
  ): Promise<YearEndDecided> {
    requirePost(principal, book, DECIDERS, book.region);
    pathId(id, (shown): FundsRefusal => ({ code: 'PROPOSAL_UNKNOWN', id: shown }));
    const context = contextOf(principal, book, 'funds.decide-year-end', `year-end/${id}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.decideYearEnd.execute(tx, { ...body, id })),
    );
  }
}
