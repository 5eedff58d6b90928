import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import {
  Activities,
  DecideActivity,
  ProposeActivity,
  type Activity,
  type ActivityRefusal,
} from '@app/credits';
import { Policies, type Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, DecisionRequest, pathId, unwrap } from '../http';
import { ActivitiesQuery, ActivityRequest } from './activities.requests';

const PROPOSERS = ['forestry-handler'];
const DECIDERS = ['forestry-reviewer'];
const READERS = [...PROPOSERS, ...DECIDERS, 'credit-registrar', 'auditor'];
const PAGE = 100;

/** What was done to the forest of a parcel (抚育, 毛竹低产林改造, 大径材): proposed by one, decided by another. */
@Controller('books/:book/activities')
export class ActivitiesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly activities: Activities,
    private readonly proposeActivity: ProposeActivity,
    private readonly decideActivity: DecideActivity,
  ) {}

  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { after, limit = PAGE }: ActivitiesQuery,
  ): Promise<{ items: Activity[]; next: string | null }> {
    requirePost(principal, book, READERS);
    const scope = Policies.regionsOf(principal, book.id, READERS);
    const items = await this.activities.list(book.id, { scope, after: after ?? null, limit });
    return { items, next: items.length === limit ? items.at(-1)!.id : null };
  }

  @Post()
  @HttpCode(201)
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() { areaMu100, multiplier, ...activity }: ActivityRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, PROPOSERS);
    const proposal = {
      ...activity,
      areaMu100: BigInt(areaMu100),
      regions: Policies.regionsOf(principal, book.id, PROPOSERS),
      ...(multiplier && { multiplier: { ...multiplier, multiplierPpm: BigInt(multiplier.multiplierPpm) } }),
    };
    const context = contextOf(principal, book, 'credits.propose-activity', `parcel/${activity.parcelCode}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.proposeActivity.execute(tx, proposal)));
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
    pathId(id, (activity): ActivityRefusal => ({ code: 'ACTIVITY_UNKNOWN', activity }));
    const regions = Policies.regionsOf(principal, book.id, DECIDERS);
    const decision = { activity: id, regions, ...(rejection === undefined ? {} : { rejection }) };
    const context = contextOf(principal, book, 'credits.decide-activity', `activity/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.decideActivity.execute(tx, decision)));
  }
}
