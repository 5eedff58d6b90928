import { Injectable } from '@nestjs/common';

import { isDay, ok, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import { CalendarStore, type CalendarDay } from './calendar.store';
import type { Refused } from '../compensation.refusals';

export interface CalendarYear {
  readonly year: number;
  /** The notice it is taken from. */
  readonly source: string;
  readonly days: readonly CalendarDay[];
}

type Refusals = PostRequired | Refused<'CALENDAR_EXISTS' | 'CALENDAR_DAY_WRONG'>;

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** Records a year's public holidays and the weekends worked in exchange, as the State Council publishes them. */
@Injectable()
export class RecordCalendar {
  constructor(private readonly calendar: CalendarStore) {}

  /** Belongs to no book. Refuses CALENDAR_EXISTS, and CALENDAR_DAY_WRONG with the first day that cannot be. */
  async execute(
    tx: Tx,
    principal: Principal,
    { year, source, days }: CalendarYear,
  ): Promise<Result<{ year: number; days: number }, Refusals>> {
    const allowed = Policies.require(principal, tx.book, ['administrator']);
    if (!allowed.ok) return allowed;
    const seen = new Set<string>();
    for (const { day, kind } of days) {
      const expected = this.expectation(year, day, kind, seen);
      if (expected !== undefined)
        return refuse({ code: 'CALENDAR_DAY_WRONG', day: day.slice(0, 10), expected });
      seen.add(day);
    }
    if (!(await this.calendar.insertYear(tx, year, source, days))) {
      return refuse({ code: 'CALENDAR_EXISTS', year });
    }
    tx.audit({ year, source, days: days.length });
    return ok({ year, days: days.length });
  }

  private expectation(
    year: number,
    day: string,
    kind: CalendarDay['kind'],
    seen: ReadonlySet<string>,
  ): string | undefined {
    if (!isDay(day) || !day.startsWith(`${year}-`)) return `a day of ${year}`;
    if (seen.has(day)) return 'each day once';
    if (kind === 'worked' && !isWeekend(day)) return 'a Saturday or Sunday, when it is worked in exchange';
    return undefined;
  }
}
