import type { Principal } from '@app/identity';
import { RefusalException } from '../http';

/** The caller's user id when it is a person; staff do not buy. */
export function buyerOf(principal: Principal): string {
  if (principal.kind === 'person') return principal.userId;
  throw new RefusalException({ code: 'PERSON_REQUIRED' });
}

const KEY = /^[A-Za-z0-9._:/-]{1,200}$/;

/** The Idempotency-Key header, when there is one. */
export function idempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined || KEY.test(header)) return header;
  throw new RefusalException({ code: 'IDEMPOTENCY_KEY_MALFORMED' });
}
