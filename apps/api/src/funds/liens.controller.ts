import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import {
  DecideLien,
  Liens,
  RegisterLien,
  ReleaseLien,
  type FundsRefusal,
  type Lien,
  type LienState,
} from '@app/funds';
import { Policies, type Principal } from '@app/identity';
import type { Day } from '@app/kernel';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, DecisionRequest, pathId, unwrap } from '../http';
import { LienQuery, LienRequest, ReleaseRequest } from './lien.requests';

const REGISTRARS = ['forestry-handler'];
const CHECKERS = ['forestry-reviewer'];
const READERS = [...REGISTRARS, ...CHECKERS, 'finance-review', 'payout-centre', 'auditor'];

/** Pledges of future compensation: registered by one, checked by another, released by the lender's document. */
@Controller('books/:book/liens')
export class LiensController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly liens: Liens,
    private readonly registerLien: RegisterLien,
    private readonly decideLien: DecideLien,
    private readonly releaseLien: ReleaseLien,
  ) {}

  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { partyId, state }: LienQuery,
  ): Promise<{ items: Lien[] }> {
    requirePost(principal, book, READERS);
    const filter = {
      regions: Policies.regionsOf(principal, book.id, READERS),
      ...(partyId !== undefined && { parties: [partyId] }),
      ...(state !== undefined && { state }),
    };
    return { items: await this.liens.list(book.id, filter) };
  }

  @Post()
  @HttpCode(201)
  async register(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() { partyId, amountFen, ...papers }: LienRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, REGISTRARS);
    const regions = Policies.regionsOf(principal, book.id, REGISTRARS);
    const draft = { ...papers, party: partyId, amountFen: BigInt(amountFen) };
    const context = contextOf(principal, book, 'funds.register-lien', `party/${partyId}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.registerLien.execute(tx, draft, regions)));
  }

  @Post(':id/decision')
  @HttpCode(201)
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: DecisionRequest,
  ): Promise<{ id: string; state: LienState }> {
    requirePost(principal, book, CHECKERS, book.region);
    pathId(id, (shown): FundsRefusal => ({ code: 'PROPOSAL_UNKNOWN', id: shown }));
    const context = contextOf(principal, book, 'funds.decide-lien', `lien/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.decideLien.execute(tx, { ...body, id })));
  }

  @Post(':id/release')
  @HttpCode(201)
  async release(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { documentNo }: ReleaseRequest,
  ): Promise<{ id: string; releasedOn: Day }> {
    requirePost(principal, book, CHECKERS, book.region);
    pathId(id, (lien): FundsRefusal => ({ code: 'LIEN_UNKNOWN', lien }));
    const context = contextOf(principal, book, 'funds.release-lien', `lien/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.releaseLien.execute(tx, id, documentNo)));
  }
}
