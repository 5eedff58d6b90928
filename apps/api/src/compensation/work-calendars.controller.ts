import { Body, Controller, Post } from '@nestjs/common';

import { RecordCalendar } from '@app/compensation';
import type { Principal } from '@app/identity';
import { HOUSE_BOOK, UnitOfWork } from '@app/platform';
import { CurrentPrincipal } from '../auth';
import { contextOf, unwrap } from '../http';
import { CalendarRequest } from './work-calendar.requests';

/** The working calendar that notices are counted by: the house's, for all books. */
@Controller('work-calendars')
export class WorkCalendarsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly recordCalendar: RecordCalendar,
  ) {}

  /** A year's public holidays and the weekends worked in exchange, once the State Council has published them. */
  @Post()
  async record(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CalendarRequest,
  ): Promise<{ year: number; days: number }> {
    const context = contextOf(principal, HOUSE_BOOK, 'compensation.record-calendar', `calendar/${body.year}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.recordCalendar.execute(tx, principal, body)),
    );
  }
}
