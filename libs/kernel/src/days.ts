/** A calendar day in China, written YYYY-MM-DD. Counties in scope use one clock: UTC+8, no summer time. */
export type Day = string;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const CHINA_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

export const isDay = (text: string): boolean =>
  DAY.test(text) &&
  // PostgreSQL has no year 0.
  text >= '0001' &&
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) === text;

export const dayOf = (instant: Date): Day =>
  new Date(instant.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10);

/** The instant at which the day begins in China. */
export const startOf = (day: Day): Date => new Date(Date.parse(`${day}T00:00:00Z`) - CHINA_OFFSET_MS);

export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

const isWeekend = (day: Day): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** Days that differ from the weekly rhythm: public holidays and the weekends worked in exchange. */
export interface WorkCalendar {
  readonly holidays: ReadonlySet<Day>;
  readonly workedWeekends: ReadonlySet<Day>;
}

export const PLAIN_WEEK: WorkCalendar = { holidays: new Set(), workedWeekends: new Set() };

export const isWorkingDay = (day: Day, calendar: WorkCalendar): boolean =>
  calendar.workedWeekends.has(day) || (!isWeekend(day) && !calendar.holidays.has(day));

/** The day after which `count` full working days have passed since `day`; `day` itself does not count. */
export function addWorkingDays(day: Day, count: number, calendar: WorkCalendar): Day {
  let current = day;
  for (let left = count; left > 0;) {
    current = addDays(current, 1);
    if (isWorkingDay(current, calendar)) left -= 1;
  }
  return current;
}
