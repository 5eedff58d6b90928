import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';

import {
  GradeHistory,
  RecogniseIssuance,
  type DatedGrade,
  type ListedGradeChange,
  type RecogniseRefusal,
} from '@app/credits';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, Public, requirePost } from '../auth';
import { BookParam, contextOf, DecisionRequest, RefusalException, unwrap } from '../http';
import { decisionOf } from './decision.request';
import { GradeChangeRequest } from './grades.requests';

const PROPOSERS = ['credit-registrar'];
const DECIDERS = ['forestry-reviewer'];
const READERS = [...PROPOSERS, ...DECIDERS, 'forestry-handler', 'auditor'];
const SHOWN = 200;

/** What may be claimed with an issuance's grams (声明等级), and since when. */
@Controller()
export class GradesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly history: GradeHistory,
    private readonly recogniseIssuance: RecogniseIssuance,
  ) {}

  /** Every grade an issuance had, the first one first, for everybody. */
  @Public()
  @Get('public/books/:book/issuances/:code/grades')
  async of(@BookParam() book: Book, @Param('code') code: string): Promise<{ items: DatedGrade[] }> {
    const items = await this.history.of(book.id, code);
    if (items.length > 0) return { items };
    const reason: RecogniseRefusal = { code: 'ISSUANCE_UNKNOWN', issuance: code.slice(0, 40) };
    throw new RefusalException(reason);
  }

  /** The newest first. */
  @Get('books/:book/grade-changes')
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: ListedGradeChange[] }> {
    requirePost(principal, book, READERS);
    return { items: await this.history.list(book.id, SHOWN) };
  }

  @Post('books/:book/grade-changes')
  @HttpCode(201)
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: GradeChangeRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, PROPOSERS, book.region);
    const context = contextOf(principal, book, 'credits.propose-grade', `issuance/${body.issuance}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.recogniseIssuance.propose(tx, body)));
  }

  @Post('books/:book/grade-changes/:id/decision')
  @HttpCode(201)
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: DecisionRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, DECIDERS, book.region);
    const decision = decisionOf(id, body);
    const context = contextOf(principal, book, 'credits.decide-grade', `grade-change/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.recogniseIssuance.decide(tx, decision)));
  }
}
