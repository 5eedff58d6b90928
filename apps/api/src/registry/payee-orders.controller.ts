import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { Policies, type Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import {
  DecidePayeeOrder,
  PayeeOrders,
  ProposePayeeOrder,
  type PayeeOrderView,
  type ProposedPayeeOrder,
  type RegistryRefusal,
} from '@app/registry';
import { CurrentPrincipal, requirePost } from '../auth';
import {
  BookParam,
  contextOf,
  DecisionRequest,
  DryRunQuery,
  isDryRun,
  type Page,
  pageOf,
  pathId,
  unwrap,
} from '../http';
import { OrdersPageQuery, PayeeOrderRequest } from './party-order.requests';

/** The village handles, the town's finance re-checks (村经办, 镇财政所复核), as with every account. */
const PROPOSERS = ['village-clerk', 'forestry-handler'];
const DECIDERS = ['town-finance'];
const READERS = [
  ...PROPOSERS,
  ...DECIDERS,
  'forestry-reviewer',
  'finance-review',
  'payout-centre',
  'auditor',
];
const PAGE = 50;

/** Who is paid in a holder's place (监护, 继承, 受让, 代领): proposed by one, decided by another. */
@Controller('books/:book/payee-orders')
export class PayeeOrdersController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: PayeeOrders,
    private readonly proposePayeeOrder: ProposePayeeOrder,
    private readonly decidePayeeOrder: DecidePayeeOrder,
  ) {}

  /** The newest first, in the caller's regions. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { state, cursor, limit = PAGE }: OrdersPageQuery,
  ): Promise<Page<PayeeOrderView>> {
    requirePost(principal, book, READERS);
    const scope = Policies.regionsOf(principal, book.id, READERS);
    const found = await this.orders.list(book.id, { scope, state, after: cursor, count: limit + 1 });
    return pageOf(found, limit, ({ id }) => id);
  }

  @Post()
  @HttpCode(201)
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: PayeeOrderRequest,
  ): Promise<ProposedPayeeOrder> {
    requirePost(principal, book, PROPOSERS);
    const regions = Policies.regionsOf(principal, book.id, PROPOSERS);
    const dryRun = isDryRun(query, reply);
    const context = contextOf(principal, book, 'registry.propose-payee-order', 'payee-order');
    return unwrap(
      await this.unitOfWork.run(context, (tx) =>
        this.proposePayeeOrder.execute(tx, { ...body, regions, dryRun }),
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
  ): Promise<{ id: string }> {
    requirePost(principal, book, DECIDERS);
    pathId(id, (order): RegistryRefusal => ({ code: 'PAYEE_ORDER_UNKNOWN', order }));
    const regions = Policies.regionsOf(principal, book.id, DECIDERS);
    const decision = { order: id, regions, ...(rejection === undefined ? {} : { rejection }) };
    const context = contextOf(principal, book, 'registry.decide-payee-order', `payee-order/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.decidePayeeOrder.execute(tx, decision)));
  }
}
