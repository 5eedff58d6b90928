import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';

import {
  BookRules,
  DecideBookRule,
  ProposeBookRule,
  type BookRule,
  type BookRuleRefusal,
  type DecidedRule,
  type RuleValue,
} from '@app/credits';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, Public, requirePost } from '../auth';
import { BookParam, contextOf, DecisionRequest, pathId, unwrap } from '../http';
import { BookRuleRequest } from './book-rules.requests';

const PROPOSERS = ['credit-registrar', 'forestry-handler'];
const DECIDERS = ['forestry-reviewer'];
const READERS = [...PROPOSERS, ...DECIDERS, 'auditor'];

/** What a county decides about its credits from a day on: days of comment, return of the buffer, discount, method. */
@Controller()
export class BookRulesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rules: BookRules,
    private readonly proposeBookRule: ProposeBookRule,
    private readonly decideBookRule: DecideBookRule,
  ) {}

  @Public()
  @Get('public/books/:book/credit-rules')
  async publicList(@BookParam() book: Book): Promise<{ items: BookRule[] }> {
    return { items: await this.rules.approved(book.id) };
  }

  /** All, with what waits for its decision. */
  @Get('books/:book/credit-rules')
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: DecidedRule[] }> {
    requirePost(principal, book, READERS);
    return { items: await this.rules.list(book.id) };
  }

  @Post('books/:book/credit-rules')
  @HttpCode(201)
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() rule: BookRuleRequest,
  ): Promise<{ id: string; value: RuleValue }> {
    requirePost(principal, book, PROPOSERS, book.region);
    const context = contextOf(principal, book, 'credits.propose-book-rule', `rule/${rule.kind}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.proposeBookRule.execute(tx, rule)));
  }

  @Post('books/:book/credit-rules/:id/decision')
  @HttpCode(201)
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { rejection }: DecisionRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, DECIDERS, book.region);
    pathId(id, (rule): BookRuleRefusal => ({ code: 'RULE_UNKNOWN', rule }));
    const context = contextOf(principal, book, 'credits.decide-book-rule', `rule/${id}`);
    const decision = { rule: id, ...(rejection === undefined ? {} : { rejection }) };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.decideBookRule.execute(tx, decision)));
  }
}
