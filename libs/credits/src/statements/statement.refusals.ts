import type { Day } from '@app/kernel';
import type { PeriodRefusal } from '../period.rules';
import type { DecisionState } from '../rules/book-rule.store';
import type { NumberInText } from '../text.rules';

export type PublishRefusal =
  | PeriodRefusal
  | NumberInText
  /** Everything measured is in a statement, or nothing is measured. */
  | { readonly code: 'NOTHING_TO_PUBLISH'; readonly region: string }
  /** More than forest takes up, and no document of what was measured. */
  | {
      readonly code: 'STATEMENT_IMPOSSIBLE';
      readonly meanGramsPerMu: bigint;
      readonly mostGramsPerMu: bigint;
      readonly expected: string;
    };

export type CommentRefusal =
  | NumberInText
  | { readonly code: 'STATEMENT_UNKNOWN'; readonly statement: string }
  | { readonly code: 'COMMENT_PERIOD_OVER'; readonly statement: string; readonly until: Day | null }
  | { readonly code: 'COMMENT_PARCEL_UNKNOWN'; readonly statement: string; readonly parcel: string }
  | { readonly code: 'COMMENT_EXISTS'; readonly statement: string; readonly no: number }
  | { readonly code: 'COMMENTS_TOO_MANY'; readonly statement: string; readonly most: number }
  | { readonly code: 'COMMENT_EMPTY'; readonly field: 'text' | 'answer' };

export type AnswerRefusal =
  | NumberInText
  | { readonly code: 'COMMENT_EMPTY'; readonly field: 'text' | 'answer' }
  | { readonly code: 'COMMENT_UNKNOWN'; readonly statement: string; readonly no: number }
  | { readonly code: 'COMMENT_ANSWERED'; readonly statement: string; readonly no: number }
  | { readonly code: 'STEP_BY_SAME_PERSON'; readonly step: 'answer'; readonly before: 'comment' | 'measure' };

export type VerificationRefusal =
  | NumberInText
  | { readonly code: 'STATEMENT_UNKNOWN'; readonly statement: string }
  | { readonly code: 'DAY_WRONG'; readonly field: 'reportDay'; readonly value: string }
  | { readonly code: 'VERIFICATION_UNKNOWN'; readonly verification: string }
  | { readonly code: 'VERIFICATION_DECIDED'; readonly verification: string; readonly state: DecisionState }
  | { readonly code: 'STATEMENT_VERIFIED'; readonly statement: string; readonly verification: string }
  | { readonly code: 'COMMENT_PERIOD_RUNNING'; readonly statement: string; readonly until: Day }
  | { readonly code: 'NOTHING_TO_VERIFY'; readonly statement: string }
  | {
      readonly code: 'STEP_BY_SAME_PERSON';
      readonly step: 'decide' | 'verify';
      readonly before: 'propose' | 'measure';
    };

export type StatementRefusal = PublishRefusal | CommentRefusal | AnswerRefusal | VerificationRefusal;
