import type { Day } from '@app/kernel';
import type { Said } from '../parcel-facts/parcel-facts.words';
import type { FactFault } from './parcel-order.rules';
import type { ParcelOrderState } from './parcel-order.store';

export type ProposeParcelOrderRefusal =
  /** There is none with this code that the caller may see: the two are not told apart. */
  | { readonly code: 'PARCEL_UNKNOWN'; readonly parcel: string }
  /** It was split, merged or renumbered: the new parcels are changed instead. */
  | { readonly code: 'PARCEL_CLOSED'; readonly parcel: string; readonly closedOn: Day }
  | {
      readonly code: 'PARCEL_ORDER_DAY_WRONG';
      readonly from: string;
      /** The parcel's first day where it has one. */
      readonly earliest: Day;
      readonly latest: Day;
    }
  | { readonly code: 'PERSONAL_NUMBER_IN_TEXT'; readonly field: string; readonly expected: string }
  | { readonly code: 'PARCEL_FACTS_REFUSED'; readonly errors: readonly FactFault[] }
  | { readonly code: 'PARCEL_UNCHANGED'; readonly parcel: string };

export type DecideParcelOrderRefusal =
  | { readonly code: 'PARCEL_ORDER_UNKNOWN'; readonly order: string }
  | { readonly code: 'PARCEL_ORDER_DECIDED'; readonly order: string; readonly state: ParcelOrderState }
  | { readonly code: 'PARCEL_ORDER_BY_SAME_PERSON'; readonly order: string }
  | { readonly code: 'PERSONAL_NUMBER_IN_TEXT'; readonly field: string; readonly expected: string }
  | { readonly code: 'PARCEL_CLOSED'; readonly parcel: string; readonly closedOn: Day }
  /** Its day is still to come. */
  | { readonly code: 'PARCEL_ORDER_EARLY'; readonly from: Day; readonly today: Day }
  /** Somebody else changed the parcel since: this is how, newest first. */
  | { readonly code: 'PARCEL_CHANGED_MEANWHILE'; readonly parcel: string; readonly changed: readonly Said[] };
