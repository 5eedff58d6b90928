import { Controller, Get, Param } from '@nestjs/common';

import { Regions } from '@app/regions';
import { Public } from '../auth';
import { unwrap } from '../http';
import { presentRegion, type RegionView } from './region.presenter';

/** The region tree is public: names and codes of places. */
@Public()
@Controller('regions')
export class RegionController {
  constructor(private readonly regions: Regions) {}

  @Get(':code')
  async show(@Param('code') code: string): Promise<RegionView> {
    return presentRegion(unwrap(await this.regions.byCode(code)));
  }

  /** The regions directly below, in use today, by code. */
  @Get(':code/children')
  async children(@Param('code') code: string): Promise<{ items: RegionView[] }> {
    unwrap(await this.regions.byCode(code));
    return { items: (await this.regions.children(code)).map(presentRegion) };
  }
}
