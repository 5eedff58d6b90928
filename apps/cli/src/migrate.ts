import { migrate } from '@app/platform';
import { ownerUrl } from './owner-url';

/** Brings the database to the newest shape. Safe to run any number of times, also side by side. */
export async function migrateDatabase(): Promise<number> {
  await migrate(ownerUrl());
  return 0;
}
