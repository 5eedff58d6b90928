import type { BatchState } from './batch.store';
import type { LineState } from './line.rules';

/** What OpenBasis refuses. */
export type BasisRefusal =
  | { readonly code: 'BASIS_EMPTY'; readonly sourceId: string }
  | {
      readonly code: 'BASIS_TOTAL_DIFFERS';
      readonly sourceId: string;
      readonly totalFen: bigint;
      readonly linesFen: bigint;
    }
  | { readonly code: 'BASIS_REUSED'; readonly sourceId: string; readonly field: 'hash' | 'totalFen' | 'rail' }
  | { readonly code: 'LINE_AMOUNT_NOT_POSITIVE'; readonly sourceId: string; readonly line: number };

/** What PlanBatches refuses. */
export type PlanRefusal =
  | {
      readonly code: 'NOTHING_TO_PAY';
      readonly target: string;
      /** Lines that could be paid but whose payee has no bank account on record. */
      readonly withoutAccount: number;
    }
  | { readonly code: 'TWO_STEPS_BY_ONE'; readonly sourceId: string };

/** What Reissue and StopLines refuse about a line. */
export type LineRefusal =
  | { readonly code: 'LINE_UNKNOWN'; readonly lineId: string }
  | { readonly code: 'LINE_REPEATED'; readonly lineId: string }
  | { readonly code: 'LINE_STATE_WRONG'; readonly lineId: string; readonly state: LineState }
  | {
      readonly code: 'REISSUE_ABOVE_FAILED';
      readonly lineId: string;
      readonly failedFen: bigint;
      readonly askedFen: bigint;
    }
  | { readonly code: 'REISSUE_NEEDS_CORRECTION'; readonly lineId: string; readonly reasonCode: string }
  | { readonly code: 'REISSUE_WITHOUT_ACCOUNT'; readonly lineId: string }
  | { readonly code: 'LINES_TOO_MANY'; readonly given: number; readonly most: number }
  | { readonly code: 'RAIL_CANNOT_STOP'; readonly lineId: string }
  | { readonly code: 'CORRECTED_BY_ONESELF'; readonly lineId: string };

export type BatchRefusal =
  | { readonly code: 'BATCH_UNKNOWN'; readonly batch: string }
  | { readonly code: 'BATCH_NOT_SUBMITTED'; readonly batch: string; readonly state: BatchState };

/** Everything this lib itself refuses; the ledger's own refusals pass through beside these. */
export type DisbursementRefusal = BasisRefusal | PlanRefusal | LineRefusal | BatchRefusal;
