// Compiles the product into dist/. What has not changed since the last time is left alone.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import { compile, outputOf, SWC_OPTIONS } from './build/compile.mjs';
import { filesBelow, hashOf, stampOf, writeWhole } from './build/files.mjs';
import { buildWeb, webFingerprint } from './build/web.mjs';
import { waitForLock } from './lock.mjs';
import { DIST, isProgram, LOCAL, ROOT } from './places.mjs';

const MEMORY = join(DIST, '.build.json');
const FOLDERS = ['apps/api', 'apps/worker', 'apps/cli', 'apps/bank-simulator', 'libs', 'migrations'];

/**
 * Brings dist/ up to date with the sources: `dist/apps/api/src/main.js`, `dist/libs/…`, `dist/migrations/…`,
 * files that the code reads at run time beside it, and the pages in `dist/web`.
 * @param {object} [wish]
 * @param {boolean} [wish.web] false leaves the pages alone
 * @returns {Promise<{compiled: number, seconds: number}>}
 * @throws when a file does not compile, naming each
 */
export async function build({ web = true } = {}) {
  const start = performance.now();
  // Two builds at once would forget each other's work.
  const lock = await waitForLock(join(LOCAL, 'build.lock'));
  try {
    const compiled = await bringUpToDate(web);
    return { compiled, seconds: (performance.now() - start) / 1000 };
  } finally {
    lock.release();
  }
}

async function bringUpToDate(web) {
  const memory = remembered();
  const known = memory.files;
  const found = {};
  const changed = [];
  for (const source of sources()) {
    const fact = factOf(source, known[source]);
    found[source] = fact;
    if (fact.hash !== known[source]?.hash || !existsSync(join(DIST, outputOf(source)))) changed.push(source);
  }
  const failures = (await Promise.all(changed.map(bring))).filter(Boolean);
  removeStale(Object.keys(found));
  const pages = await bringWeb(web, memory.web, failures);
  // A file that failed is forgotten, so that the next build tries it again.
  const hasFailed = (source) => failures.some((text) => text.startsWith(`${source}:`));
  const files = Object.fromEntries(Object.entries(found).filter(([source]) => !hasFailed(source)));
  writeWhole(MEMORY, JSON.stringify({ settings: settings(), files, web: pages }));
  if (failures.length) throw new Error(`The build failed.\n${failures.join('\n')}`);
  return changed.length;
}

function* sources() {
  for (const folder of FOLDERS) {
    for (const path of filesBelow(ROOT, folder)) {
      if (isCode(path) || isAsset(path)) yield path;
    }
  }
}

const isCode = (path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !/\.(spec|test)\.ts$/.test(path);
const isAsset = (path) => /\.(csv|sql|json)$/.test(path) && !/\/(tsconfig[^/]*|package)\.json$/.test(path);

/** Only a file whose size or time changed is read; only one whose content changed is compiled. */
function factOf(source, known) {
  const stamp = stampOf(join(ROOT, source));
  return stamp === known?.stamp ? known : { stamp, hash: hashOf(join(ROOT, source)) };
}

async function bring(source) {
  if (isCode(source)) return compile(ROOT, DIST, source);
  writeWhole(join(DIST, source), readFileSync(join(ROOT, source)));
  return undefined;
}

async function bringWeb(isWanted, known, failures) {
  if (!isWanted) return known;
  const fingerprint = webFingerprint(ROOT);
  if (fingerprint === undefined || (fingerprint === known && existsSync(join(DIST, 'web'))))
    return fingerprint;
  const failure = await buildWeb(ROOT, DIST);
  if (failure) failures.push(failure);
  return failure ? undefined : fingerprint;
}

/** What an earlier build left in dist/, or nothing when it was made with other settings. */
function remembered() {
  const nothing = { files: {} };
  if (!existsSync(MEMORY)) return nothing;
  try {
    const memory = JSON.parse(readFileSync(MEMORY, 'utf8'));
    return memory.settings === settings() ? memory : nothing;
  } catch {
    return nothing;
  }
}

function settings() {
  const compiler = join(ROOT, 'node_modules/@swc/core/package.json');
  const { version } = JSON.parse(readFileSync(compiler, 'utf8'));
  return createHash('sha256')
    .update(JSON.stringify([version, SWC_OPTIONS]))
    .digest('hex');
}

/** A source that is gone takes its output along: a stale migration would still be found, and run. */
function removeStale(present) {
  const outputs = present.flatMap((source) => [outputOf(source), `${outputOf(source)}.map`]);
  const expected = new Set(outputs);
  for (const folder of FOLDERS) {
    for (const path of filesBelow(DIST, folder)) {
      if (!expected.has(path)) rmSync(join(DIST, path));
    }
  }
}

if (isProgram(import.meta.url)) {
  try {
    const { compiled, seconds } = await build();
    console.log(`Built ${compiled} changed files in ${seconds.toFixed(1)} s.`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
