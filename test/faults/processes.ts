import { setTimeout as sleep } from 'node:timers/promises';

import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';

import { LedgerJobsModule, LedgerModule } from '@app/ledger';
import { PlatformModule, readEnvironment } from '@app/platform';
import type { LedgerBook } from '../invariants/ledger-book';
import type { Ask } from './till';

/** The ledger of one process, in this one: its own pools and its own lanes. */
export async function startLedger(environment: NodeJS.ProcessEnv): Promise<TestingModule> {
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.forProcess('test', readEnvironment(environment)),
      LedgerModule,
      LedgerJobsModule,
    ],
  }).compile();
  await module.init();
  return module;
}

/** Asks on a connection of its own each time: kept ones die with the server. */
export const asker =
  ({ database }: LedgerBook): Ask =>
  async (sql, params) => {
    const client = await connected(database.adminUrl);
    try {
      return (await client.query(sql, [...params])).rows;
    } finally {
      await client.end();
    }
  };

const PATIENCE_MS = 90_000;

/** A server that was killed is away, or refuses while it recovers. */
async function connected(connectionString: string): Promise<Client> {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(50)) {
    const client = new Client({ connectionString });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
