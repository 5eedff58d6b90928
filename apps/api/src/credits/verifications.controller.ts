import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';

import { DecideVerification, RecordVerification, type StatementRefusal } from '@app/credits';
import { Policies, type Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, DecisionRequest, pathId, unwrap } from '../http';
import { VerificationRequest } from './statements.requests';

const RECORDERS = ['credit-registrar'];
const DECIDERS = ['forestry-reviewer'];

/** Reports of third parties on statements (核证): recorded by one, looked at by another. */
@Controller('books/:book')
export class VerificationsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly recordVerification: RecordVerification,
    private readonly decideVerification: DecideVerification,
  ) {}

  @Post('statements/:no/verifications')
  @HttpCode(201)
  async record(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('no') no: string,
    @Body() verification: VerificationRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, RECORDERS);
    const regions = Policies.regionsOf(principal, book.id, RECORDERS);
    const draft = { ...verification, statement: no.slice(0, 24), regions };
    const context = contextOf(principal, book, 'credits.record-verification', `statement/${draft.statement}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.recordVerification.execute(tx, draft)));
  }

  @Post('verifications/:id/decision')
  @HttpCode(201)
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { rejection }: DecisionRequest,
  ): Promise<{ id: string; parcels: number }> {
    requirePost(principal, book, DECIDERS);
    pathId(id, (verification): StatementRefusal => ({ code: 'VERIFICATION_UNKNOWN', verification }));
    const regions = Policies.regionsOf(principal, book.id, DECIDERS);
    const decision = { verification: id, regions, ...(rejection === undefined ? {} : { rejection }) };
    const context = contextOf(principal, book, 'credits.decide-verification', `verification/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.decideVerification.execute(tx, decision)));
  }
}
