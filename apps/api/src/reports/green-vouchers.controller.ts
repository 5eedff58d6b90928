import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';

import { GreenVouchers, IssueGreenVouchers, type GreenVoucher, type IssuedVoucher } from '@app/credits';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { Registry } from '@app/registry';
import { CurrentPrincipal, Public, requirePost } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { phoneIndexOf } from '../registry/person';
import { GreenVouchersRequest } from './reports.requests';

const ISSUERS = ['credit-registrar', 'forestry-handler'];

/** 绿色凭证 of tea plots: given by the bureau, shown to their growers, checked by everybody. */
@Controller()
export class GreenVouchersController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: Registry,
    private readonly vouchers: GreenVouchers,
    private readonly issueGreenVouchers: IssueGreenVouchers,
  ) {}

  @Public()
  @Get('public/green-vouchers/:number')
  async show(@Param('number') number: string): Promise<GreenVoucher> {
    return unwrap(await this.vouchers.byNumber(number));
  }

  /** Of the plots of the caller's own parties. */
  @Get('books/:book/my/green-vouchers')
  async own(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: GreenVoucher[] }> {
    const own = await this.registry.partiesByPhone(book.id, phoneIndexOf(principal));
    const parties = own.map(({ id }) => id);
    return { items: await this.vouchers.ofParties(book.id, parties) };
  }

  /** All of the plots or none; a plot that has its voucher keeps it. */
  @Post('books/:book/green-vouchers')
  @HttpCode(201)
  async issue(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() { region = book.region, ...command }: GreenVouchersRequest,
  ): Promise<{ items: IssuedVoucher[] }> {
    requirePost(principal, book, ISSUERS, region);
    const context = contextOf(principal, book, 'credits.issue-green-vouchers', `region/${region}`);
    const work = { ...command, region };
    return {
      items: unwrap(await this.unitOfWork.run(context, (tx) => this.issueGreenVouchers.execute(tx, work))),
    };
  }
}
