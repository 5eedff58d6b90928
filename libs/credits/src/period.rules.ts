import { isDay, ok, refuse, type Day, type Result } from '@app/kernel';

/** The days that are measured, first and last inside. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

export type PeriodRefusal =
  | {
      readonly code: 'PERIOD_WRONG';
      readonly from: string;
      readonly to: string;
      readonly expected: string;
    }
  | { readonly code: 'PERIOD_NOT_OVER'; readonly to: Day; readonly today: Day };

export const yearOf = ({ from }: Period): number => Number(from.slice(0, 4));

/**
 * A period is one whole calendar year, for a coefficient is a year's growth, and it is over: what will grow is
 * never counted.
 */
export function checkPeriod({ from, to }: Period, today: Day): Result<Period, PeriodRefusal> {
  const year = from.slice(0, 4);
  if (!isDay(from) || !isDay(to) || from !== `${year}-01-01` || to !== `${year}-12-31`) {
    const expected = 'one whole calendar year: YYYY-01-01 to YYYY-12-31';
    return refuse({ code: 'PERIOD_WRONG', from: from.slice(0, 10), to: to.slice(0, 10), expected });
  }
  return to < today ? ok({ from, to }) : refuse({ code: 'PERIOD_NOT_OVER', to, today });
}
