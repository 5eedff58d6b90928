import type { DecisionRefusal, DecisionState } from '../decision.rules';
import type { DraftRefusal } from '../indicators/indicator.rules';
import type { TextRefusal } from '../text.rules';

export type AgreementRefusal =
  | TextRefusal
  | DecisionRefusal
  | DraftRefusal
  | { readonly code: 'OTHER_BOOK_UNKNOWN'; readonly otherBook: string }
  | { readonly code: 'AGREEMENT_UNKNOWN'; readonly agreement: string }
  | { readonly code: 'AGREEMENT_ACCEPTED'; readonly agreement: string; readonly state: DecisionState }
  /** Money moves when both books have approved it, and within its days. */
  | {
      readonly code: 'AGREEMENT_NOT_LIVE';
      readonly agreement: string;
      readonly here: DecisionState | 'missing';
      readonly there: DecisionState | 'missing';
      readonly inTerm: boolean;
    }
  | { readonly code: 'NOT_THIS_SIDE'; readonly agreement: string; readonly needed: 'payer' | 'recipient' }
  | {
      readonly code: 'AGREEMENT_EXCEEDED';
      readonly agreement: string;
      readonly left: bigint;
      readonly asked: bigint;
    }
  | { readonly code: 'TRANSFER_UNKNOWN'; readonly agreement: string; readonly no: number }
  | { readonly code: 'TRANSFER_RECEIVED'; readonly agreement: string; readonly no: number }
  | {
      readonly code: 'BENEFIT_DIFFERS';
      readonly agreement: string;
      readonly no: number;
      readonly field: string;
    }
  | { readonly code: 'BENEFIT_CONFIRMED'; readonly agreement: string; readonly no: number }
  | { readonly code: 'INDICATOR_UNKNOWN'; readonly indicator: string }
  | { readonly code: 'INDICATOR_CLOSED'; readonly indicator: string }
  | { readonly code: 'INDICATOR_EXISTS'; readonly docNo: string; readonly projectCode: string }
  | { readonly code: 'FUND_SOURCE_UNKNOWN'; readonly fundSource: string }
  | {
      readonly code: 'INDICATOR_INSUFFICIENT';
      readonly indicator: string;
      readonly available: bigint;
      readonly asked: bigint;
    };
