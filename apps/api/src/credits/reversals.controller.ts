import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import {
  DecideReversal,
  ProposeReversal,
  publicReversal,
  Reversals,
  SettleShortfall,
  type CreditsRefusal,
  type DecidedReversal,
  type ListedReversal,
  type LostParcel,
  type ProposedReversal,
  type PublicReversal,
  type SettledShortfall,
} from '@app/credits';
import { Policies, type Principal } from '@app/identity';
import { isUuid } from '@app/kernel';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, Public, requirePost } from '../auth';
import {
  BookParam,
  contextOf,
  DecisionRequest,
  DryRunQuery,
  isDryRun,
  type Page,
  pageOf,
  RefusalException,
  unwrap,
} from '../http';
import {
  PublicReversalsQuery,
  ReversalRequest,
  ReversalsQuery,
  SettlementRequest,
} from './reversal.requests';

const PROPOSERS = ['forestry-handler'];
const DECIDERS = ['forestry-reviewer', 'credit-registrar'];
const SETTLERS = ['credit-registrar'];
const READERS = [...PROPOSERS, ...DECIDERS, 'village-clerk', 'town-finance', 'auditor'];
const PAGE = 50;

/** Credited carbon that is lost (逆转): proposed by one, decided by another, seen by everybody. */
@Controller()
export class ReversalsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reversals: Reversals,
    private readonly proposeReversal: ProposeReversal,
    private readonly decideReversal: DecideReversal,
    private readonly settleShortfall: SettleShortfall,
  ) {}

  /** Those in force that touch the region, the newest first: villages and grams, no parcel and no person. */
  @Public()
  @Get('public/books/:book/reversals')
  async publicList(
    @BookParam() book: Book,
    @Query() { region = book.region, cursor, limit = PAGE }: PublicReversalsQuery,
  ): Promise<{ items: PublicReversal[]; next: string | null }> {
    const filter = { scope: [region], state: 'approved' as const, after: cursor, count: limit };
    const { items, next } = await this.page(book.id, filter);
    return { items: items.map(publicReversal), next };
  }

  /** Those that touch the caller's regions, the newest first. */
  @Get('books/:book/reversals')
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { state, cursor, limit = PAGE }: ReversalsQuery,
  ): Promise<Page<ListedReversal>> {
    requirePost(principal, book, READERS);
    const scope = Policies.regionsOf(principal, book.id, READERS);
    return this.page(book.id, { scope, state, after: cursor, count: limit });
  }

  @Get('books/:book/reversals/:id')
  async one(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<ListedReversal & { lostParcels: LostParcel[] }> {
    requirePost(principal, book, READERS, book.region);
    const found = isUuid(id) ? await this.reversals.one(book.id, id) : undefined;
    if (!found) throw unknown(id);
    return found;
  }

  /** Answers what approving it now would do. */
  @Post('books/:book/reversals')
  @HttpCode(201)
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: ReversalRequest,
  ): Promise<ProposedReversal> {
    requirePost(principal, book, PROPOSERS);
    const regions = Policies.regionsOf(principal, book.id, PROPOSERS);
    const dryRun = isDryRun(query, reply);
    const context = contextOf(principal, book, 'credits.propose-reversal', 'reversal');
    return unwrap(
      await this.unitOfWork.run(context, (tx) =>
        this.proposeReversal.execute(tx, { ...body, regions, dryRun }),
      ),
    );
  }

  @Post('books/:book/reversals/:id/decision')
  @HttpCode(201)
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() { rejection }: DecisionRequest,
  ): Promise<DecidedReversal> {
    requirePost(principal, book, DECIDERS, book.region);
    if (!isUuid(id)) throw unknown(id);
    const dryRun = isDryRun(query, reply);
    const decision = { reversal: id, dryRun, ...(rejection === undefined ? {} : { rejection }) };
    const context = contextOf(principal, book, 'credits.decide-reversal', `reversal/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.decideReversal.execute(tx, decision)));
  }

  /** Makes good what is open, from the buffers or, by agreement, from what the right holders hold. */
  @Post('books/:book/reversals/:id/settlements')
  @HttpCode(201)
  async settle(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: SettlementRequest,
  ): Promise<SettledShortfall> {
    requirePost(principal, book, SETTLERS, book.region);
    if (!isUuid(id)) throw unknown(id);
    const dryRun = isDryRun(query, reply);
    const context = contextOf(principal, book, 'credits.settle-shortfall', `reversal/${id}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) =>
        this.settleShortfall.execute(tx, { ...body, reversal: id, dryRun }),
      ),
    );
  }

  private async page(book: number, filter: Parameters<Reversals['list']>[1]): Promise<Page<ListedReversal>> {
    const found = await this.reversals.list(book, { ...filter, count: filter.count + 1 });
    return pageOf(found, filter.count, ({ id }) => id);
  }
}

function unknown(id: string): RefusalException {
  const reason: CreditsRefusal = { code: 'REVERSAL_UNKNOWN', reversal: id.slice(0, 64) };
  return new RefusalException(reason);
}
