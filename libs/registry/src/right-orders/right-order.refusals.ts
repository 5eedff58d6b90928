import type { Day } from '@app/kernel';
import type { HeldShare, ShareFault } from './right-order.rules';
import type { RightOrderState } from './right-order.store';

export type ProposeRightOrderRefusal =
  /** There is none with this code that the caller may see: the two are not told apart. */
  | { readonly code: 'PARCEL_UNKNOWN'; readonly parcel: string }
  /** Its land is other parcels' now: their rights are changed instead. */
  | { readonly code: 'PARCEL_CLOSED'; readonly parcel: string; readonly closedOn: Day }
  /** What was paid and issued by the days that are over stays as it was. */
  | { readonly code: 'RIGHTS_DAY_WRONG'; readonly from: string; readonly earliest: Day }
  /** A correction is about days that are over, perhaps until a last one; nothing else has a last day. */
  | {
      readonly code: 'RIGHTS_CORRECTION_DAYS_WRONG';
      readonly from: string;
      readonly to: string | null;
      readonly latest: Day;
    }
  | { readonly code: 'RIGHTS_REFUSED'; readonly errors: readonly ShareFault[] }
  /** A share begins on the day or after it: change it first, or choose a later day. */
  | { readonly code: 'RIGHTS_CHANGE_LATER'; readonly from: Day; readonly begins: Day }
  | { readonly code: 'RIGHTS_UNCHANGED'; readonly parcel: string }
  | { readonly code: 'PERSONAL_NUMBER_IN_TEXT'; readonly field: string; readonly expected: string };

export type DecideRightOrderRefusal =
  | { readonly code: 'RIGHT_ORDER_UNKNOWN'; readonly order: string }
  | { readonly code: 'RIGHT_ORDER_DECIDED'; readonly order: string; readonly state: RightOrderState }
  | { readonly code: 'RIGHT_ORDER_BY_SAME_PERSON'; readonly order: string }
  | { readonly code: 'RIGHTS_DAY_WRONG'; readonly from: string; readonly earliest: Day }
  | { readonly code: 'PARCEL_CLOSED'; readonly parcel: string; readonly closedOn: Day }
  /** Who was to get a right is no more: external numbers. */
  | { readonly code: 'RIGHTS_PARTY_CLOSED'; readonly parties: readonly string[] }
  /** Somebody else changed the parcel's rights since: these are the shares now. */
  | {
      readonly code: 'RIGHTS_CHANGED_MEANWHILE';
      readonly parcel: string;
      readonly now: readonly HeldShare[];
    };
