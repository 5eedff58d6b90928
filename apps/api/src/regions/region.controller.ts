import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';

import { dayOf } from '@app/kernel';
import { Policies, type Principal } from '@app/identity';
import { HOUSE_BOOK, UnitOfWork } from '@app/platform';
import { GiveIntoHands, ManagingBodies, Regions } from '@app/regions';
import { CurrentPrincipal, Public } from '../auth';
import { contextOf, unwrap } from '../http';
import { presentRegion, type RegionView } from './region.presenter';
import { HandoverRequest, RegionQuery } from './regions.requests';

/** The region tree is public: names and codes of places. */
@Controller('regions')
export class RegionController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly regions: Regions,
    private readonly bodies: ManagingBodies,
    private readonly giveIntoHands: GiveIntoHands,
  ) {}

  /** With a day also what the code stands for on it; and who manages the place then, when it is not the county. */
  @Public()
  @Get(':code')
  async show(@Param('code') code: string, @Query() { day }: RegionQuery): Promise<RegionView> {
    const region = presentRegion(unwrap(await this.regions.byCode(code)));
    const managedBy = await this.bodies.of(code, day ?? dayOf(new Date()));
    return {
      ...region,
      ...(managedBy && { managedBy }),
      ...(day && { onDay: (await this.regions.onDay(code, day))?.code ?? null }),
    };
  }

  /** The regions directly below, in use on the day, by code. */
  @Public()
  @Get(':code/children')
  async children(
    @Param('code') code: string,
    @Query() { day }: RegionQuery,
  ): Promise<{ items: RegionView[] }> {
    unwrap(await this.regions.byCode(code));
    return { items: (await this.regions.children(code, day)).map(presentRegion) };
  }

  /** Gives the place into a body's hands from a day on, or back to the county. */
  @Put(':code/managing-body')
  async handOver(
    @CurrentPrincipal() principal: Principal,
    @Param('code') code: string,
    @Body() { body, from, documentNo }: HandoverRequest,
  ): Promise<{ region: string }> {
    unwrap(Policies.require(principal, HOUSE_BOOK, ['administrator']));
    const context = contextOf(
      principal,
      HOUSE_BOOK,
      'regions.give-into-hands',
      `region/${code.slice(0, 12)}`,
    );
    const handover = { region: code, body: body ?? null, from, documentNo };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.giveIntoHands.execute(tx, handover)));
  }
}
