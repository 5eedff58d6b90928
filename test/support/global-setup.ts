import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/**
 * Migrates the template database that every test file clones. Jest calls this once for each project that
 * names it, all in one process, so the first call does the work. Unit tests alone never get here.
 */
export default function globalSetup(): void {
  const url = process.env.TEST_OWNER_DATABASE_URL;
  if (!url) throw new Error('These tests need servers of their own: run `npm test -- <path of a test>`.');
  if (process.env.TEST_TEMPLATE_READY) return;
  const migration = spawnSync(process.execPath, [join(ROOT, 'scripts/test/migrate.mjs')], {
    env: { ...process.env, MIGRATE_DATABASE_URL: url },
    encoding: 'utf8',
  });
  if (migration.status !== 0) throw new Error(`The template database was not migrated.\n${migration.stderr}`);
  process.env.TEST_TEMPLATE_READY = '1';
}
