/** Why a plot gets no voucher. */
export type VoucherFault = 'unknown' | 'not-tea' | 'not-measured' | 'not-rechecked';

export type VoucherRefusal =
  /** `total` plots; the first ones are named. */
  | {
      readonly code: 'VOUCHERS_REFUSED';
      readonly total: number;
      readonly errors: readonly { readonly parcelCode: string; readonly fault: VoucherFault }[];
    }
  | { readonly code: 'VOUCHER_UNKNOWN'; readonly number: string; readonly mistyped: boolean };
