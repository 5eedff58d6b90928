import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { DecideSurvey, RecordSurvey, Surveys, type SurveyGrowth, type SurveyRound } from '@app/credits';
import { Policies, type Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, DecisionRequest, DryRunQuery, isDryRun, unwrap } from '../http';
import { GrowthQuery, SurveyRequest } from './surveys.requests';

const RECORDERS = ['forestry-handler', 'credit-registrar'];
const DECIDERS = ['forestry-reviewer'];
const READERS = [...RECORDERS, ...DECIDERS, 'auditor'];

/** Rounds of sample plots (样地复测): recorded by one, approved by another, and the growth between two of them. */
@Controller('books/:book/survey-rounds')
export class SurveysController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly surveys: Surveys,
    private readonly recordSurvey: RecordSurvey,
    private readonly decideSurvey: DecideSurvey,
  ) {}

  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: SurveyRound[] }> {
    requirePost(principal, book, READERS);
    return { items: await this.surveys.list(book.id) };
  }

  /** What calibrates a set: mean growth by class, age group and origin with its error. */
  @Get(':code/growth')
  async growth(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('code') code: string,
    @Query() { since }: GrowthQuery,
  ): Promise<SurveyGrowth> {
    requirePost(principal, book, READERS);
    return unwrap(await this.surveys.growth(book.id, since, code.slice(0, 40)));
  }

  @Post()
  @HttpCode(201)
  async record(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() survey: SurveyRequest,
  ): Promise<{ code: string; plots: number; newPlots: number }> {
    requirePost(principal, book, RECORDERS);
    const dryRun = isDryRun(query, reply);
    const draft = { ...survey, regions: Policies.regionsOf(principal, book.id, RECORDERS), dryRun };
    const context = contextOf(principal, book, 'credits.record-survey', `survey/${survey.code}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.recordSurvey.execute(tx, draft)));
  }

  @Post(':code/decision')
  @HttpCode(201)
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('code') code: string,
    @Body() { rejection }: DecisionRequest,
  ): Promise<{ code: string }> {
    requirePost(principal, book, DECIDERS, book.region);
    const decision = { code: code.slice(0, 40), ...(rejection === undefined ? {} : { rejection }) };
    const context = contextOf(principal, book, 'credits.decide-survey', `survey/${decision.code}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.decideSurvey.execute(tx, decision)));
  }
}
