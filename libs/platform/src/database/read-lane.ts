import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

import { Environment } from '../config/environment';
import { isDatabaseAway } from './database-errors';
import type { Statement } from './own-connection';
import { OwnConnections } from './own-connections';

/**
 * A plan made while the tables are empty is kept as long as the connection lives, and would then read whole tables
 * at every question. What is asked here is always a few keys: by index only.
 */
const INDEXES_ONLY =
  '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_memoize=off -c jit=off';
const PATIENCE_MS = 10_000;

/** The one connection of the questions that many requests share (see Coalescer): short, by key, parsed once. */
@Injectable()
export class ReadLane implements OnApplicationShutdown {
  readonly #connections: OwnConnections;

  constructor(environment: Environment) {
    this.#connections = new OwnConnections(
      {
        url: environment.DATABASE_URL,
        applicationName: 'tanhui-read-lane',
        options: INDEXES_ONLY,
        patienceMs: PATIENCE_MS,
      },
      1,
    );
  }

  /** Every column comes as text. A question whose connection was lost is asked once more. */
  async ask<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    const read = (): Promise<Row[]> =>
      this.#connections.use((connection) => connection.read<Row>(statement, values));
    try {
      return await read();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      return await read();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#connections.close();
  }
}
