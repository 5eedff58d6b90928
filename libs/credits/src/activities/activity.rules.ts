import { isDay, type Day } from '@app/kernel';
import type { ActivityFault } from './activity.refusals';

/** 森林抚育, 毛竹低产林改造, 大径材培育. */
export const ACTIVITY_KINDS = ['tending', 'bamboo-improvement', 'large-timber'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** What the growth of some years is multiplied by, in millionths. */
export interface Multiplier {
  readonly multiplierPpm: bigint;
  readonly fromYear: number;
  /** Inside. */
  readonly toYear: number;
}

export interface ActivityDraft {
  readonly kind: ActivityKind;
  readonly doneOn: string;
  readonly areaMu100: bigint;
  readonly multiplier?: Multiplier;
}

const [LEAST_PPM, MOST_PPM, ONCE_PPM] = [800_000n, 1_200_000n, 1_000_000n];
const YEARS_MAX = 10;

/** All that is wrong with an activity on a parcel, in one pass. */
export function activityFaults(draft: ActivityDraft, parcelMu100: bigint, today: Day): ActivityFault[] {
  const faults: ActivityFault[] = [];
  const fault = (field: ActivityFault['field'], value: string, expected: string) =>
    faults.push({ field, value: value.slice(0, 40), expected });
  const { doneOn, areaMu100, multiplier } = draft;
  if (!isDay(doneOn) || doneOn > today) fault('doneOn', doneOn, `a day up to ${today}`);
  if (areaMu100 <= 0n || areaMu100 > parcelMu100) {
    fault('areaMu100', areaMu100.toString(), `1 to ${parcelMu100}, the area of the parcel`);
  }
  if (!multiplier) return faults;
  const { multiplierPpm, fromYear, toYear } = multiplier;
  if (multiplierPpm < LEAST_PPM || multiplierPpm > MOST_PPM || multiplierPpm === ONCE_PPM) {
    fault('multiplierPpm', multiplierPpm.toString(), `${LEAST_PPM} to ${MOST_PPM} and not ${ONCE_PPM}`);
  }
  const done = Number(doneOn.slice(0, 4));
  if (fromYear < done) fault('fromYear', String(fromYear), `${done}, the year it was done in, or later`);
  if (toYear < fromYear || toYear >= fromYear + YEARS_MAX) {
    fault('toYear', String(toYear), `${fromYear} to ${fromYear + YEARS_MAX - 1}`);
  }
  return faults;
}
