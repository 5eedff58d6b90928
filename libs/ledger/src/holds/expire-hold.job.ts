import { invariant, isUuid } from '@app/kernel';
import { defineJob } from '@app/platform';

export interface ExpireHoldPayload {
  readonly hold: string;
}

/** Due when the hold expires, by the book's clock. */
export const EXPIRE_HOLD = defineJob<ExpireHoldPayload>({
  queue: 'ledger',
  name: 'ledger.expire-hold',
  attemptsMax: 10,
  leaseSeconds: 30,
  parse: (json) => {
    const { hold } = json as { hold: unknown };
    invariant(typeof hold === 'string' && isUuid(hold), 'the job names a hold');
    return { hold };
  },
});
