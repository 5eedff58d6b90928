import type { Day } from '@app/kernel';
import type { ParcelFault } from './reversal.rules';
import type { ReversalState } from './reversal.words';

export type ProposeReversalRefusal =
  /** There is no such day, or it is still to come. */
  | { readonly code: 'REVERSAL_DAY_WRONG'; readonly day: string; readonly latest: Day }
  /** A correction names the year that was credited too much; an event names none. */
  | { readonly code: 'REVERSAL_YEAR_WRONG'; readonly expected: string }
  | { readonly code: 'PERSONAL_NUMBER_IN_TEXT'; readonly field: string; readonly expected: string }
  /** `total` faults; the first ones are told. */
  | { readonly code: 'REVERSAL_REFUSED'; readonly total: number; readonly errors: readonly ParcelFault[] }
  /** The id is that of another proposal. */
  | { readonly code: 'REVERSAL_REUSED'; readonly reversal: string };

export type DecideReversalRefusal =
  | { readonly code: 'REVERSAL_UNKNOWN'; readonly reversal: string }
  | { readonly code: 'REVERSAL_DECIDED'; readonly reversal: string; readonly state: ReversalState }
  | { readonly code: 'REVERSAL_BY_SAME_PERSON'; readonly reversal: string };

export type SettleShortfallRefusal =
  | { readonly code: 'REVERSAL_UNKNOWN'; readonly reversal: string }
  /** Nothing is owed any more: everything is replaced, or the reversal is not in force. */
  | { readonly code: 'SHORTFALL_NONE'; readonly reversal: string; readonly state: ReversalState }
  /** Neither the buffers nor the right holders have a gram that may stand in. */
  | { readonly code: 'SHORTFALL_UNCOVERED'; readonly reversal: string; readonly openGrams: bigint }
  /** A right holder gives grams of its own only by an agreement. */
  | { readonly code: 'AGREEMENT_REQUIRED'; readonly reversal: string }
  | { readonly code: 'PERSONAL_NUMBER_IN_TEXT'; readonly field: string; readonly expected: string }
  | { readonly code: 'REVERSAL_BY_SAME_PERSON'; readonly reversal: string };
