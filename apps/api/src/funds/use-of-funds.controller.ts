import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import {
  RecordUse,
  SetEarmark,
  UseOfFunds,
  VoidUse,
  type Earmark,
  type EarmarkRule,
  type FundsRefusal,
  type UseOfParty,
  type Voucher,
} from '@app/funds';
import { Policies, type Principal } from '@app/identity';
import { dayOf, type Day } from '@app/kernel';
import { Books, UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, pathId, unwrap } from '../http';
import { DECIDERS } from './funds-posts';
import { EarmarkRequest, UseRequest, VoidRequest, VoucherQuery } from './use.requests';

const RECORDERS = ['town-finance', 'forestry-handler'];
const READERS = [...RECORDERS, 'forestry-reviewer', 'finance-review', 'auditor'];

/** Money with a purpose: what payees other than households may use it for, and what they did. */
@Controller('books/:book')
export class UseOfFundsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly books: Books,
    private readonly use: UseOfFunds,
    private readonly recordUse: RecordUse,
    private readonly voidUse: VoidUse,
    private readonly setEarmark: SetEarmark,
  ) {}

  /** Received, used, what is left of it, and what is not as it should be, by payee. */
  @Get('use-of-funds')
  async show(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ day: Day; items: UseOfParty[] }> {
    requirePost(principal, book, READERS);
    const day = dayOf(await this.books.now(book.id));
    return { day, items: await this.use.on(book.id, day, Policies.regionsOf(principal, book.id, READERS)) };
  }

  @Get('use-vouchers')
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { partyId }: VoucherQuery,
  ): Promise<{ items: Voucher[] }> {
    requirePost(principal, book, READERS);
    const regions = Policies.regionsOf(principal, book.id, READERS);
    const filter = { regions, ...(partyId !== undefined && { party: partyId }) };
    return { items: await this.use.vouchers(book.id, filter) };
  }

  @Post('use-vouchers')
  @HttpCode(201)
  async record(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() { partyId, amountFen, ...rest }: UseRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, RECORDERS);
    const regions = Policies.regionsOf(principal, book.id, RECORDERS);
    const draft = { ...rest, party: partyId, amountFen: BigInt(amountFen) };
    const context = contextOf(principal, book, 'funds.record-use', `party/${partyId}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.recordUse.execute(tx, draft, regions)));
  }

  @Post('use-vouchers/:id/voiding')
  @HttpCode(201)
  async void(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: VoidRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, RECORDERS);
    pathId(id, (voucher): FundsRefusal => ({ code: 'VOUCHER_UNKNOWN', voucher }));
    const regions = Policies.regionsOf(principal, book.id, RECORDERS);
    const context = contextOf(principal, book, 'funds.void-use', `voucher/${id}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.voidUse.execute(tx, { id, reason, regions })),
    );
  }

  @Get('earmarks')
  async rules(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: Earmark[] }> {
    requirePost(principal, book, READERS);
    return { items: await this.use.rules(book.id, dayOf(await this.books.now(book.id))) };
  }

  @Post('earmarks')
  @HttpCode(201)
  async rule(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: EarmarkRequest,
  ): Promise<EarmarkRule> {
    requirePost(principal, book, DECIDERS, book.region);
    const context = contextOf(principal, book, 'funds.set-earmark', `earmark/${body.payeeKind}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.setEarmark.execute(tx, body)));
  }
}
