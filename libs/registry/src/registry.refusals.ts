import type { Day } from '@app/kernel';
import type { MapRefusal } from './geometry/import-map';
import type { ImportRefusal } from './import/import-file';
import type { DecideLandOrderRefusal, ProposeLandOrderRefusal } from './land-orders/land-order.refusals';
import type {
  DecideParcelOrderRefusal,
  ProposeParcelOrderRefusal,
} from './parcel-orders/parcel-order.refusals';
import type { DecidePartyOrderRefusal, ProposePartyOrderRefusal } from './party-orders/party-order.refusals';
import type { DecidePayeeOrderRefusal, ProposePayeeOrderRefusal } from './payees/payee.refusals';
import type { DecideRightOrderRefusal, ProposeRightOrderRefusal } from './right-orders/right-order.refusals';

/** Everything this lib refuses. */
export type RegistryRefusal =
  | ImportRefusal
  | MapRefusal
  | ProposeRightOrderRefusal
  | DecideRightOrderRefusal
  | ProposeParcelOrderRefusal
  | DecideParcelOrderRefusal
  | ProposeLandOrderRefusal
  | DecideLandOrderRefusal
  | ProposePartyOrderRefusal
  | DecidePartyOrderRefusal
  | ProposePayeeOrderRefusal
  | DecidePayeeOrderRefusal
  /** There is none with this id that the caller may see: the two are not told apart. */
  | { readonly code: 'PARTY_UNKNOWN'; readonly party: string }
  | { readonly code: 'BANK_ACCOUNT_MALFORMED'; readonly field: 'number'; readonly expected: string }
  /** Texts are kept in clear, so they hold no number that could be somebody's. */
  | { readonly code: 'PERSONAL_NUMBER_IN_TEXT'; readonly field: string; readonly expected: string }
  | { readonly code: 'BANK_ACCOUNT_UNCHANGED'; readonly party: string; readonly account: string }
  /** Somebody else corrected it at the same moment: look again. */
  | { readonly code: 'BANK_ACCOUNT_CHANGED_MEANWHILE'; readonly party: string }
  | { readonly code: 'CONSENT_SHARE_WRONG'; readonly sharePercent: string; readonly expected: string }
  | {
      readonly code: 'CONSENT_TERM_WRONG';
      readonly until: string;
      readonly earliest: Day;
      readonly latest: Day;
    }
  | { readonly code: 'CONSENT_IN_FORCE'; readonly consent: string | null; readonly until: Day | null }
  | { readonly code: 'CONSENT_UNKNOWN'; readonly consent: string }
  | { readonly code: 'CONSENT_REVOKED_BEFORE'; readonly consent: string; readonly revokedAt: Date | null }
  /** A collective's consent is a members' resolution on paper, imported by the bureau (rules.md 11). */
  | { readonly code: 'CONSENT_NEEDS_RESOLUTION'; readonly party: string; readonly kind: string };
