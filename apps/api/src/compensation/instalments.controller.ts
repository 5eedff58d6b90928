import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';

import {
  Contracts,
  DecideAcceptance,
  DecideContract,
  ProposeAcceptance,
  ProposeContract,
  type CompensationRefusal,
  type ContractView,
} from '@app/compensation';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal } from '../auth';
import { BookParam, contextOf, DecisionRequest, pageOf, pathId, unwrap, type Page } from '../http';
import { EntitlementsQuery } from './entitlements.controller';
import { AcceptanceDecisionRequest, AcceptanceRequest, ContractRequest } from './instalment.requests';
import { ProgrammeId, ProposalId } from './proposal-param';
import { rosterScope } from './roster-readers';

const PAGE = 100;

/** Farmland turned to forest (退耕还林): contracts, acceptances, and the instalments they make due. */
@Controller('books/:book')
export class InstalmentsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly contracts: Contracts,
    private readonly proposeContract: ProposeContract,
    private readonly decideContract: DecideContract,
    private readonly proposeAcceptance: ProposeAcceptance,
    private readonly decideAcceptance: DecideAcceptance,
  ) {}

  @Get('programmes/:id/contracts')
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @ProgrammeId() programme: string,
    @Query() { cursor, limit = PAGE }: EntitlementsQuery,
  ): Promise<Page<ContractView>> {
    const scope = rosterScope(principal, book);
    const found = await this.contracts.list(book.id, { programme, scope, cursor, limit });
    return pageOf(found, limit, ({ contractNo }) => contractNo);
  }

  @Post('programmes/:id/contracts')
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @ProgrammeId() programme: string,
    @Body() body: ContractRequest,
  ): Promise<{ id: string }> {
    const draft = { ...body, programme, areaMu100: BigInt(body.areaMu100) };
    const context = contextOf(principal, book, 'compensation.propose-contract', `programme/${programme}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.proposeContract.execute(tx, principal, draft)),
    );
  }

  @Post('contracts/:id/decision')
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @ProposalId() id: string,
    @Body() { rejection }: DecisionRequest,
  ): Promise<{ id: string }> {
    const context = contextOf(principal, book, 'compensation.decide-contract', `contract/${id}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) =>
        this.decideContract.execute(tx, principal, { id, rejection }),
      ),
    );
  }

  @Post('contracts/:id/acceptances')
  async accept(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') given: string,
    @Body() body: AcceptanceRequest,
  ): Promise<{ id: string }> {
    const contract = pathId(given, (id): CompensationRefusal => ({ code: 'CONTRACT_UNKNOWN', contract: id }));
    const draft = { ...body, contract, areaMu100: BigInt(body.areaMu100) };
    const context = contextOf(principal, book, 'compensation.propose-acceptance', `contract/${contract}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.proposeAcceptance.execute(tx, principal, draft)),
    );
  }

  /** Confirmed by the province and checked, the year's instalment is owed. */
  @Post('acceptances/:id/decision')
  async check(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @ProposalId() id: string,
    @Body() body: AcceptanceDecisionRequest,
  ): Promise<{ id: string; owedFen: bigint }> {
    const context = contextOf(principal, book, 'compensation.decide-acceptance', `acceptance/${id}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) =>
        this.decideAcceptance.execute(tx, principal, { ...body, id }),
      ),
    );
  }
}
