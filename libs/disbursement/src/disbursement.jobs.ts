import { invariant, isUuid } from '@app/kernel';
import { defineJob } from '@app/platform';

export interface BatchJob {
  readonly batch: string;
}

function parse(json: unknown): BatchJob {
  const batch = json !== null && typeof json === 'object' && 'batch' in json ? json.batch : undefined;
  invariant(typeof batch === 'string' && isUuid(batch), 'a batch job names its batch');
  return { batch };
}

/** Both jobs may be run by two workers at once, so a killed one's work is taken over soon. */
const LEASE_SECONDS = 15;

/** Brings a planned batch into transit and to the bank. Safe to run again from any point. */
export const SUBMIT_BATCH = defineJob<BatchJob>({
  queue: 'disbursement',
  name: 'disbursement.submit-batch',
  attemptsMax: 20,
  leaseSeconds: LEASE_SECONDS,
  parse,
});

/** Fetches what the bank says about a batch until every line is paid or returned. */
export const POLL_BATCH = defineJob<BatchJob>({
  queue: 'disbursement',
  name: 'disbursement.poll-batch',
  attemptsMax: 20,
  leaseSeconds: LEASE_SECONDS,
  parse,
});

export const DISBURSEMENT_JOBS = [SUBMIT_BATCH, POLL_BATCH] as const;
