import { join } from 'node:path';

import { inDatabase, mayProvision, provision } from '../provision.mjs';
import { givenDatabaseUrl, startKeptPostgres } from '../servers/postgres.mjs';

/** Name of the database on a server of our own. */
const DATABASE = 'tanhui';

/**
 * The database of this checkout, ready for migration, and one URL for each role. From, in this order:
 * MIGRATE_DATABASE_URL with DATABASE_URL, taken as they are · DATABASE_URL of someone who may create roles, who
 * gives way to roles made for the purpose · a private server.
 * @returns {Promise<{urls: object, describe: string, child?: object, stop(): Promise<void>}>}
 */
export async function openDatabases({ local, logs, secrets }) {
  const given = givenDatabaseUrl();
  if (!given) {
    const server = await startKeptPostgres({ local, secrets, logFile: join(logs, 'postgres.log') });
    try {
      const urls = await provision(server.url, { database: DATABASE, isOurs: true, passwords: secrets });
      return { ...server, urls };
    } catch (error) {
      await server.stop();
      throw error;
    }
  }
  const { MIGRATE_DATABASE_URL: owner, AUDITOR_DATABASE_URL: auditor, DEMO_DATABASE_URL: demo } = process.env;
  const urls = owner ? { owner, app: given, auditor, demo } : await provisionInside(given, secrets);
  return {
    urls,
    describe: `PostgreSQL of DATABASE_URL (${new URL(given).host})`,
    stop: async () => undefined,
  };
}

async function provisionInside(given, secrets) {
  if (!(await mayProvision(given))) {
    throw new Error(
      'The user of DATABASE_URL may not create roles. Set MIGRATE_DATABASE_URL (the owner, who migrates) ' +
        'and DATABASE_URL (a member of tanhui_app, who serves).',
    );
  }
  const database = decodeURIComponent(new URL(given).pathname.slice(1));
  return provision(inDatabase(given, database), { database, isOurs: false, passwords: secrets });
}
