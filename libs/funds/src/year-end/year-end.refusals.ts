import type { Day } from '@app/kernel';
import type { DecisionRefusal } from '../decision.rules';
import type { TextRefusal } from '../text.rules';

export type YearEndRefusal =
  | TextRefusal
  | DecisionRefusal
  | { readonly code: 'INDICATOR_UNKNOWN'; readonly indicator: string }
  | { readonly code: 'INDICATOR_CLOSED'; readonly indicator: string }
  | { readonly code: 'INDICATOR_EXISTS'; readonly docNo: string; readonly projectCode: string }
  /** Its year is not at its end before this day. */
  | { readonly code: 'YEAR_NOT_ENDING'; readonly indicator: string; readonly from: Day }
  /** Carried over as often as it may be: what is left is recovered. */
  | { readonly code: 'CARRIED_TOO_OFTEN'; readonly indicator: string; readonly years: number }
  | { readonly code: 'NOTHING_AVAILABLE'; readonly indicator: string }
  | { readonly code: 'YEAR_END_PROPOSED'; readonly indicator: string };
