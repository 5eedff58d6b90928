import type { CardsRefusal } from '@app/cards';
import { registerRefusals, type RefusalPresentation } from '../http';

/** Codes that only this edge refuses with. */
type EdgeCode = 'PERSON_REQUIRED' | 'IDEMPOTENCY_KEY_MALFORMED';

export const CARDS_STATUS: Record<CardsRefusal['code'] | EdgeCode, RefusalPresentation> = {
  PRODUCT_UNKNOWN: { status: 404, detail: 'There is no such card product in this book.' },
  PRODUCT_EXISTS: {
    status: 409,
    detail: 'A product of this code exists. Its terms do not change: use another code.',
  },
  PRODUCT_FIELD_WRONG: { status: 422, detail: 'A field of the product is not as expected.' },
  SPLIT_RULE_WRONG: { status: 422, detail: 'The split rule is not as expected.' },
  SPLIT_RULE_EXISTS: { status: 409, detail: 'A split rule from this day on exists.' },
  SPLIT_RULE_MISSING: {
    status: 409,
    detail: 'No split rule is in force: nothing can be sold before there is one.',
  },
  RIDE_FACTOR_WRONG: { status: 422, detail: 'The ride factor is not as expected.' },
  RIDE_FACTOR_EXISTS: { status: 409, detail: 'A ride factor from this day on exists.' },
  RIDE_FACTOR_MISSING: { status: 409, detail: 'No ride factor is in force on that day.' },
  ORDER_SIZE_WRONG: {
    status: 422,
    detail: 'The product is not sold in this size. Stay between the limits given.',
  },
  CARD_NUMBER_MALFORMED: { status: 422, detail: 'This is no card number.' },
  CARD_NUMBER_TAKEN: { status: 409, detail: 'The card number is bound to somebody else.' },
  KEY_REUSED: { status: 409, detail: 'This key was used before with another body.' },
  NOTICE_SIGNATURE_WRONG: { status: 401, detail: 'The signature does not fit the body.' },
  NOTICE_MALFORMED: { status: 422, detail: 'A field of the notice is not as expected.' },
  NOTICE_AMOUNT_WRONG: { status: 409, detail: 'An order is paid whole: the amount is not the order’s.' },
  NOTICE_REUSED: { status: 409, detail: 'This notice number was used before with another content.' },
  ORDER_ALREADY_PAID: { status: 409, detail: 'The order was paid by another notice. Return this money.' },
  ORDER_UNKNOWN: { status: 404, detail: 'There is no such order.' },
  ORDER_STATE_WRONG: { status: 409, detail: 'In this state the order cannot be refunded.' },
  REFUND_WINDOW_CLOSED: { status: 409, detail: 'The days for a refund are over.' },
  NOTHING_TO_REFUND: { status: 409, detail: 'All grams of the order are retired or were given back.' },
  RIDES_REFUSED: { status: 422, detail: 'Some rides are not as they should be. None was taken in.' },
  RIDES_TOO_MANY: { status: 422, detail: 'Send fewer rides at once.' },
  CARD_UNKNOWN: { status: 404, detail: 'There is no such card among yours.' },
  NOTHING_TO_CERTIFY: { status: 409, detail: 'Nothing was retired since the last certificate.' },
  CERTIFICATE_UNKNOWN: {
    status: 404,
    detail: 'There is no certificate with this number. Check what was typed.',
  },
  PERSON_REQUIRED: { status: 403, detail: 'This is for buyers, signed in by a code sent to their phone.' },
  IDEMPOTENCY_KEY_MALFORMED: {
    status: 422,
    detail: 'An Idempotency-Key is 1 to 200 of A-Z a-z 0-9 . _ : / -',
  },
};
registerRefusals(CARDS_STATUS);
