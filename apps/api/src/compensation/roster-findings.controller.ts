import { Body, Controller, Get, Post, Query } from '@nestjs/common';

import { DecideFindings, RosterFindings, Rosters, type RosterFindingView } from '@app/compensation';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal } from '../auth';
import { BookParam, contextOf, pageOf, unwrap, type Page } from '../http';
import { FindingsDecisionRequest, FindingsQuery, FindingsRequest } from './finding.requests';
import { RosterId, rosterUnknown } from './roster-param';
import { rosterScope } from './roster-readers';

/** What the guards found about a roster (疑点), and what two people make of it. */
@Controller('books/:book/rosters/:id/findings')
export class RosterFindingsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rosters: Rosters,
    private readonly findings: RosterFindings,
    private readonly decideFindings: DecideFindings,
  ) {}

  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @RosterId() roster: string,
    @Query() { cursor: after, ...query }: FindingsQuery,
  ): Promise<Page<RosterFindingView>> {
    if (!(await this.rosters.byId(book.id, roster, rosterScope(principal, book))))
      throw rosterUnknown(roster);
    const found = await this.findings.list(book.id, { ...query, roster, after });
    return pageOf(found, query.limit, ({ id }) => id);
  }

  /** The first of two: says why the lines may go on. */
  @Post('release-proposals')
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @RosterId() roster: string,
    @Body() body: FindingsRequest,
  ): Promise<{ findings: number }> {
    const context = contextOf(principal, book, 'compensation.propose-release', `roster/${roster}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) =>
        this.decideFindings.propose(tx, principal, { ...body, roster }),
      ),
    );
  }

  /** The second: lets go what another proposed, keeps it held, or takes the lines out for good. */
  @Post('decisions')
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @RosterId() roster: string,
    @Body() body: FindingsDecisionRequest,
  ): Promise<{ findings: number; lines: number }> {
    const context = contextOf(principal, book, 'compensation.decide-findings', `roster/${roster}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) =>
        this.decideFindings.decide(tx, principal, { ...body, roster }),
      ),
    );
  }
}
