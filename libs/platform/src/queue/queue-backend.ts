import { createPostgresBackend, setDefaultBackendFactory, type QueueOptions } from 'bullmq';

import { QUEUE_SCHEMA } from '../database/queue-schema';

export interface QueueSettings {
  readonly redisUrl?: string | undefined;
  readonly databaseUrl: string;
  /** Keeps two installations on one Redis apart. */
  readonly prefix: string;
}

/** Redis where there is one, BullMQ's own PostgreSQL backend otherwise. Chosen once per process. */
export class QueueBackend {
  readonly kind: 'redis' | 'postgres';

  constructor(private readonly settings: QueueSettings) {
    this.kind = settings.redisUrl ? 'redis' : 'postgres';
    if (this.kind === 'redis') setDefaultBackendFactory();
    else setDefaultBackendFactory(createPostgresBackend as Parameters<typeof setDefaultBackendFactory>[0]);
  }

  options(): QueueOptions {
    const { redisUrl, databaseUrl, prefix } = this.settings;
    const connection = redisUrl
      ? { url: redisUrl, maxRetriesPerRequest: null }
      : { connectionString: databaseUrl, schema: QUEUE_SCHEMA, max: 3 };
    return { connection: connection as QueueOptions['connection'], prefix };
  }
}
