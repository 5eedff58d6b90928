import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { DataSource } from 'typeorm';

import { migrations } from '../../../../migrations';
import { QUEUE_SCHEMA } from './queue-schema';

/** All instances that start at once migrate one after the other. */
const MIGRATION_LOCK = 6_109_246;

/** Brings the database of the owner's URL to the newest shape, queue tables included. Idempotent. */
export async function migrate(ownerUrl: string): Promise<void> {
  const guard = new Client({ connectionString: ownerUrl });
  await guard.connect();
  try {
    await guard.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrateProduct(ownerUrl);
    await migrateQueue(guard);
  } finally {
    await guard.end();
  }
}

async function migrateProduct(url: string): Promise<void> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    applicationName: 'tanhui-migrate',
    migrations: [...migrations],
    migrationsTableName: 'schema_migrations',
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    extra: { max: 1 },
  });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await dataSource.destroy();
  }
}

async function migrateQueue(client: Client): Promise<void> {
  await runMigrations(client as unknown as Parameters<typeof runMigrations>[0]);
  await client.query(`GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO tanhui_app`);
  await client.query(`GRANT ALL ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO tanhui_app`);
  await client.query(`GRANT ALL ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO tanhui_app`);
  await client.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO tanhui_app`);
}
