import { Body, Controller, Get, Post } from '@nestjs/common';

import { DecideQuality, ProposeQuality, QualityResults, type QualityResultView } from '@app/compensation';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal } from '../auth';
import { BookParam, contextOf, DecisionRequest, unwrap } from '../http';
import { QualityRequest } from './indexing.requests';
import { ProposalId } from './proposal-param';
import { rosterScope } from './roster-readers';

/** Monitoring results of ecological quality (生态质量监测): entered with evidence, let count by another. */
@Controller('books/:book/quality-results')
export class QualityResultsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly proposeQuality: ProposeQuality,
    private readonly decideQuality: DecideQuality,
    private readonly results: QualityResults,
  ) {}

  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: QualityResultView[] }> {
    rosterScope(principal, book);
    return { items: await this.results.list(book.id) };
  }

  @Post()
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: QualityRequest,
  ): Promise<{ id: string }> {
    const draft = { ...body, multiplierPpm: BigInt(body.multiplierPpm) };
    const context = contextOf(principal, book, 'compensation.propose-quality', `region/${body.region}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.proposeQuality.execute(tx, principal, draft)),
    );
  }

  @Post(':id/decision')
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @ProposalId() id: string,
    @Body() { rejection }: DecisionRequest,
  ): Promise<{ id: string }> {
    const context = contextOf(principal, book, 'compensation.decide-quality', `quality/${id}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) =>
        this.decideQuality.execute(tx, principal, { id, rejection }),
      ),
    );
  }
}
