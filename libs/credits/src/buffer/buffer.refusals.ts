import type { Day } from '@app/kernel';
import type { DecisionState } from '../rules/book-rule.store';
import type { NumberInText } from '../text.rules';

export type BufferRefusal =
  | NumberInText
  | { readonly code: 'ISSUANCE_UNKNOWN'; readonly issuance: string }
  /** The county has decided after how many years a buffer returns for no day so far. */
  | { readonly code: 'BUFFER_RULE_MISSING'; readonly day: Day }
  | {
      readonly code: 'BUFFER_NOT_DUE';
      readonly issuance: string;
      readonly dueDay: Day;
      readonly years: number;
    }
  /** A reversal left so many grams open: buffers are there to make them good. */
  | { readonly code: 'BUFFER_OWED'; readonly openGrams: bigint }
  /** All of it was used. */
  | { readonly code: 'BUFFER_EMPTY'; readonly issuance: string }
  | { readonly code: 'BUFFER_RETURN_EXISTS'; readonly issuance: string; readonly state: DecisionState }
  | { readonly code: 'BUFFER_RETURN_UNKNOWN'; readonly bufferReturn: string }
  | { readonly code: 'BUFFER_RETURN_DECIDED'; readonly bufferReturn: string; readonly state: DecisionState }
  | { readonly code: 'STEP_BY_SAME_PERSON'; readonly step: 'decide'; readonly before: 'propose' };
