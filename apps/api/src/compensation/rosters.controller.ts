import { Body, Controller, Get, Post, Query } from '@nestjs/common';

import {
  BuildRoster,
  BuildSupplement,
  Objections,
  RosterLines,
  Rosters,
  type BuiltRoster,
  type LinePage,
  type ObjectionView,
  type RosterDetails,
  type RosterView,
} from '@app/compensation';
import type { Principal } from '@app/identity';
import { present } from '@app/kernel';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { LinesQuery, RosterRequest, RostersQuery } from './roster.requests';
import { RosterId, rosterUnknown } from './roster-param';
import { rosterScope } from './roster-readers';

const PAGE = 50;
const LINES_PAGE = 100;

/** Rosters (发放清册): made, listed and read by staff, each within their regions. */
@Controller('books/:book/rosters')
export class RostersController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly buildRoster: BuildRoster,
    private readonly buildSupplement: BuildSupplement,
    private readonly rosters: Rosters,
    private readonly rosterLines: RosterLines,
    private readonly objections: Objections,
  ) {}

  /** Of a region's rights in a year, or (supplementaryOf) of lines whose objections were dismissed. */
  @Post()
  async build(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() { supplementaryOf, indicatorId, ...order }: RosterRequest,
  ): Promise<BuiltRoster> {
    const context = contextOf(principal, book, 'compensation.build-roster');
    if (supplementaryOf !== undefined) {
      const supplement = { supplementaryOf, indicatorId };
      return unwrap(
        await this.unitOfWork.run(context, (tx) => this.buildSupplement.execute(tx, principal, supplement)),
      );
    }
    const { programmeId, region, year, topUps } = order;
    const ofRegion = {
      programmeId: present(programmeId, 'the request was validated'),
      indicatorId: present(indicatorId, 'the request was validated'),
      region: present(region, 'the request was validated'),
      year: present(year, 'the request was validated'),
      topUps,
    };
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.buildRoster.execute(tx, principal, ofRegion)),
    );
  }

  @Get()
  list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { limit, ...filter }: RostersQuery,
  ): Promise<{ items: RosterView[]; next: string | null }> {
    const scope = rosterScope(principal, book);
    return this.rosters.list(book.id, { ...filter, scope, limit: limit ?? PAGE });
  }

  @Get(':id')
  byId(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @RosterId() id: string,
  ): Promise<RosterDetails> {
    return this.inSight(book, id, rosterScope(principal, book));
  }

  /** In their order; of the villages within the caller's regions. */
  @Get(':id/lines')
  async lines(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @RosterId() id: string,
    @Query() { cursor, limit, village, state }: LinesQuery,
  ): Promise<LinePage> {
    const scope = rosterScope(principal, book);
    await this.inSight(book, id, scope);
    return this.rosterLines.page(book.id, {
      roster: id,
      scope,
      village,
      state,
      after: cursor === undefined ? undefined : Number(cursor),
      limit: limit ?? LINES_PAGE,
    });
  }

  @Get(':id/objections')
  async objectionsTo(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @RosterId() id: string,
  ): Promise<{ items: ObjectionView[] }> {
    const scope = rosterScope(principal, book);
    await this.inSight(book, id, scope);
    return { items: await this.objections.list(book.id, id, scope) };
  }

  private async inSight(book: Book, id: string, scope: readonly string[]): Promise<RosterDetails> {
    const roster = await this.rosters.byId(book.id, id, scope);
    if (!roster) throw rosterUnknown(id);
    return roster;
  }
}
