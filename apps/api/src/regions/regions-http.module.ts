import { Module } from '@nestjs/common';

import { RegionsModule, type HandoverRefusal } from '@app/regions';
import { registerRefusals, type RefusalPresentation } from '../http';
import { ManagingBodiesController } from './managing-bodies.controller';
import { RegionController } from './region.controller';

const REGIONS_STATUS: Record<HandoverRefusal['code'], RefusalPresentation> = {
  REGION_UNKNOWN: {
    status: 404,
    detail: 'There is no region with this code. Codes have 2, 4, 6, 9 or 12 digits.',
  },
  MANAGING_BODY_UNKNOWN: { status: 404, detail: 'There is no managing body with this code.' },
  REGION_OUTSIDE_BODY: { status: 422, detail: 'A managing body has places below its own region only.' },
  MANAGED_BEFORE: { status: 409, detail: 'The place is in these hands on the day, or in others later.' },
  HANDOVER_DAY_WRONG: { status: 422, detail: 'Write a day that there is, as 2026-03-01.' },
};

registerRefusals(REGIONS_STATUS);

@Module({ imports: [RegionsModule], controllers: [ManagingBodiesController, RegionController] })
export class RegionsHttpModule {}
