import { Injectable, type OnModuleInit } from '@nestjs/common';

import { present } from '@app/kernel';
import { DONE, JobHandlers, Logger, type JobOutcome, type RunningJob } from '@app/platform';
import { LogStore } from '../log.store';
import { SignCheckpoint } from '../sign-checkpoint';
import { CheckpointForked } from './publication-target';
import { PUBLISH_CHECKPOINT, type PublishCheckpointPayload } from './publish-checkpoint.job';
import { PublicationTargets } from './publication-targets';

/** Brings one checkpoint to one place. What a newer one has overtaken says nothing more and stays here. */
@Injectable()
export class PublishCheckpoint implements OnModuleInit {
  constructor(
    private readonly handlers: JobHandlers,
    private readonly logs: LogStore,
    private readonly targets: PublicationTargets,
    private readonly signCheckpoint: SignCheckpoint,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.handlers.on(PUBLISH_CHECKPOINT, (job) => this.execute(job));
  }

  async execute({ book, payload, attempt }: RunningJob<PublishCheckpointPayload>): Promise<JobOutcome> {
    const size = BigInt(payload.size);
    const target = this.targets.byName(payload.target);
    const last = present(await this.logs.checkpoint(book), 'a checkpoint to publish is there');
    // The first attempt is made all the same: whoever collects them gets every one while all is well.
    if (!target || (attempt > 1 && last.size > size)) return DONE;
    const checkpoint = present(await this.logs.checkpoint(book, size), 'a checkpoint to publish is there');
    try {
      await target.publish({ ...checkpoint, vkey: this.signCheckpoint.vkey(checkpoint.origin) });
    } catch (error) {
      if (error instanceof CheckpointForked) {
        this.logger.fatal(`${payload.target} has another checkpoint of ${checkpoint.origin} at size ${size}`);
      }
      throw error;
    }
    return DONE;
  }
}
