// Format, lint, types and the import table. Says nothing but what is wrong, and how long it took.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import { ROOT } from './places.mjs';

/** More at once than a small machine has cores only makes each of them slower. */
const AT_ONCE = 2;

const tool = (path) => join(ROOT, 'node_modules', path);
const cache = (name) => join('node_modules/.cache', name);
const cruised = ['apps', 'bench', 'libs', 'migrations', 'test'].filter((folder) =>
  existsSync(join(ROOT, folder)),
);

/** The slow ones first: the quick ones fill the gaps. */
const CHECKS = [
  {
    name: 'eslint',
    program: tool('eslint/bin/eslint.js'),
    options: [
      '.',
      '--max-warnings',
      '0',
      '--cache',
      '--cache-location',
      `${cache('eslint')}/`,
      '--cache-strategy',
      'content',
    ],
  },
  {
    name: 'types',
    program: tool('typescript/bin/tsc'),
    options: ['-p', 'tsconfig.check.json', '--pretty', 'false'],
  },
  {
    name: 'types of the pages',
    program: tool('typescript/bin/tsc'),
    options: ['-p', 'apps/web', '--noEmit', '--pretty', 'false'],
    needs: 'apps/web/tsconfig.json',
  },
  {
    name: 'prettier',
    program: tool('prettier/bin/prettier.cjs'),
    options: ['--check', '.', '--log-level', 'warn', '--cache', '--cache-location', cache('prettier-check')],
  },
  {
    name: 'import table',
    program: tool('dependency-cruiser/bin/dependency-cruise.mjs'),
    options: ['--config', 'dependency-cruiser.cjs', '--output-type', 'err-long', ...cruised],
  },
];

const began = performance.now();
const waiting = CHECKS.filter(({ needs }) => needs === undefined || existsSync(join(ROOT, needs)));
const failed = [];
await Promise.all(Array.from({ length: AT_ONCE }, workOff));
const seconds = ((performance.now() - began) / 1000).toFixed(1);
if (failed.length) {
  console.error(`Not in order: ${failed.join(', ')} (${seconds} s).`);
  process.exitCode = 1;
} else {
  console.log(`Format, lint, types and import table are in order (${seconds} s).`);
}

async function workOff() {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const { code, text } = await run(check);
    if (code === 0) continue;
    failed.push(check.name);
    console.error(`── ${check.name}\n${text.trim()}\n`);
  }
}

function run({ program, options }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...options], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += data));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, text }));
  });
}
