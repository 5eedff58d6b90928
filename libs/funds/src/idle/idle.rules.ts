import type { Day } from '@app/kernel';
import type { IndicatorView } from '../indicators/indicators';

export interface IdleIndicator extends IndicatorView {
  /** Days since it reached the county. */
  readonly idleDays: number;
  /** Beyond the limit of the day; false while there is no limit. */
  readonly overLimit: boolean;
}

const DAY_MS = 86_400_000;

/** Whole days from one day to another; the day itself is none. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** What still has something available, the longest idle first and the larger of two before the other. */
export function idleOn(day: Day, indicators: readonly IndicatorView[], limitDays?: number): IdleIndicator[] {
  return indicators
    .filter(({ availableFen, arrivedOn }) => availableFen > 0n && arrivedOn <= day)
    .map((indicator) => {
      const idleDays = daysBetween(indicator.arrivedOn, day);
      return { ...indicator, idleDays, overLimit: limitDays !== undefined && idleDays > limitDays };
    })
    .sort((a, b) => b.idleDays - a.idleDays || sign(b.availableFen - a.availableFen));
}

const sign = (difference: bigint): number => Number(difference > 0n) - Number(difference < 0n);
