import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import {
  Custody,
  DecideTransfer,
  ImportStatement,
  OpenPlatform,
  ProposeTransfer,
  type ListedPlatform,
  type ListedStatement,
  type ListedTransfer,
  type ReconciledStatement,
} from '@app/credits';
import type { Principal } from '@app/identity';
import { isUuid } from '@app/kernel';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, DecisionRequest, type Page, pageOf, unwrap } from '../http';
import {
  MoveInRequest,
  MoveOutRequest,
  PlatformRequest,
  StatementRequest,
  TransfersQuery,
} from './custody.requests';
import { decisionOf } from './decision.request';

const PROPOSERS = ['credit-registrar'];
const DECIDERS = ['forestry-reviewer'];
const READERS = [...PROPOSERS, ...DECIDERS, 'auditor'];
const [PAGE, STATEMENTS_SHOWN] = [50, 100];

/** Grams with other platforms (托管): moved out, confirmed or brought back, and compared with their statements. */
@Controller('books/:book/custody')
export class CustodyController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly custody: Custody,
    private readonly openPlatform: OpenPlatform,
    private readonly proposeTransfer: ProposeTransfer,
    private readonly decideTransfer: DecideTransfer,
    private readonly importStatement: ImportStatement,
  ) {}

  @Get('platforms')
  async platforms(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: ListedPlatform[] }> {
    requirePost(principal, book, READERS);
    return { items: await this.custody.platforms(book.id) };
  }

  @Post('platforms')
  @HttpCode(201)
  async open(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: PlatformRequest,
  ): Promise<{ code: string }> {
    requirePost(principal, book, PROPOSERS, book.region);
    const context = contextOf(principal, book, 'credits.open-platform', `platform/${body.code}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.openPlatform.execute(tx, body)));
  }

  @Get('transfers')
  async transfers(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { cursor, limit = PAGE, state }: TransfersQuery,
  ): Promise<Page<ListedTransfer>> {
    requirePost(principal, book, READERS, book.region);
    const after = cursor !== undefined && isUuid(cursor) ? cursor : null;
    const found = await this.custody.transfers(book.id, { after, count: limit + 1, state: state ?? null });
    return pageOf(found, limit, ({ id }) => id);
  }

  /** Asks that consented grams of a party move out. */
  @Post('moves-out')
  @HttpCode(201)
  async out(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: MoveOutRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, PROPOSERS, book.region);
    const context = contextOf(principal, book, 'credits.propose-move-out', `platform/${body.platform}`);
    const wish = { ...body, grams: BigInt(body.grams) };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.proposeTransfer.out(tx, wish)));
  }

  /** Asks that grams of a transfer come back. */
  @Post('moves-in')
  @HttpCode(201)
  async in(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: MoveInRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, PROPOSERS, book.region);
    const context = contextOf(principal, book, 'credits.propose-move-in', `transfer/${body.of}`);
    const wish = { ...body, grams: BigInt(body.grams) };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.proposeTransfer.in(tx, wish)));
  }

  @Post('transfers/:id/decision')
  @HttpCode(201)
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: DecisionRequest,
  ): Promise<{ id: string; state: string }> {
    requirePost(principal, book, DECIDERS, book.region);
    const decision = decisionOf(id, body);
    const context = contextOf(principal, book, 'credits.decide-transfer', `transfer/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.decideTransfer.execute(tx, decision)));
  }

  /** What a platform says it holds: settles what fits and tells what does not. */
  @Post('statements')
  @HttpCode(201)
  async statement(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: StatementRequest,
  ): Promise<ReconciledStatement> {
    requirePost(principal, book, PROPOSERS, book.region);
    const context = contextOf(principal, book, 'credits.import-statement', `platform/${body.platform}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.importStatement.execute(tx, body)));
  }

  /** The newest first, each with what came of comparing. */
  @Get('statements')
  async statements(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: ListedStatement[] }> {
    requirePost(principal, book, READERS);
    return { items: await this.custody.statements(book.id, STATEMENTS_SHOWN) };
  }
}
