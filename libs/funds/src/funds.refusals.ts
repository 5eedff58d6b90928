import type { DraftRefusal } from './indicator.rules';

/** Everything this lib itself refuses; the ledger's own refusals pass through beside these. */
export type FundsRefusal =
  | DraftRefusal
  | { readonly code: 'INDICATOR_EXISTS'; readonly docNo: string; readonly projectCode: string }
  | { readonly code: 'INDICATOR_UNKNOWN'; readonly indicator: string }
  | {
      readonly code: 'INDICATOR_INSUFFICIENT';
      readonly indicator: string;
      readonly available: bigint;
      readonly asked: bigint;
    }
  | {
      readonly code: 'NOT_ENOUGH_TO_RELEASE';
      readonly from: 'reserved' | 'stopped';
      readonly available: bigint;
      readonly asked: bigint;
    };
