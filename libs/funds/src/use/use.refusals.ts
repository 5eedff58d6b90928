import type { Day } from '@app/kernel';
import type { TextRefusal } from '../text.rules';

export type UseRefusal =
  | TextRefusal
  | { readonly code: 'AMOUNT_NOT_POSITIVE'; readonly amountFen: bigint }
  | { readonly code: 'PARTY_UNKNOWN'; readonly party: string }
  /** Households and persons do with their money what they like. */
  | { readonly code: 'PARTY_NOT_EARMARKED'; readonly party: string; readonly kind: string }
  | { readonly code: 'VOUCHER_EXISTS'; readonly party: string; readonly documentNo: string }
  | { readonly code: 'VOUCHER_UNKNOWN'; readonly voucher: string }
  | { readonly code: 'VOUCHER_VOID'; readonly voucher: string }
  | { readonly code: 'STEP_BY_SAME_PERSON'; readonly step: 'void'; readonly before: 'record' }
  | { readonly code: 'ALREADY_IN_FORCE'; readonly from: Day; readonly documentNo: string };
