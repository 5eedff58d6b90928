import { Body, Controller, HttpCode, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { ProposeStockSet, type Proposed } from '@app/credits';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, DryRunQuery, isDryRun, unwrap } from '../http';
import { StockSetRequest } from './stock-set.request';

const PROPOSERS = ['credit-registrar', 'forestry-handler'];

/** Sets of the stock-change method (蓄积量变化法). They are decided and read where sets of coefficients are. */
@Controller('books/:book/stock-change-sets')
export class StockChangeSetsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly proposeStockSet: ProposeStockSet,
  ) {}

  /** Answers what the set would make of the book's parcels in a year. */
  @Post()
  @HttpCode(201)
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() { bufferPpm, ...set }: StockSetRequest,
  ): Promise<Proposed> {
    requirePost(principal, book, PROPOSERS, book.region);
    const dryRun = isDryRun(query, reply);
    const context = contextOf(principal, book, 'credits.propose-stock-set', `coefficients/${set.version}`);
    const proposal = { ...set, bufferPpm: BigInt(bufferPpm), dryRun };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.proposeStockSet.execute(tx, proposal)));
  }
}
