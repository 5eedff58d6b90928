import { invariant, isUuid } from '@app/kernel';
import { defineJob } from '@app/platform';

export interface CheckOverlapsJob {
  readonly file: string;
}

function parse(json: unknown): CheckOverlapsJob {
  const file = json !== null && typeof json === 'object' && 'file' in json ? json.file : undefined;
  invariant(typeof file === 'string' && isUuid(file), 'a comparing job names its map file');
  return { file };
}

/** Compares the shapes of a map file with what lies beside them, some hundred at a time. Safe to run again. */
export const CHECK_OVERLAPS = defineJob<CheckOverlapsJob>({
  queue: 'registry',
  name: 'registry.check-overlaps',
  attemptsMax: 10,
  leaseSeconds: 180,
  parse,
});

export const REGISTRY_JOBS = [CHECK_OVERLAPS] as const;
