import { invariant, isUuid } from '@app/kernel';
import { defineJob } from '@app/platform';

export interface LockRosterJob {
  readonly roster: string;
}

function parse(json: unknown): LockRosterJob {
  const roster = json !== null && typeof json === 'object' && 'roster' in json ? json.roster : undefined;
  invariant(typeof roster === 'string' && isUuid(roster), 'a lock job names its roster');
  return { roster };
}

/** Makes an approved roster payable, slice by slice. Safe to run again from any point. */
export const LOCK_ROSTER = defineJob<LockRosterJob>({
  queue: 'compensation',
  name: 'compensation.lock-roster',
  attemptsMax: 20,
  leaseSeconds: 180,
  parse,
});

export const COMPENSATION_JOBS = [LOCK_ROSTER] as const;
