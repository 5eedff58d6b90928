import { createHmac, timingSafeEqual } from 'node:crypto';

/** HMAC-SHA-256 over the exact bytes of a message, as lower-case hex: the header `X-Bank-Signature`. */
export const sign = (key: string, body: string): string =>
  createHmac('sha256', key).update(body).digest('hex');

export function isSigned(key: string, body: string, signature: unknown): boolean {
  if (typeof signature !== 'string') return false;
  const expected = Buffer.from(sign(key, body));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
