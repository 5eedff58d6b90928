import { createPostgresBackend, setDefaultBackendFactory, type QueueOptions } from 'bullmq';
import { Client, type ClientConfig } from 'pg';

import { QUEUE_SCHEMA } from '../database/queue-schema';

export interface QueueSettings {
  readonly redisUrl?: string | undefined;
  readonly databaseUrl: string;
  /** Keeps two installations on one Redis apart. */
  readonly prefix: string;
}

/**
 * A connection lost in the queue's hands says so twice: to the query, which fails and is tried again, and as an event.
 * BullMQ does not listen to the event of a client it has checked out, and what nobody listens to ends the process.
 */
class HeardClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
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
      : { connectionString: databaseUrl, schema: QUEUE_SCHEMA, max: 3, Client: HeardClient };
    return { connection: connection as QueueOptions['connection'], prefix };
  }
}
