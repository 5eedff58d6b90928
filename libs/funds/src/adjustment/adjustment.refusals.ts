import type { TextRefusal } from '../text.rules';

export type AdjustmentRefusal =
  | TextRefusal
  | { readonly code: 'INDICATOR_UNKNOWN'; readonly indicator: string }
  | { readonly code: 'INDICATOR_CLOSED'; readonly indicator: string }
  | { readonly code: 'ADJUSTMENT_EXISTS'; readonly indicator: string; readonly documentNo: string }
  /** Of what is allotted so much is reserved or further on; only what is available can be taken away. */
  | {
      readonly code: 'INDICATOR_LOCKED';
      readonly indicator: string;
      readonly allotted: bigint;
      readonly locked: bigint;
      readonly available: bigint;
      readonly asked: bigint;
    };
