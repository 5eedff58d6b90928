import type { Condition } from './entry';

import type { LaneFull } from './lane/command-kind';

/** Why the ledger did not post an entry. Amounts are counted integers; accounts are paths. */
export type PostingRefusal =
  /** Nothing was done and nothing is frozen: the same id may be sent again. */
  | LaneFull
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
  /** A late entry would put the account below its floor by `missing` at an effective time that has passed. */
  | {
      readonly code: 'BACKDATED_BALANCE_INSUFFICIENT';
      readonly account: string;
      readonly asset: string;
      readonly missing: bigint;
      /** The worst of those moments. */
      readonly at: string;
    }
  /** What the request said must be so is not. */
  | {
      readonly code: 'CONDITION_FAILED';
      /** Its place in the request, from 0. */
      readonly condition: string;
      readonly account: string;
      readonly asset: string;
      readonly is: Condition['is'];
      readonly expected: bigint;
      readonly actual: bigint;
    }
  /** Later than the book's clock allows: a little is forgiven, for clocks differ. */
  | { readonly code: 'EFFECTIVE_IN_FUTURE'; readonly effectiveAt: string; readonly latest: string }
  /** At or before the end of the last closed period. */
  | { readonly code: 'PERIOD_CLOSED'; readonly effectiveAt: string; readonly closedUntil: string }
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
  /** The ending entry does not take exactly what is left of the hold out of the account it sits on. */
  | {
      readonly code: 'HOLD_AMOUNT_DIFFERS';
      readonly hold: string;
      readonly account: string;
      readonly asset: string;
      readonly held: bigint;
    }
  /** The entry takes more out of the hold than is left there. */
  | {
      readonly code: 'HOLD_AMOUNT_EXCEEDED';
      readonly hold: string;
      readonly account: string;
      readonly asset: string;
      readonly left: bigint;
    };

export type HoldState = 'held' | 'committed' | 'released' | 'expired';
