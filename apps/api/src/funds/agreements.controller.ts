import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';

import {
  AcceptAgreement,
  Agreements,
  DecideAgreement,
  ProposeAgreement,
  ReceiveTransfer,
  RecordBenefit,
  RemitTransfer,
  type AgreementView,
  type DecisionState,
  type FundsRefusal,
} from '@app/funds';
import type { Principal } from '@app/identity';
import type { Refusal, Result } from '@app/kernel';
import { UnitOfWork, type Book, type Tx } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, DecisionRequest, pathId, unwrap } from '../http';
import { AgreementRequest, BenefitRequest, ReceiptRequest, RemittanceRequest } from './agreement.requests';
import { DECIDERS, KEEPERS, READERS } from './funds-posts';

const unknown = (agreement: string): FundsRefusal => ({ code: 'AGREEMENT_UNKNOWN', agreement });
/** A number of a path that is none is nobody's. */
const numberOf = (text: string): number => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0);

/** Compensation between two books: each book's own people enter, accept, decide and post for it. */
@Controller('books/:book/agreements')
export class AgreementsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly agreements: Agreements,
    private readonly proposeAgreement: ProposeAgreement,
    private readonly acceptAgreement: AcceptAgreement,
    private readonly decideAgreement: DecideAgreement,
    private readonly remitTransfer: RemitTransfer,
    private readonly receiveTransfer: ReceiveTransfer,
    private readonly recordBenefit: RecordBenefit,
  ) {}

  /** Of this book, and what other books offer it. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: AgreementView[] }> {
    requirePost(principal, book, READERS);
    return { items: await this.agreements.list(book.id) };
  }

  @Post()
  @HttpCode(201)
  propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: AgreementRequest,
  ): Promise<{ id: string }> {
    const proposal = { ...body, amountFen: BigInt(body.amountFen) };
    return this.byKeeper(principal, book, 'funds.propose-agreement', (tx) =>
      this.proposeAgreement.execute(tx, proposal),
    );
  }

  @Post(':id/acceptance')
  @HttpCode(201)
  accept(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<{ id: string }> {
    pathId(id, unknown);
    return this.byKeeper(principal, book, 'funds.accept-agreement', (tx) =>
      this.acceptAgreement.execute(tx, id),
    );
  }

  @Post(':id/decision')
  @HttpCode(201)
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: DecisionRequest,
  ): Promise<{ id: string; state: DecisionState }> {
    requirePost(principal, book, DECIDERS, book.region);
    pathId(id, (shown): FundsRefusal => ({ code: 'PROPOSAL_UNKNOWN', id: shown }));
    const context = contextOf(principal, book, 'funds.decide-agreement', `agreement/${id}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.decideAgreement.execute(tx, { ...body, id })),
    );
  }

  @Post(':id/transfers')
  @HttpCode(201)
  remit(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { indicatorId: indicator, amountFen, documentNo }: RemittanceRequest,
  ): Promise<{ no: number }> {
    const remittance = {
      ...{ agreement: pathId(id, unknown), indicator, documentNo },
      amountFen: BigInt(amountFen),
    };
    return this.byKeeper(principal, book, 'funds.remit', (tx) => this.remitTransfer.execute(tx, remittance));
  }

  @Post(':id/transfers/:no/receipt')
  @HttpCode(201)
  receive(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param() { id, no }: { id: string; no: string },
    @Body() body: ReceiptRequest,
  ): Promise<{ indicator: string; amountFen: bigint }> {
    const receipt = { agreement: pathId(id, unknown), no: numberOf(no), indicator: body };
    return this.byKeeper(principal, book, 'funds.receive', (tx) => this.receiveTransfer.execute(tx, receipt));
  }

  @Post(':id/benefits')
  @HttpCode(201)
  benefit(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: BenefitRequest,
  ): Promise<{ no: number }> {
    const draft = { ...body, agreement: pathId(id, unknown), valuedFen: BigInt(body.valuedFen) };
    return this.byKeeper(principal, book, 'funds.record-benefit', (tx) =>
      this.recordBenefit.execute(tx, draft),
    );
  }

  private async byKeeper<T, R extends Refusal>(
    principal: Principal,
    book: Book,
    action: string,
    work: (tx: Tx) => Promise<Result<T, R>>,
  ): Promise<T> {
    requirePost(principal, book, KEEPERS, book.region);
    return unwrap(await this.unitOfWork.run(contextOf(principal, book, action), work));
  }
}
