import { refuse, type Day, type Refused } from '@app/kernel';
import type { LockedIndicator } from '../indicators/indicator.store';
import type { YearEndRefusal } from './year-end.refusals';

export const YEAR_END_ACTIONS = ['carry-over', 'recover'] as const;
export type YearEndAction = (typeof YEAR_END_ACTIONS)[number];

/** 预算法: 连续两年未用完的结转资金，作为结余资金管理. */
export const CARRIED_YEARS_MAX = 2;

/** The first day on which a year's money may be put away. */
export const yearEndFrom = (year: number): Day => `${year}-12-01`;

/** How often it was carried; one that was entered as carried over had been carried once before. */
export const carriedYears = ({ carriedYears: years, sourceKind, carriedFrom }: LockedIndicator): number =>
  carriedFrom === null && sourceKind === 'carry-over' ? 1 : years;

/** Why it may not be done with the indicator on this day; undefined when it may. */
export function wrongYearEnd(
  action: YearEndAction,
  indicator: LockedIndicator,
  { day, availableFen }: { readonly day: Day; readonly availableFen: bigint },
): Refused<YearEndRefusal> | undefined {
  const { id, year, isClosed } = indicator;
  if (isClosed && action === 'carry-over') return refuse({ code: 'INDICATOR_CLOSED', indicator: id });
  const from = yearEndFrom(year);
  if (day < from) return refuse({ code: 'YEAR_NOT_ENDING', indicator: id, from });
  if (action === 'carry-over' && carriedYears(indicator) >= CARRIED_YEARS_MAX) {
    return refuse({ code: 'CARRIED_TOO_OFTEN', indicator: id, years: CARRIED_YEARS_MAX });
  }
  // Recovering nothing closes an indicator that is used up; of a closed one there must be something left.
  if (availableFen === 0n && (isClosed || action === 'carry-over')) {
    return refuse({ code: 'NOTHING_AVAILABLE', indicator: id });
  }
  return undefined;
}
