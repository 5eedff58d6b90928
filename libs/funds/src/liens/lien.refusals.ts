import type { Day } from '@app/kernel';
import type { DecisionRefusal } from '../decision.rules';
import type { TextRefusal } from '../text.rules';
import type { LienState } from './lien.words';

export type LienRefusal =
  | TextRefusal
  | DecisionRefusal
  | { readonly code: 'AMOUNT_NOT_POSITIVE'; readonly amountFen: bigint }
  | { readonly code: 'PARTY_UNKNOWN'; readonly party: string }
  /** The income of the programme, or the certificate, is pledged already: from this day to that. */
  | {
      readonly code: 'INCOME_PLEDGED';
      readonly lien: string;
      readonly certificateNo: string;
      readonly from: Day;
      readonly to: Day;
    }
  | { readonly code: 'LIEN_UNKNOWN'; readonly lien: string }
  | { readonly code: 'LIEN_NOT_LIVE'; readonly lien: string; readonly state: LienState };
