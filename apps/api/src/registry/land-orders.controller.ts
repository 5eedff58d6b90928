import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { Policies, type Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import {
  DecideLandOrder,
  LandOrders,
  ProposeLandOrder,
  type LandOrder,
  type ProposedLandOrder,
  type RegistryRefusal,
  type Said,
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
import { LandOrderRequest, OrdersQuery } from './order.requests';
import { DECIDERS, PROPOSERS, READERS } from './order-posts';

const PAGE = 50;

/** Parcels that are split, merged, renumbered or drawn anew: proposed by one, decided by another. */
@Controller('books/:book/land-orders')
export class LandOrdersController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: LandOrders,
    private readonly proposeLandOrder: ProposeLandOrder,
    private readonly decideLandOrder: DecideLandOrder,
  ) {}

  /** The newest first, in the caller's regions. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { state, parcel, cursor, limit }: OrdersQuery,
  ): Promise<Page<LandOrder & { readonly summary: Said }>> {
    requirePost(principal, book, READERS);
    const scope = Policies.regionsOf(principal, book.id, READERS);
    const count = limit ?? PAGE;
    const found = await this.orders.list(book.id, {
      ...{ scope, state, parcel, count: count + 1 },
      ...(cursor && { before: BigInt(cursor) }),
    });
    return pageOf(found, count, ({ no }) => no.toString());
  }

  @Post()
  @HttpCode(201)
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: LandOrderRequest,
  ): Promise<ProposedLandOrder> {
    requirePost(principal, book, PROPOSERS);
    const regions = Policies.regionsOf(principal, book.id, PROPOSERS);
    const dryRun = isDryRun(query, reply);
    const context = contextOf(principal, book, 'registry.propose-land-order', 'land-order');
    return unwrap(
      await this.unitOfWork.run(context, (tx) =>
        this.proposeLandOrder.execute(tx, { ...body, regions, dryRun }),
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
    pathId(id, (order): RegistryRefusal => ({ code: 'LAND_ORDER_UNKNOWN', order }));
    const regions = Policies.regionsOf(principal, book.id, DECIDERS);
    const decision = { order: id, regions, ...(rejection === undefined ? {} : { rejection }) };
    const context = contextOf(principal, book, 'registry.decide-land-order', `land-order/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.decideLandOrder.execute(tx, decision)));
  }
}
