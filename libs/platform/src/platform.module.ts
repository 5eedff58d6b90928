import { Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Books } from './books/books';
import { OpenBook } from './books/open-book';
import { Environment } from './config/environment';
import { AesCrypto } from './crypto/aes-crypto';
import { Crypto } from './crypto/crypto';
import { Signer, signerOf } from './crypto/signer';
import { createDataSource } from './database/data-source';
import { Database } from './database/database';
import { ReadLane } from './database/read-lane';
import { Snapshots } from './database/snapshots';
import { Statistics } from './database/statistics';
import { UnitOfWork } from './database/unit-of-work';
import { FileAudit } from './files/file-audit';
import { ReadFile } from './files/read-file';
import { StoreFile } from './files/store-file';
import { Logger } from './logging/logger';
import { Metrics } from './metrics/metrics';
import { JobHandlers } from './queue/job-handlers';
import { JobRunner } from './queue/job-runner';
import { Jobs } from './queue/jobs';
import { QueueBackend } from './queue/queue-backend';
import { Sweeper } from './queue/sweeper';
import { WakeQueue } from './queue/wake-queue';
import { PlatformShutdown } from './platform-shutdown';

const cryptoOf = (env: Environment): Crypto =>
  new AesCrypto({
    sealKeyId: env.SEAL_KEY_ID,
    sealKeys: new Map([[env.SEAL_KEY_ID, Buffer.from(env.SEAL_KEY, 'base64')]]),
    indexKey: Buffer.from(env.INDEX_KEY, 'base64'),
  });

const queueBackendOf = (env: Environment): QueueBackend =>
  new QueueBackend({
    redisUrl: env.REDIS_URL,
    databaseUrl: env.DATABASE_URL,
    prefix: env.TANHUI_QUEUE_PREFIX,
  });

/**
 * The drivers, once per process. It is given the environment and re-exported under one static class, so that
 * feature modules import `PlatformModule` and see exactly what they depend on.
 */
@Module({})
export class PlatformModule {
  static forProcess(service: string, environment: Environment): DynamicModule {
    const exported = [
      { provide: Environment, useValue: environment },
      { provide: Logger, useValue: new Logger(service, environment.LOG_LEVEL) },
      {
        provide: DataSource,
        useFactory: () =>
          createDataSource({
            url: environment.DATABASE_URL,
            poolMax: environment.DATABASE_POOL_MAX,
            applicationName: `tanhui-${service}`,
          }).initialize(),
      },
      { provide: Crypto, useFactory: () => cryptoOf(environment) },
      {
        provide: Signer,
        useFactory: () =>
          signerOf(environment.CHECKPOINT_ALGORITHM, Buffer.from(environment.CHECKPOINT_KEY, 'base64')),
      },
      { provide: QueueBackend, useFactory: () => queueBackendOf(environment) },
      {
        provide: WakeQueue,
        useFactory: (backend: QueueBackend, logger: Logger) =>
          new WakeQueue(backend, (error) => logger.warn(`wake not sent: ${error.name}`)),
        inject: [QueueBackend, Logger],
      },
      Books,
      Database,
      FileAudit,
      JobHandlers,
      JobRunner,
      Jobs,
      Metrics,
      OpenBook,
      ReadFile,
      ReadLane,
      Snapshots,
      Statistics,
      StoreFile,
      Sweeper,
      UnitOfWork,
    ];
    return {
      module: PlatformModule,
      global: true,
      providers: [...exported, PlatformShutdown],
      exports: exported.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
  }
}
