import { timingSafeEqual } from 'node:crypto';

import { ok, refuse, type Result } from '@app/kernel';
import type { Crypto } from '@app/platform';
import type { CodesSent } from './one-time-codes.store';

export interface CodeTooOften {
  readonly code: 'CODE_TOO_OFTEN';
  readonly retryAfterSeconds: number;
}

const PAUSE_SECONDS = 60;
const PER_HOUR = 5;
const PER_DAY = 10;
const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

/** A code a minute, five an hour, ten a day for one phone. Whoever meets a longer limit is told its whole length. */
export function mayRequestCode({ inHour, inDay, secondsSinceLast }: CodesSent): Result<void, CodeTooOften> {
  if (inDay >= PER_DAY) return refuse({ code: 'CODE_TOO_OFTEN', retryAfterSeconds: DAY_SECONDS });
  if (inHour >= PER_HOUR) return refuse({ code: 'CODE_TOO_OFTEN', retryAfterSeconds: HOUR_SECONDS });
  if (secondsSinceLast !== undefined && secondsSinceLast < PAUSE_SECONDS) {
    return refuse({ code: 'CODE_TOO_OFTEN', retryAfterSeconds: PAUSE_SECONDS - secondsSinceLast });
  }
  return ok(undefined);
}

/**
 * Keyed and bound to its row. The purpose is the phone's because it guards a phone's sign-in; the prefix keeps
 * it apart from phones, which are digits only.
 */
export const codeHashOf = (crypto: Crypto, id: string, code: string): Buffer =>
  crypto.blindIndex('user.phone', `one-time-code/${id}/${code}`);

export const isCode = (crypto: Crypto, open: { id: string; codeHash: Buffer }, code: string): boolean =>
  timingSafeEqual(codeHashOf(crypto, open.id, code), open.codeHash);
