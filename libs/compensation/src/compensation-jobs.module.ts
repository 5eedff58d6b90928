import { Injectable, Module, type OnModuleInit } from '@nestjs/common';

import { JobHandlers } from '@app/platform';
import { LOCK_ROSTER } from './compensation.jobs';
import { CompensationModule } from './compensation.module';
import { LockRoster } from './lock/lock-roster';

/** Says which function runs which job of this lib. */
@Injectable()
export class CompensationJobHandlers implements OnModuleInit {
  constructor(
    private readonly handlers: JobHandlers,
    private readonly lockRoster: LockRoster,
  ) {}

  onModuleInit(): void {
    this.handlers.on(LOCK_ROSTER, (job) => this.lockRoster.execute(job));
  }
}

@Module({ imports: [CompensationModule], providers: [CompensationJobHandlers] })
export class CompensationJobsModule {}
