// Migrates the database of MIGRATE_DATABASE_URL with the code in dist/: the template of a test run.
import { createRequire } from 'node:module';

const { migrate } = createRequire(import.meta.url)('../../dist/libs/platform/src');
try {
  await migrate(process.env.MIGRATE_DATABASE_URL);
} catch (error) {
  const { message, where, hint, query } = error;
  console.error([message, where, hint, query?.trim().slice(0, 2_000)].filter(Boolean).join('\n'));
  process.exitCode = 1;
}
