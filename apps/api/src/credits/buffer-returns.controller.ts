import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';

import {
  BufferReturns,
  DecideBufferReturn,
  ProposeBufferReturn,
  type BufferRefusal,
  type BufferReturn,
  type ProposedReturn,
} from '@app/credits';
import { Policies, type Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, DecisionRequest, pathId, unwrap } from '../http';
import { BufferReturnRequest } from './statements.requests';

const PROPOSERS = ['credit-registrar'];
const DECIDERS = ['forestry-reviewer'];
const READERS = [...PROPOSERS, ...DECIDERS, 'auditor'];

/** What is left of a buffer returns to whose land it came from, when the county's rule says that it is time. */
@Controller('books/:book/buffer-returns')
export class BufferReturnsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly returns: BufferReturns,
    private readonly proposeBufferReturn: ProposeBufferReturn,
    private readonly decideBufferReturn: DecideBufferReturn,
  ) {}

  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: BufferReturn[] }> {
    requirePost(principal, book, READERS);
    return { items: await this.returns.list(book.id) };
  }

  @Post()
  @HttpCode(201)
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() { issuance, documentNo }: BufferReturnRequest,
  ): Promise<ProposedReturn> {
    requirePost(principal, book, PROPOSERS);
    const regions = Policies.regionsOf(principal, book.id, PROPOSERS);
    const context = contextOf(principal, book, 'credits.propose-buffer-return', `issuance/${issuance}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) =>
        this.proposeBufferReturn.execute(tx, { issuance, documentNo, regions }),
      ),
    );
  }

  @Post(':id/decision')
  @HttpCode(201)
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { rejection }: DecisionRequest,
  ): Promise<{ id: string; grams: bigint }> {
    requirePost(principal, book, DECIDERS);
    pathId(id, (bufferReturn): BufferRefusal => ({ code: 'BUFFER_RETURN_UNKNOWN', bufferReturn }));
    const regions = Policies.regionsOf(principal, book.id, DECIDERS);
    const decision = { bufferReturn: id, regions, ...(rejection === undefined ? {} : { rejection }) };
    const context = contextOf(principal, book, 'credits.decide-buffer-return', `buffer-return/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.decideBufferReturn.execute(tx, decision)));
  }
}
