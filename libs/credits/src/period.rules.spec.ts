import { checkPeriod, yearOf } from './period.rules';

const YEAR = { from: '2025-01-01', to: '2025-12-31' };

describe('a period', () => {
  it('is a whole calendar year that is over', () => {
    expect(checkPeriod(YEAR, '2026-01-01')).toEqual({ ok: true, value: YEAR });
    expect(yearOf(YEAR)).toBe(2025);
  });

  it('is refused on its last day: that day still grows', () => {
    expect(checkPeriod(YEAR, '2025-12-31')).toEqual({
      ok: false,
      reason: { code: 'PERIOD_NOT_OVER', to: '2025-12-31', today: '2025-12-31' },
    });
  });

  it('is refused when it is part of a year, two years, backwards or no days at all', () => {
    for (const [from, to] of [
      ['2025-01-01', '2025-06-30'],
      ['2024-01-01', '2025-12-31'],
      ['2025-12-31', '2025-01-01'],
      ['2025-02-30', '2025-12-31'],
      ['', ''],
    ] as const) {
      expect(checkPeriod({ from, to }, '2030-01-01')).toMatchObject({ reason: { code: 'PERIOD_WRONG' } });
    }
  });
});
