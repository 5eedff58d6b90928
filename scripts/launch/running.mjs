import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { writeWhole } from '../build/files.mjs';

/** What runs from this checkout and how to reach it, for `npm run demo`. It holds secrets: 0600. */
export function noteRunning(local, facts) {
  writeWhole(fileIn(local), JSON.stringify(facts, undefined, 2), { mode: 0o600 });
}

export function readRunning(local) {
  try {
    return JSON.parse(readFileSync(fileIn(local), 'utf8'));
  } catch {
    return undefined;
  }
}

export function forgetRunning(local) {
  rmSync(fileIn(local), { force: true });
}

const fileIn = (local) => join(local, 'running.json');
