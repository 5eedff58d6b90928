import { invariant } from '@app/kernel';
import { defineJob } from '@app/platform';
import type { TargetName } from './publication-target';

export interface PublishCheckpointPayload {
  readonly size: string;
  readonly target: TargetName;
}

const TARGETS: readonly unknown[] = ['folder', 'store', 'webhook'] satisfies readonly TargetName[];

/** Added with the checkpoint, one for each place. A place that does not answer must not hold up the ledger's own jobs. */
export const PUBLISH_CHECKPOINT = defineJob<PublishCheckpointPayload>({
  queue: 'publication',
  name: 'ledger.publish-checkpoint',
  attemptsMax: 1_000,
  leaseSeconds: 30,
  parse: (json) => {
    const { size, target } = json as { size: unknown; target: unknown };
    invariant(typeof size === 'string' && /^[1-9]\d{0,17}$/.test(size), 'the job names a size');
    invariant(TARGETS.includes(target), 'the job names a place');
    return { size, target: target as TargetName };
  },
});
