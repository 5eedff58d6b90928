import type { Day } from '@app/kernel';
import type { UnclearRight } from './carried-shares.rules';
import type { LandFault } from './land-order.rules';
import type { LandOrderState } from './land-order.store';

export type ProposeLandOrderRefusal =
  | { readonly code: 'PARCEL_UNKNOWN'; readonly parcel: string }
  | { readonly code: 'PARCEL_CLOSED'; readonly parcel: string; readonly closedOn: Day }
  | { readonly code: 'PARCELS_IN_SEVERAL_VILLAGES'; readonly villages: readonly string[] }
  /** Others lie on the same land unit: the order has to name them too. */
  | { readonly code: 'LAND_SHARED'; readonly parcels: readonly string[] }
  /** Facts or shares of the parcels begin later: earliest is the first day on which nothing does. */
  | {
      readonly code: 'LAND_ORDER_DAY_WRONG';
      readonly from: string;
      readonly earliest: Day;
      readonly latest: Day;
    }
  /** Somebody's right to these parcels ends on different days: change it to end on one first. */
  | { readonly code: 'LAND_RIGHTS_UNCLEAR'; readonly rights: readonly UnclearRight[] }
  | { readonly code: 'PERSONAL_NUMBER_IN_TEXT'; readonly field: string; readonly expected: string }
  | { readonly code: 'LAND_ORDER_REFUSED'; readonly errors: readonly LandFault[] }
  | { readonly code: 'LAND_CODES_TAKEN'; readonly codes: readonly string[] };

export type DecideLandOrderRefusal =
  | { readonly code: 'LAND_ORDER_UNKNOWN'; readonly order: string }
  | { readonly code: 'LAND_ORDER_DECIDED'; readonly order: string; readonly state: LandOrderState }
  | { readonly code: 'LAND_ORDER_BY_SAME_PERSON'; readonly order: string }
  | { readonly code: 'PERSONAL_NUMBER_IN_TEXT'; readonly field: string; readonly expected: string }
  | { readonly code: 'LAND_ORDER_EARLY'; readonly from: Day; readonly today: Day }
  | { readonly code: 'LAND_SHARED'; readonly parcels: readonly string[] }
  | { readonly code: 'LAND_CODES_TAKEN'; readonly codes: readonly string[] }
  /** Somebody else changed these parcels since: their facts, their rights or both; or closed them. */
  | {
      readonly code: 'LAND_CHANGED_MEANWHILE';
      readonly parcels: readonly {
        readonly parcel: string;
        readonly changed: readonly ('facts' | 'rights')[];
        readonly closedOn: Day | null;
      }[];
    };
