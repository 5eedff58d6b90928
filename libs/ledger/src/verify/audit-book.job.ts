import { invariant } from '@app/kernel';
import { defineJob } from '@app/platform';

/** Nothing to say: a job is one book's. */
export type NoPayload = Readonly<Record<string, never>>;

const parse = (json: unknown): NoPayload => {
  invariant(typeof json === 'object' && json !== null, 'the payload is an object');
  return {};
};

/** A queue of its own: a long audit holds up no hold that expires. Never given up, however often it fails. */
const AUDIT = { queue: 'audit', attemptsMax: 1_000_000_000, parse };

export const AUDIT_NEW = defineJob<NoPayload>({ ...AUDIT, name: 'ledger.audit-new', leaseSeconds: 600 });
export const AUDIT_WHOLE = defineJob<NoPayload>({
  ...AUDIT,
  name: 'ledger.audit-whole',
  leaseSeconds: 6 * 3_600,
});
