import type { Day } from '@app/kernel';

/** What opening products, split rules and ride factors refuses. */
export type MarketRefusal =
  | { readonly code: 'PRODUCT_UNKNOWN'; readonly product: string }
  | { readonly code: 'PRODUCT_EXISTS'; readonly product: string }
  | { readonly code: 'PRODUCT_FIELD_WRONG'; readonly field: string; readonly expected: string }
  | { readonly code: 'SPLIT_RULE_WRONG'; readonly field: string; readonly expected: string }
  | { readonly code: 'SPLIT_RULE_EXISTS'; readonly validFrom: Day }
  | { readonly code: 'SPLIT_RULE_MISSING'; readonly day: Day }
  | { readonly code: 'RIDE_FACTOR_WRONG'; readonly field: string; readonly expected: string }
  | { readonly code: 'RIDE_FACTOR_EXISTS'; readonly validFrom: Day }
  | { readonly code: 'RIDE_FACTOR_MISSING'; readonly day: Day };

/** What quoting and placing an order refuses; the credits lib's refusals pass through beside these. */
export type OrderRefusal =
  | {
      readonly code: 'ORDER_SIZE_WRONG';
      readonly grams: bigint;
      readonly leastGrams: bigint;
      readonly mostGrams: bigint;
    }
  | { readonly code: 'CARD_NUMBER_MALFORMED'; readonly expected: string }
  /** The number is bound to a card or an order of another buyer. */
  | { readonly code: 'CARD_NUMBER_TAKEN'; readonly last4: string }
  | { readonly code: 'KEY_REUSED'; readonly id: string; readonly field: string };

/** What a payment notice refuses. */
export type NoticeRefusal =
  | { readonly code: 'NOTICE_SIGNATURE_WRONG' }
  | { readonly code: 'NOTICE_MALFORMED'; readonly field: string; readonly expected: string }
  | {
      readonly code: 'NOTICE_AMOUNT_WRONG';
      readonly orderNo: string;
      readonly expectedFen: bigint;
      readonly paidFen: bigint;
    }
  /** The notice number was used before with another content; `field` is the first that differs. */
  | { readonly code: 'NOTICE_REUSED'; readonly noticeNo: string; readonly field: string }
  | { readonly code: 'ORDER_ALREADY_PAID'; readonly orderNo: string; readonly noticeNo: string };

/** What a refund refuses. */
export type RefundRefusal =
  | { readonly code: 'ORDER_UNKNOWN'; readonly order: string }
  | { readonly code: 'ORDER_STATE_WRONG'; readonly order: string; readonly state: string }
  | { readonly code: 'REFUND_WINDOW_CLOSED'; readonly order: string; readonly endedOn: Day }
  | { readonly code: 'NOTHING_TO_REFUND'; readonly order: string };

export interface RideError {
  /** From 1, in the order of the request. */
  readonly row: number;
  readonly field: string;
  readonly code: string;
  readonly expected: string;
}

/** What a batch of rides refuses: all of it, so that it can be sent again when mended. */
export type RideRefusal =
  | { readonly code: 'RIDES_REFUSED'; readonly total: number; readonly errors: readonly RideError[] }
  | { readonly code: 'RIDES_TOO_MANY'; readonly given: number; readonly most: number };

export type CertificateRefusal =
  | { readonly code: 'CARD_UNKNOWN'; readonly card: string }
  /** Nothing was retired since the last certificate. */
  | { readonly code: 'NOTHING_TO_CERTIFY'; readonly card: string }
  /** `mistyped` when the check character already says that no such number exists. */
  | { readonly code: 'CERTIFICATE_UNKNOWN'; readonly number: string; readonly mistyped: boolean };

/** Everything this lib itself refuses. */
export type CardsRefusal =
  MarketRefusal | OrderRefusal | NoticeRefusal | RefundRefusal | RideRefusal | CertificateRefusal;
