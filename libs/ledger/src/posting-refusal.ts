/** Why the ledger did not post an entry. Amounts are counted integers; accounts are paths. */
export type PostingRefusal =
  | { readonly code: 'ACCOUNT_UNKNOWN'; readonly account: string; readonly asset: string }
  | { readonly code: 'ACCOUNT_CLOSED'; readonly account: string; readonly asset: string }
  /** The entry's kind may not touch accounts of this kind. */
  | { readonly code: 'ACCOUNT_KIND_NOT_ALLOWED'; readonly account: string; readonly kind: string }
  | { readonly code: 'ASSET_UNKNOWN'; readonly asset: string }
  /** The balance would fall below the account's floor by `missing`. */
  | {
      readonly code: 'BALANCE_INSUFFICIENT';
      readonly account: string;
      readonly asset: string;
      readonly missing: bigint;
    }
  /** The account's turnover would leave the range that is counted exactly. */
  | { readonly code: 'BALANCE_TOO_LARGE'; readonly account: string; readonly asset: string }
  /** Debits less credits of one asset are not zero. */
  | { readonly code: 'ENTRY_UNBALANCED'; readonly asset: string; readonly difference: bigint }
  /** The id was used before with another body; `field` is the first that differs. */
  | { readonly code: 'KEY_REUSED'; readonly id: string; readonly field: string }
  | { readonly code: 'KIND_UNKNOWN'; readonly kind: string }
  /** The kind exists but not for this door: a domain kind over HTTP, or another owner's. */
  | { readonly code: 'KIND_NOT_ALLOWED'; readonly kind: string }
  | { readonly code: 'REVERSAL_UNKNOWN'; readonly reverses: string }
  /** A reversal cannot be reversed: post the original again. */
  | { readonly code: 'REVERSAL_OF_REVERSAL'; readonly reverses: string }
  /** `left` of the original on this account may still be taken back (positive debits, negative credits). */
  | {
      readonly code: 'REVERSAL_EXCEEDS';
      readonly reverses: string;
      readonly account: string;
      readonly asset: string;
      readonly left: bigint;
    }
  | { readonly code: 'HOLD_UNKNOWN'; readonly hold: string }
  | { readonly code: 'HOLD_NOT_OWNED'; readonly hold: string; readonly owner: string }
  | { readonly code: 'HOLD_ENDED'; readonly hold: string; readonly state: HoldState }
  | { readonly code: 'HOLD_EXPIRED'; readonly hold: string; readonly expiresAt: string }
  | { readonly code: 'HOLD_NOT_EXPIRED'; readonly hold: string; readonly expiresAt: string }
  /** The ending entry does not take exactly what is held out of the account it sits on. */
  | {
      readonly code: 'HOLD_AMOUNT_DIFFERS';
      readonly hold: string;
      readonly account: string;
      readonly asset: string;
      readonly held: bigint;
    };

export type HoldState = 'held' | 'committed' | 'released' | 'expired';
