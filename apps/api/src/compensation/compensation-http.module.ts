import { Module } from '@nestjs/common';

import { CompensationModule } from '@app/compensation';
import { registerRefusals } from '../http';
import { COMPENSATION_STATUS } from './compensation.refusals';
import { EntitlementsController } from './entitlements.controller';
import { IndexDecisionsController } from './index-decisions.controller';
import { LandingController } from './landing.controller';
import { InstalmentsController } from './instalments.controller';
import { MyPaymentsController } from './my-payments.controller';
import { ObjectionsController } from './objections.controller';
import { ProgrammesController } from './programmes.controller';
import { PublicNoticesController } from './public-notices.controller';
import { QualityResultsController } from './quality-results.controller';
import { RosterFileController } from './roster-file.controller';
import { RosterFindingsController } from './roster-findings.controller';
import { RosterWayController } from './roster-way.controller';
import { RostersController } from './rosters.controller';
import { WatchListsController } from './watch-lists.controller';
import { WorkCalendarsController } from './work-calendars.controller';

registerRefusals(COMPENSATION_STATUS);

@Module({
  imports: [CompensationModule],
  controllers: [
    EntitlementsController,
    IndexDecisionsController,
    LandingController,
    InstalmentsController,
    MyPaymentsController,
    ObjectionsController,
    ProgrammesController,
    PublicNoticesController,
    QualityResultsController,
    RosterFileController,
    RosterFindingsController,
    RosterWayController,
    RostersController,
    WatchListsController,
    WorkCalendarsController,
  ],
})
export class CompensationHttpModule {}
