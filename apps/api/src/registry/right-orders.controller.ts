import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { ParcelRosters, type ParcelRoster } from '@app/compensation';
import { ParcelIssuances, type ParcelIssuance } from '@app/credits';
import { Policies, type Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import {
  DecideRightOrder,
  ProposeRightOrder,
  RightOrders,
  type ProposedRightOrder,
  type RegistryRefusal,
  type RightOrder,
} from '@app/registry';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, DecisionRequest, DryRunQuery, isDryRun, pathId, unwrap } from '../http';
import { DECIDERS, PROPOSERS, READERS } from './order-posts';
import { RightOrderRequest, RightOrdersQuery } from './right-order.requests';

const SHOWN = 200;

interface Settled {
  readonly settled: {
    readonly rosters: readonly ParcelRoster[];
    readonly issuances: readonly ParcelIssuance[];
  };
}

/** Who holds a right to a parcel from a day on (流转, 继承…): proposed by one, decided by another. */
@Controller('books/:book/right-orders')
export class RightOrdersController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: RightOrders,
    private readonly proposeRightOrder: ProposeRightOrder,
    private readonly decideRightOrder: DecideRightOrder,
    private readonly rosters: ParcelRosters,
    private readonly issuances: ParcelIssuances,
  ) {}

  /** The newest, in the caller's regions. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { state }: RightOrdersQuery,
  ): Promise<{ items: RightOrder[] }> {
    requirePost(principal, book, READERS);
    const scope = Policies.regionsOf(principal, book.id, READERS);
    return { items: await this.orders.list(book.id, { scope, count: SHOWN, ...(state && { state }) }) };
  }

  @Post()
  @HttpCode(201)
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: RightOrderRequest,
  ): Promise<ProposedRightOrder & Partial<Settled>> {
    requirePost(principal, book, PROPOSERS);
    const regions = Policies.regionsOf(principal, book.id, PROPOSERS);
    const dryRun = isDryRun(query, reply);
    const context = contextOf(principal, book, 'registry.propose-right-order', 'right-order');
    const proposed = unwrap(
      await this.unitOfWork.run(context, (tx) =>
        this.proposeRightOrder.execute(tx, { ...body, regions, dryRun }),
      ),
    );
    return body.reason === 'correction' ? { ...proposed, ...(await this.settled(book, body)) } : proposed;
  }

  /** What rests on the days that a correction is about: it stays as it is, and people look at it. */
  private async settled(book: Book, { parcelCode, from, to }: RightOrderRequest): Promise<Settled> {
    const [rosters, issuances] = [
      await this.rosters.of(book.id, parcelCode, from, to ?? null),
      await this.issuances.of(book.id, parcelCode, from, to ?? null),
    ];
    return { settled: { rosters, issuances } };
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
    pathId(id, (order): RegistryRefusal => ({ code: 'RIGHT_ORDER_UNKNOWN', order }));
    const regions = Policies.regionsOf(principal, book.id, DECIDERS);
    const decision = { order: id, regions, ...(rejection === undefined ? {} : { rejection }) };
    const context = contextOf(principal, book, 'registry.decide-right-order', `right-order/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.decideRightOrder.execute(tx, decision)));
  }
}
