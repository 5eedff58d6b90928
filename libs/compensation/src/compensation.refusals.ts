import type { Day } from '@app/kernel';
import type { ImportErrors } from '@app/registry';
import type { DecisionRefusal } from './decision.rules';
import type { RuleKind } from './entitlements/entitlement.words';
import type { LeftOut } from './rosters/draft.rules';
import type { FindingState } from './guards/guard.words';
import type { RosterState } from './rosters/roster.store';

type ProgrammeRefusal =
  | { readonly code: 'PROGRAMME_UNKNOWN'; readonly programme: string }
  | { readonly code: 'PROGRAMME_EXISTS'; readonly programmeCode: string }
  | { readonly code: 'PROGRAMME_FIELD_WRONG'; readonly field: string; readonly expected: string }
  /** The programme reckons by another rule than what was asked of it. */
  | { readonly code: 'PROGRAMME_KIND_WRONG'; readonly ruleKind: RuleKind; readonly needed: RuleKind }
  | {
      readonly code: 'STANDARD_OVERLAPS';
      readonly documentNo: string;
      readonly validFrom: Day;
      readonly validUntil: Day | null;
    }
  /** Nothing but what the list names is ever taken off a holder's money. */
  | { readonly code: 'DEDUCTION_UNDEFINED'; readonly kind: string; readonly defined: readonly string[] }
  /** The programme has a decision for the day that is not rejected. */
  | { readonly code: 'INDEX_EXISTS'; readonly programme: string; readonly validFrom: Day }
  | { readonly code: 'INDEX_WITHOUT_BASE'; readonly programme: string; readonly day: Day }
  /** A standard that was reckoned from has ended since. */
  | { readonly code: 'INDEX_BASE_CHANGED'; readonly documentNo: string }
  | { readonly code: 'QUALITY_OVERLAPS'; readonly region: string; readonly documentNo: string }
  | { readonly code: 'CALENDAR_EXISTS'; readonly year: number }
  | { readonly code: 'CALENDAR_DAY_WRONG'; readonly day: string; readonly expected: string }
  /** Nobody has recorded the holidays of a year the notice runs into. */
  | { readonly code: 'CALENDAR_MISSING'; readonly year: number };

type RosterRefusal =
  | { readonly code: 'REGION_OUTSIDE_BOOK'; readonly region: string }
  | ({
      readonly code: 'ROSTER_EMPTY';
      readonly region: string;
      readonly year: number;
      readonly asOf: Day;
    } & LeftOut)
  | {
      readonly code: 'PARCEL_ALREADY_ROSTERED';
      /** How many parcels of the region; the first of them, and the roster that has it. */
      readonly parcels: number;
      readonly parcelCode: string;
      readonly rosterNo: string;
    }
  | { readonly code: 'ROSTER_UNKNOWN'; readonly roster: string }
  | {
      readonly code: 'ROSTER_STATE_WRONG';
      readonly roster: string;
      readonly state: RosterState;
      readonly needed: readonly RosterState[];
    }
  /** What an operator owes up to a floor is never paid out of public money. */
  | { readonly code: 'TOP_UP_FROM_FISCAL'; readonly indicator: string; readonly sourceKind: string }
  | {
      readonly code: 'NOTHING_TO_SUPPLEMENT';
      readonly roster: string;
      /** Settled lines whose right no longer stands as it did: they need a new roster. */
      readonly changedSince: number;
    };

/** Contracts of farmland turned to forest, and what was accepted of them. */
type InstalmentRefusal =
  | { readonly code: 'CONTRACT_UNKNOWN'; readonly contract: string }
  | { readonly code: 'CONTRACT_EXISTS'; readonly contractNo: string }
  | { readonly code: 'CONTRACT_STATE_WRONG'; readonly contract: string; readonly state: string }
  | { readonly code: 'CONTRACT_RIGHT_UNKNOWN'; readonly parcelCode: string; readonly rightKind: string }
  | { readonly code: 'AREA_ABOVE'; readonly areaMu100: bigint; readonly mostMu100: bigint }
  | { readonly code: 'ACCEPTANCE_EXISTS'; readonly contractNo: string; readonly yearNo: number }
  | { readonly code: 'ACCEPTANCE_UNCONFIRMED'; readonly acceptance: string }
  | { readonly code: 'NOT_TENDED'; readonly acceptance: string };

type NoticeRefusal =
  | { readonly code: 'NOTICE_NOT_OVER'; readonly roster: string; readonly until: Day }
  | { readonly code: 'NOTICE_OVER'; readonly roster: string; readonly until: Day }
  | { readonly code: 'ROSTER_LINE_UNKNOWN'; readonly roster: string; readonly lineNo: number }
  | { readonly code: 'OBJECTION_EXISTS'; readonly lineNo: number }
  | { readonly code: 'OBJECTION_UNKNOWN'; readonly objection: string }
  | { readonly code: 'OBJECTION_SETTLED'; readonly objection: string; readonly outcome: string }
  | { readonly code: 'SETTLED_BY_ONESELF'; readonly objection: string }
  | { readonly code: 'TEXT_EMPTY'; readonly field: string }
  /** The text holds digits long enough to be somebody's phone, ID or account. */
  | { readonly code: 'TEXT_HOLDS_NUMBER'; readonly field: string };

type StepRefusal =
  | {
      readonly code: 'STEP_OUT_OF_ORDER';
      readonly roster: string;
      readonly expected: string;
      readonly given: string;
    }
  /** A post sent it back; it waits for the other. */
  | { readonly code: 'ROSTER_RETURNED'; readonly roster: string; readonly to: string }
  | { readonly code: 'RETURN_TARGET_WRONG'; readonly to: string; readonly before: readonly string[] }
  | { readonly code: 'NOT_RETURNED'; readonly roster: string }
  | { readonly code: 'STEP_BY_MAKER'; readonly roster: string }
  | { readonly code: 'TWO_STEPS_ON_ROSTER'; readonly roster: string; readonly post: string }
  | { readonly code: 'VILLAGES_CONFIRMED_BEFORE'; readonly roster: string; readonly left: number };

type GuardRefusal =
  | { readonly code: 'FINDING_UNKNOWN'; readonly finding: string }
  | {
      readonly code: 'FINDING_STATE_WRONG';
      readonly finding: string;
      readonly state: FindingState;
      readonly needed: readonly FindingState[];
    }
  | { readonly code: 'FINDING_DECIDED_BY_ONESELF'; readonly finding: string }
  | {
      readonly code: 'ROSTER_FILE_REFUSED';
      /** How many things are to be mended, how many of each kind, and the first of them by row. */
      readonly total: number;
      readonly codes: ImportErrors['codes'];
      readonly errors: ImportErrors['first'];
    }
  | { readonly code: 'ROSTER_FILE_REPEATED'; readonly roster: string; readonly sha256: string }
  | { readonly code: 'EXCLUSION_WRONG'; readonly field: string; readonly expected: string }
  | {
      readonly code: 'WATCH_LIST_REFUSED';
      readonly fields: readonly string[];
      /** How many rows are wrong; the first hundred of them, counted from 1, without what they hold. */
      readonly rows: number;
      readonly errors: readonly { readonly row: number; readonly fault: string }[];
    };

/** Everything this lib itself refuses; refusals of identity, funds and the ledger pass through beside these. */
export type CompensationRefusal =
  | ProgrammeRefusal
  | RosterRefusal
  | NoticeRefusal
  | StepRefusal
  | GuardRefusal
  | DecisionRefusal
  | InstalmentRefusal;

/** The refusals with these codes. */
export type Refused<Code extends CompensationRefusal['code']> = Extract<CompensationRefusal, { code: Code }>;
