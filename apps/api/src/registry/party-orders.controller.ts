import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { Policies, type Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import {
  DecidePartyOrder,
  PartyOrders,
  ProposePartyOrder,
  type PartyOrderView,
  type ProposedPartyOrder,
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
import { OrdersPageQuery, PartyOrderRequest } from './party-order.requests';

/** Who sees the household register (户口簿), and who answers for the land that moves. */
const PROPOSERS = ['village-clerk', 'forestry-handler'];
const DECIDERS = ['forestry-reviewer'];
const READERS = [...PROPOSERS, ...DECIDERS, 'town-finance', 'credit-registrar', 'auditor'];
const PAGE = 50;

/** What happens to parties from a day on (分户, 并户, 销户, 户主变更, 更正): proposed by one, decided by another. */
@Controller('books/:book/party-orders')
export class PartyOrdersController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: PartyOrders,
    private readonly proposePartyOrder: ProposePartyOrder,
    private readonly decidePartyOrder: DecidePartyOrder,
  ) {}

  /** The newest first, in the caller's regions. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { state, cursor, limit = PAGE }: OrdersPageQuery,
  ): Promise<Page<PartyOrderView>> {
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
    @Body() body: PartyOrderRequest,
  ): Promise<ProposedPartyOrder> {
    requirePost(principal, book, PROPOSERS);
    const regions = Policies.regionsOf(principal, book.id, PROPOSERS);
    const dryRun = isDryRun(query, reply);
    const context = contextOf(principal, book, 'registry.propose-party-order', 'party-order');
    const proposal = { ...body, regions, bookRegion: book.region, dryRun };
    return unwrap(await this.proposePartyOrder.execute(context, proposal));
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
    pathId(id, (order): RegistryRefusal => ({ code: 'PARTY_ORDER_UNKNOWN', order }));
    const regions = Policies.regionsOf(principal, book.id, DECIDERS);
    const decision = { order: id, regions, ...(rejection === undefined ? {} : { rejection }) };
    const context = contextOf(principal, book, 'registry.decide-party-order', `party-order/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.decidePartyOrder.execute(tx, decision)));
  }
}
