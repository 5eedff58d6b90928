import { Module } from '@nestjs/common';

import { RegionsModule, type RegionUnknown } from '@app/regions';
import { registerRefusals, type RefusalPresentation } from '../http';
import { RegionController } from './region.controller';

const REGIONS_STATUS: Record<RegionUnknown['code'], RefusalPresentation> = {
  REGION_UNKNOWN: {
    status: 404,
    detail: 'There is no region with this code. Codes have 2, 4, 6, 9 or 12 digits.',
  },
};

registerRefusals(REGIONS_STATUS);

@Module({ imports: [RegionsModule], controllers: [RegionController] })
export class RegionsHttpModule {}
