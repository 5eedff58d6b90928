import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { WakeQueue } from './queue/wake-queue';

/** Closes what the process opened, queues before the database they may live in. */
@Injectable()
export class PlatformShutdown implements OnApplicationShutdown {
  constructor(
    private readonly wakeQueue: WakeQueue,
    private readonly dataSource: DataSource,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.wakeQueue.close();
    await this.dataSource.destroy();
  }
}
