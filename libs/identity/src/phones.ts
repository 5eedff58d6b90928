import { refuse, ok, type Result } from '@app/kernel';
import type { Crypto } from '@app/platform';

/** The phone itself is not repeated: refusals reach logs. */
export interface PhoneMalformed {
  readonly code: 'PHONE_MALFORMED';
  readonly expected: string;
}

const MOBILE = /^1\d{10}$/;

/** `+86 138-1234-5678` → `13812345678`: the one way a mobile number is written before it is indexed. */
export function phoneOf(typed: string): Result<string, PhoneMalformed> {
  const digits = typed.replace(/[\s-]/g, '').replace(/^(?:\+|00)86/, '');
  return MOBILE.test(digits)
    ? ok(digits)
    : refuse({ code: 'PHONE_MALFORMED', expected: 'a mobile number of 11 digits beginning with 1' });
}

/**
 * The blind index of a phone, for users and parties alike: made for `party.phone`, so that a person who signs in
 * finds what the registry holds under the same number. Takes the result of `phoneOf`.
 */
export const phoneIndexOf = (crypto: Crypto, phone: string): Buffer =>
  crypto.blindIndex('party.phone', phone);
