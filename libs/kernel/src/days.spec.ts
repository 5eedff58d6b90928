import { addWorkingDays, dayOf, isDay, isWorkingDay, PLAIN_WEEK, startOf } from './days';

describe('days in China', () => {
  it('begin eight hours before they begin at Greenwich', () => {
    expect(dayOf(new Date('2025-12-31T15:59:59Z'))).toBe('2025-12-31');
    expect(dayOf(new Date('2025-12-31T16:00:00Z'))).toBe('2026-01-01');
    expect(startOf('2026-01-01').toISOString()).toBe('2025-12-31T16:00:00.000Z');
  });

  it('are written YYYY-MM-DD and exist', () => {
    expect(isDay('2024-02-29')).toBe(true);
    for (const text of ['2025-02-29', '2025-13-01', '2025-1-1', '20250101', ''])
      expect(isDay(text)).toBe(false);
  });

  it('count as working days without weekends', () => {
    // Friday plus seven working days is the Tuesday of the week after next.
    expect(addWorkingDays('2026-03-06', 7, PLAIN_WEEK)).toBe('2026-03-17');
  });

  it('follow the published holidays and the weekends worked in exchange', () => {
    const calendar = {
      holidays: new Set(['2026-10-01', '2026-10-02']),
      workedWeekends: new Set(['2026-10-10']),
    };
    expect(isWorkingDay('2026-10-01', calendar)).toBe(false);
    expect(isWorkingDay('2026-10-10', calendar)).toBe(true);
    expect(addWorkingDays('2026-09-30', 1, calendar)).toBe('2026-10-05');
  });
});
