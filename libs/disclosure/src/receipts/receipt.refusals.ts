import type { RowFault } from './receipt.rules';

export type ReceiptRefusal =
  | { readonly code: 'RECEIPT_DAYS_WRONG'; readonly from: string; readonly to: string }
  /** `total` faults; the first ones are told. */
  | {
      readonly code: 'PLATFORM_ROWS_REFUSED';
      readonly total: number;
      readonly errors: readonly RowFault[];
    };
