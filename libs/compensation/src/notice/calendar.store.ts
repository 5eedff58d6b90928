import { Injectable } from '@nestjs/common';

import { ok, refuse, type Day, type Result, type WorkCalendar } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { Refused } from '../compensation.refusals';

export interface CalendarDay {
  readonly day: Day;
  readonly kind: 'holiday' | 'worked';
  readonly nameZh: string;
}

const yearOf = (day: Day): number => Number(day.slice(0, 4));

/** The published working calendar: which days differ from the weekly rhythm, a year at a time. */
@Injectable()
export class CalendarStore {
  /** The calendar of the day's year and of the next, as far as they are recorded. */
  async around(tx: Tx, day: Day): Promise<WorkCalendar & { readonly years: ReadonlySet<number> }> {
    const year = yearOf(day);
    const years = await tx.query<{ year: number }>(
      'SELECT year FROM compensation.calendar_year WHERE year IN ($1, $1 + 1)',
      [year],
    );
    const days = await tx.query<{ day: Day; kind: string }>(
      'SELECT day::text AS day, kind FROM compensation.calendar_day WHERE year IN ($1, $1 + 1)',
      [year],
    );
    const of = (kind: string) => new Set(days.filter((row) => row.kind === kind).map((row) => row.day));
    return {
      years: new Set(years.map((row) => row.year)),
      holidays: of('holiday'),
      workedWeekends: of('worked'),
    };
  }

  /** Adds a year. Returns false when the year is recorded. */
  async insertYear(tx: Tx, year: number, source: string, days: readonly CalendarDay[]): Promise<boolean> {
    const added = await tx.query(
      `INSERT INTO compensation.calendar_year (year, source, recorded_by) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING RETURNING year`,
      [year, source, tx.context.actor],
    );
    if (added.length === 0) return false;
    await tx.query(
      `INSERT INTO compensation.calendar_day (day, year, kind, name_zh)
       SELECT d.day, $1, d.kind, d.name_zh FROM unnest($2::date[], $3::text[], $4::text[]) AS d (day, kind, name_zh)`,
      [year, days.map(({ day }) => day), days.map(({ kind }) => kind), days.map(({ nameZh }) => nameZh)],
    );
    return true;
  }
}

/** A period that runs through a year nobody recorded cannot be counted in working days. */
export function checkYears(
  years: ReadonlySet<number>,
  from: Day,
  until: Day,
): Result<void, Refused<'CALENDAR_MISSING'>> {
  for (let year = yearOf(from); year <= yearOf(until); year += 1) {
    if (!years.has(year)) return refuse({ code: 'CALENDAR_MISSING', year });
  }
  return ok(undefined);
}
