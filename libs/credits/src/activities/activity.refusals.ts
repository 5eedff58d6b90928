import type { Day } from '@app/kernel';
import type { DecisionState } from '../rules/book-rule.store';
import type { NumberInText } from '../text.rules';

export interface ActivityFault {
  readonly field: 'doneOn' | 'areaMu100' | 'multiplierPpm' | 'fromYear' | 'toYear';
  readonly value: string;
  readonly expected: string;
}

export type ActivityRefusal =
  | NumberInText
  | { readonly code: 'ACTIVITY_REFUSED'; readonly errors: readonly ActivityFault[] }
  /** There is none with this code that the caller may see: the two are not told apart. */
  | { readonly code: 'PARCEL_UNKNOWN'; readonly parcel: string }
  | { readonly code: 'ACTIVITY_UNKNOWN'; readonly activity: string }
  | { readonly code: 'ACTIVITY_DECIDED'; readonly activity: string; readonly state: DecisionState }
  /** Two weights of one year would leave open which one counts. */
  | { readonly code: 'MULTIPLIER_SAME_YEARS'; readonly activity: string; readonly other: string }
  | { readonly code: 'STEP_BY_SAME_PERSON'; readonly step: 'decide'; readonly before: 'propose' };

export type TendingRefusal =
  | { readonly code: 'DAY_WRONG'; readonly field: 'doneOn'; readonly value: string }
  | { readonly code: 'PARTY_UNKNOWN'; readonly party: string }
  | { readonly code: 'TENDING_RECORDED'; readonly party: string; readonly doneOn: Day };
