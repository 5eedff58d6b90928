import type { Day } from '@app/kernel';
import type { CustodyRefusal } from './custody/custody.refusals';
import type {
  ClearFindingRefusal,
  ExternalListRefusal,
  ReleaseExternalRefusal,
} from './external-lists/external-list.refusals';
import type { RecogniseRefusal } from './grades/grade.refusals';
import type { ActivityRefusal, TendingRefusal } from './activities/activity.refusals';
import type { BufferRefusal } from './buffer/buffer.refusals';
import type { MessageRefusal } from './messages/message.refusals';
import type { DecideRefusal, ProposeRefusal } from './methodology/methodology.refusals';
import type { PeriodRefusal } from './period.rules';
import type {
  DecideReversalRefusal,
  ProposeReversalRefusal,
  SettleShortfallRefusal,
} from './reversal/reversal.refusals';
import type { ProjectRefusal } from './projects/project.refusals';
import type { ProjectTargetRefusal } from './projects/set-project-target';
import type { LandRefusal } from './uniqueness/uniqueness';
import type { BookRuleRefusal } from './rules/book-rule.refusals';
import type { SurveyRefusal } from './surveys/survey.refusals';
import type { StatementRefusal } from './statements/statement.refusals';

export type MeasureRefusal =
  | PeriodRefusal
  | { readonly code: 'COEFFICIENTS_MISSING'; readonly day: Day }
  /** All parcels of the region are measured for the period, or none can be. */
  | { readonly code: 'NOTHING_TO_MEASURE'; readonly region: string };

export type RecheckRefusal =
  | PeriodRefusal
  | StepBySamePerson
  | { readonly code: 'NOTHING_TO_RECHECK'; readonly region: string }
  /** `unknown` of the named parcels have no measurement that waits for this; the first ones are named. */
  | { readonly code: 'PARCELS_NOT_WAITING'; readonly unknown: number; readonly parcels: readonly string[] };

export type IssueRefusal =
  | PeriodRefusal
  | StepBySamePerson
  | { readonly code: 'DOCUMENT_REQUIRED' }
  | { readonly code: 'NOTHING_TO_ISSUE'; readonly region: string }
  | { readonly code: 'MEASUREMENTS_NOT_RECHECKED'; readonly region: string; readonly parcels: number }
  /** The county publishes what it measured before it issues it; so many parcels are in no statement. */
  | { readonly code: 'STATEMENT_REQUIRED'; readonly region: string; readonly parcels: number }
  /** A statement is open to comment until the day. */
  | { readonly code: 'COMMENT_PERIOD_RUNNING'; readonly region: string; readonly until: Day }
  /** Every parcel that waits has a comment that waits. */
  | { readonly code: 'COMMENTS_UNANSWERED'; readonly region: string; readonly parcels: number }
  /** The land was credited for this time before, under whatever scheme; the first ones are named. */
  | {
      readonly code: 'LAND_CREDITED_BEFORE';
      readonly region: string;
      readonly total: number;
      readonly landUnits: readonly string[];
    };

/** Nobody takes two steps on one batch without a dated acting post (岗位代理). */
export interface StepBySamePerson {
  readonly code: 'STEP_BY_SAME_PERSON';
  readonly step: 'recheck' | 'issue';
  /** What the caller had done before. */
  readonly before: 'measure' | 'recheck';
}

export type SupplyRefusal =
  | {
      readonly code: 'CONSENTED_GRAMS_INSUFFICIENT';
      /** What all who consented together may still sell at this grade. */
      readonly available: bigint;
      readonly asked: bigint;
    }
  /** There is enough, but not from so few suppliers. */
  | {
      readonly code: 'SUPPLIERS_TOO_MANY';
      /** The most that `maxSuppliers` suppliers can give one order. */
      readonly available: bigint;
      readonly asked: bigint;
      readonly maxSuppliers: number;
    }
  | { readonly code: 'RESERVATION_EXISTS'; readonly orderId: string; readonly state: ReservationState }
  | { readonly code: 'RESERVATION_UNKNOWN'; readonly orderId: string }
  | { readonly code: 'RESERVATION_ENDED'; readonly orderId: string; readonly state: ReservationState };

export type ReservationState = 'reserved' | 'released' | 'assigned' | 'refunded';

export type CardGramsRefusal =
  | {
      readonly code: 'CARD_GRAMS_INSUFFICIENT';
      readonly cardId: string;
      readonly available: bigint;
      readonly asked: bigint;
    }
  | { readonly code: 'RETIREMENT_REUSED'; readonly reference: string };

export type SerialRefusal =
  | { readonly code: 'SERIAL_MALFORMED'; readonly expected: string }
  | { readonly code: 'SERIAL_UNKNOWN'; readonly serial: string }
  | { readonly code: 'SEARCH_BY_ONE'; readonly expected: string };

/** Everything this lib itself refuses; the ledger's own refusals pass through beside these. */
export type CreditsRefusal =
  | MeasureRefusal
  | RecheckRefusal
  | IssueRefusal
  | SupplyRefusal
  | CardGramsRefusal
  | SerialRefusal
  | ProposeRefusal
  | DecideRefusal
  | ProposeReversalRefusal
  | DecideReversalRefusal
  | SettleShortfallRefusal
  | MessageRefusal
  | ProjectRefusal
  | ProjectTargetRefusal
  | ExternalListRefusal
  | ClearFindingRefusal
  | ReleaseExternalRefusal
  | LandRefusal
  | RecogniseRefusal
  | CustodyRefusal
  | BookRuleRefusal
  | StatementRefusal
  | BufferRefusal
  | SurveyRefusal
  | ActivityRefusal
  | TendingRefusal;
