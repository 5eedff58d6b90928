import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { DIST } from '../places.mjs';

/** The compiled main file of an app. */
export const programOf = (app) => join(DIST, 'apps', app, 'src/main.js');

/**
 * Runs an operator command of apps/cli to its end and hands over what it printed for people.
 * @throws with its last lines, when it fails
 */
export async function operate(command, environment, tell) {
  const child = spawn(process.execPath, ['--enable-source-maps', programOf('cli'), command], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (errors += data));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`"${command}" failed:\n${`${errors}${output}`.trim().slice(-3_000)}`);
  if (output.trim()) tell(output.trim());
}
