import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import {
  PublishStatement,
  Statements,
  type PublicComment,
  type PublishedStatement,
  type StatementDetails,
  type StatementLine,
  type StatementView,
} from '@app/credits';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, Public, requirePost } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { known } from './statement-param';
import { CommentsQuery, PublishRequest, StatementLinesQuery, StatementsQuery } from './statements.requests';

const PUBLISHERS = ['credit-registrar', 'forestry-handler'];
const READERS = [...PUBLISHERS, 'forestry-reviewer', 'auditor'];
const PAGE = 50;
const VILLAGES = 100;

/** What was measured, as it is published: totals by village and class with a hash. They name nobody. */
@Controller()
export class StatementsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly statements: Statements,
    private readonly publishStatement: PublishStatement,
  ) {}

  @Public()
  @Get('public/books/:book/statements')
  async list(
    @BookParam() book: Book,
    @Query() { after, limit = PAGE }: StatementsQuery,
  ): Promise<{ items: StatementView[]; next: string | null }> {
    const items = await this.statements.list(book.id, after ?? null, limit);
    return { items, next: items.length === limit ? items.at(-1)!.no : null };
  }

  @Public()
  @Get('public/books/:book/statements/:no')
  async publicOne(@BookParam() book: Book, @Param('no') no: string): Promise<StatementDetails> {
    return known(no, await this.statements.one(book.id, no));
  }

  @Public()
  @Get('public/books/:book/statements/:no/lines')
  async lines(
    @BookParam() book: Book,
    @Param('no') no: string,
    @Query() { after = '', limit = VILLAGES }: StatementLinesQuery,
  ): Promise<{ items: StatementLine[]; next: string | null }> {
    const items = known(no, await this.statements.lines(book.id, no, after, limit));
    const villages = new Set(items.map(({ village }) => village));
    return { items, next: villages.size === limit ? items.at(-1)!.village : null };
  }

  /** That they were made, where, and how they were answered; neither by whom nor in what words. */
  @Public()
  @Get('public/books/:book/statements/:no/comments')
  async comments(
    @BookParam() book: Book,
    @Param('no') no: string,
    @Query() { after = 0, limit = PAGE }: CommentsQuery,
  ): Promise<{ items: PublicComment[]; next: number | null }> {
    const items = known(no, await this.statements.publicComments(book.id, no, after, limit));
    return { items, next: items.length === limit ? items.at(-1)!.no : null };
  }

  /** With the reports that wait for their decision. */
  @Get('books/:book/statements/:no')
  async one(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('no') no: string,
  ): Promise<StatementDetails> {
    requirePost(principal, book, READERS);
    return known(no, await this.statements.one(book.id, no, true));
  }

  /** Freezes what was measured of the region and year and is in no statement yet. */
  @Post('books/:book/statements')
  @HttpCode(201)
  async publish(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() { from, to, region = book.region, evidenceNo }: PublishRequest,
  ): Promise<PublishedStatement> {
    requirePost(principal, book, PUBLISHERS, region);
    const context = contextOf(principal, book, 'credits.publish-statement', `region/${region}`);
    const command = { region, period: { from, to }, ...(evidenceNo === undefined ? {} : { evidenceNo }) };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.publishStatement.execute(tx, command)));
  }
}
