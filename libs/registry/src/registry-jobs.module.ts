import { Injectable, Module, type OnModuleInit } from '@nestjs/common';

import { JobHandlers } from '@app/platform';
import { CheckOverlaps } from './geometry/check-overlaps';
import { CHECK_OVERLAPS } from './registry.jobs';
import { RegistryModule } from './registry.module';

/** Says which function runs which job of this lib. */
@Injectable()
export class RegistryJobHandlers implements OnModuleInit {
  constructor(
    private readonly handlers: JobHandlers,
    private readonly checkOverlaps: CheckOverlaps,
  ) {}

  onModuleInit(): void {
    this.handlers.on(CHECK_OVERLAPS, (job) => this.checkOverlaps.execute(job));
  }
}

@Module({ imports: [RegistryModule], providers: [RegistryJobHandlers] })
export class RegistryJobsModule {}
