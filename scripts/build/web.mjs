import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { filesBelow, stampOf } from './files.mjs';

/** What the pages are made of: their own sources, the libraries they share with the server, and the packages. */
const SOURCES = ['apps/web', 'libs/kernel/src', 'libs/proof/src'];

/** Changes when anything changes that the pages are made of. Undefined where there are no pages. */
export function webFingerprint(root) {
  if (!existsSync(join(root, 'apps/web/vite.config.ts'))) return undefined;
  const hash = createHash('sha256').update(stampOf(join(root, 'package-lock.json')));
  for (const folder of SOURCES) {
    for (const path of filesBelow(root, folder)) hash.update(`${path}:${stampOf(join(root, path))}\n`);
  }
  return hash.digest('hex');
}

/** Builds apps/web into dist/web. Only a whole new version takes the place of the old one. */
export async function buildWeb(root, dist) {
  const draft = join(dist, `.web-${process.pid}`);
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const options = ['build', 'apps/web', '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn'];
  try {
    const output = await run(process.execPath, [vite, ...options], root);
    if (output.code !== 0) return `apps/web: vite build failed\n${output.text}`;
    const old = join(dist, `.web-old-${process.pid}`);
    if (existsSync(join(dist, 'web'))) renameSync(join(dist, 'web'), old);
    renameSync(draft, join(dist, 'web'));
    rmSync(old, { recursive: true, force: true });
    return undefined;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function run(command, options, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, options, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += data));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, text }));
  });
}
