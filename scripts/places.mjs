import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, whatever the working directory is and through whatever link it was reached. */
export const ROOT = realpathSync(dirname(dirname(fileURLToPath(import.meta.url))));

export const DIST = join(ROOT, 'dist');

/** Everything that belongs to this checkout and to no commit: secrets, data, logs, what runs. */
export const LOCAL = join(ROOT, '.local');

export const LOGS = join(LOCAL, 'logs');

/** True when this module is the program that node was asked to run. */
export function isProgram(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(url));
}
