import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { LandCredits, type CreditedYear } from '@app/credits';
import { Policies, type Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import {
  DecideParcelOrder,
  ParcelOrders,
  ProposeParcelOrder,
  type ParcelOrder,
  type ProposedParcelOrder,
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
import { OrdersQuery, ParcelOrderRequest } from './order.requests';
import { DECIDERS, PROPOSERS, READERS } from './order-posts';

const PAGE = 50;

/** Changes of a parcel's facts from a day on (变更令): proposed by one, decided by another. */
@Controller('books/:book/parcel-orders')
export class ParcelOrdersController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: ParcelOrders,
    private readonly credits: LandCredits,
    private readonly proposeParcelOrder: ProposeParcelOrder,
    private readonly decideParcelOrder: DecideParcelOrder,
  ) {}

  /** The newest first, in the caller's regions. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { state, parcel, cursor, limit }: OrdersQuery,
  ): Promise<Page<ParcelOrder & { readonly summary: Said }>> {
    requirePost(principal, book, READERS);
    const scope = Policies.regionsOf(principal, book.id, READERS);
    const count = limit ?? PAGE;
    const found = await this.orders.list(book.id, {
      ...{ scope, state, parcel, count: count + 1 },
      ...(cursor && { before: BigInt(cursor) }),
    });
    return pageOf(found, count, ({ no }) => no.toString());
  }

  /** Answers besides the change which years of the land were credited from its day on: they stay as they are. */
  @Post()
  @HttpCode(201)
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: ParcelOrderRequest,
  ): Promise<ProposedParcelOrder & { readonly credited: readonly CreditedYear[] }> {
    requirePost(principal, book, PROPOSERS);
    const regions = Policies.regionsOf(principal, book.id, PROPOSERS);
    const dryRun = isDryRun(query, reply);
    const context = contextOf(principal, book, 'registry.propose-parcel-order', 'parcel-order');
    const proposed = unwrap(
      await this.unitOfWork.run(context, (tx) =>
        this.proposeParcelOrder.execute(tx, { ...body, regions, dryRun }),
      ),
    );
    return { ...proposed, credited: await this.credits.creditedFrom(book.id, body.parcelCode, body.from) };
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
    pathId(id, (order): RegistryRefusal => ({ code: 'PARCEL_ORDER_UNKNOWN', order }));
    const regions = Policies.regionsOf(principal, book.id, DECIDERS);
    const decision = { order: id, regions, ...(rejection === undefined ? {} : { rejection }) };
    const context = contextOf(principal, book, 'registry.decide-parcel-order', `parcel-order/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.decideParcelOrder.execute(tx, decision)));
  }
}
