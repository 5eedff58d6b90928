import { Controller, Get, Query } from '@nestjs/common';

import { dayOf, type Day } from '@app/kernel';
import { ManagingBodies, type ManagingBody } from '@app/regions';
import { Public } from '../auth';
import { RegionQuery } from './regions.requests';

/** Development zones and the like, with the places that each manages: names and codes, so public. */
@Public()
@Controller('managing-bodies')
export class ManagingBodiesController {
  constructor(private readonly bodies: ManagingBodies) {}

  @Get()
  async list(
    @Query() { day = dayOf(new Date()) }: RegionQuery,
  ): Promise<{ day: Day; items: ManagingBody[] }> {
    return { day, items: await this.bodies.list(day) };
  }
}
