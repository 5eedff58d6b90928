import { Body, Controller, Get, Post } from '@nestjs/common';

import {
  DecideIndex,
  IndexDecisions,
  ProposeIndex,
  type IndexDecisionView,
  type ProposedIndex,
} from '@app/compensation';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal } from '../auth';
import { BookParam, contextOf, DecisionRequest, unwrap } from '../http';
import { IndexRequest } from './indexing.requests';
import { ProgrammeId, ProposalId } from './proposal-param';
import { rosterScope } from './roster-readers';

/** What standards become by an index (指数化): proposed with its inputs, decided by another, told with its reckoning. */
@Controller('books/:book')
export class IndexDecisionsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly proposeIndex: ProposeIndex,
    private readonly decideIndex: DecideIndex,
    private readonly decisions: IndexDecisions,
  ) {}

  @Get('programmes/:id/index-decisions')
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @ProgrammeId() id: string,
  ): Promise<{ items: IndexDecisionView[] }> {
    rosterScope(principal, book);
    return { items: await this.decisions.list(book.id, id) };
  }

  @Post('programmes/:id/index-decisions')
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @ProgrammeId() id: string,
    @Body() body: IndexRequest,
  ): Promise<ProposedIndex> {
    const draft = {
      ...body,
      programme: id,
      floorPpm: BigInt(body.floorPpm),
      capPpm: BigInt(body.capPpm),
      lowestFenPerMu: BigInt(body.lowestFenPerMu),
      highestFenPerMu: BigInt(body.highestFenPerMu),
      variables: body.variables.map((one) => ({
        ...one,
        valuePpm: BigInt(one.valuePpm),
        weightPpm: BigInt(one.weightPpm),
      })),
    };
    const context = contextOf(principal, book, 'compensation.propose-index', `programme/${id}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.proposeIndex.execute(tx, principal, draft)),
    );
  }

  /** Approved, the standards that follow are entered. */
  @Post('index-decisions/:id/decision')
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @ProposalId() id: string,
    @Body() { rejection }: DecisionRequest,
  ): Promise<{ id: string; standards: number }> {
    const context = contextOf(principal, book, 'compensation.decide-index', `index/${id}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.decideIndex.execute(tx, principal, { id, rejection })),
    );
  }
}
