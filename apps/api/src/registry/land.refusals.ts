import type {
  DecideLandOrderRefusal,
  DecideParcelOrderRefusal,
  ProposeLandOrderRefusal,
  ProposeParcelOrderRefusal,
} from '@app/registry';
import type { RefusalPresentation } from '../http';

type LandRefusal =
  ProposeParcelOrderRefusal | DecideParcelOrderRefusal | ProposeLandOrderRefusal | DecideLandOrderRefusal;

/** What orders about parcels and land refuse, besides what others do. */
export const LAND_STATUS: Record<
  Exclude<LandRefusal['code'], 'PARCEL_UNKNOWN' | 'PERSONAL_NUMBER_IN_TEXT'>,
  RefusalPresentation
> = {
  PARCEL_CLOSED: {
    status: 409,
    detail: 'The parcel was split, merged or renumbered. Change the parcels that it became.',
  },
  PARCEL_ORDER_DAY_WRONG: {
    status: 422,
    detail: 'The day lies between the first day of the parcel and a year from now.',
  },
  PARCEL_FACTS_REFUSED: {
    status: 422,
    detail: 'Nothing was recorded. Mend the columns listed and send all again.',
  },
  PARCEL_UNCHANGED: { status: 409, detail: 'This is what the registry says already.' },
  PARCEL_ORDER_UNKNOWN: { status: 404, detail: 'There is no such order in this book that you may see.' },
  PARCEL_ORDER_DECIDED: { status: 409, detail: 'This order was decided before.' },
  PARCEL_ORDER_BY_SAME_PERSON: { status: 403, detail: 'Whoever proposed an order may not decide it.' },
  PARCEL_ORDER_EARLY: { status: 409, detail: 'An order is approved on its day or later.' },
  PARCEL_CHANGED_MEANWHILE: {
    status: 409,
    detail: 'The parcel was changed since, as listed. Reject the order and propose it anew.',
  },
  PARCELS_IN_SEVERAL_VILLAGES: { status: 422, detail: 'Parcels of one order lie in one village.' },
  LAND_SHARED: {
    status: 409,
    detail: 'Other parcels lie on the same land unit. Name them in the order too.',
  },
  LAND_ORDER_DAY_WRONG: {
    status: 422,
    detail: 'Facts or rights of the parcels begin on this day or later, or it is more than a year ahead.',
  },
  LAND_RIGHTS_UNCLEAR: {
    status: 409,
    detail: 'A right to these parcels ends on different days. Change it to end on one day first.',
  },
  LAND_ORDER_REFUSED: {
    status: 422,
    detail: 'Nothing was recorded. Mend what is listed and send all again.',
  },
  LAND_CODES_TAKEN: { status: 409, detail: 'The book has these codes already. Choose others.' },
  LAND_ORDER_UNKNOWN: { status: 404, detail: 'There is no such order in this book that you may see.' },
  LAND_ORDER_DECIDED: { status: 409, detail: 'This order was decided before.' },
  LAND_ORDER_BY_SAME_PERSON: { status: 403, detail: 'Whoever proposed an order may not decide it.' },
  LAND_ORDER_EARLY: { status: 409, detail: 'An order is approved on its day or later.' },
  LAND_CHANGED_MEANWHILE: {
    status: 409,
    detail: 'These parcels were changed since, as listed. Reject the order and propose it anew.',
  },
};
