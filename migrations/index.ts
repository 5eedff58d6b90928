import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { MigrationInterface } from 'typeorm';

type MigrationClass = new () => MigrationInterface;

/** Every file beside this one that starts with a timestamp, in order of the timestamps. */
export const migrations: readonly MigrationClass[] = readdirSync(__dirname)
  .filter((file) => /^\d{13}-.+\.(?:ts|js)$/.test(file) && !file.endsWith('.d.ts'))
  .sort()
  .map((file) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- a listing by hand would forget one
    const exported = Object.values(require(join(__dirname, file)) as Record<string, MigrationClass>);
    if (exported.length !== 1) throw new Error(`${file} exports one migration`);
    return exported[0]!;
  });
