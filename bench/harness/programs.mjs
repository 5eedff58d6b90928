import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { compile } from '../../scripts/build/compile.mjs';
import { filesBelow, stampOf } from '../../scripts/build/files.mjs';
import { DIST, ROOT } from '../../scripts/places.mjs';

const MEMORY = join(DIST, '.bench.json');

/** Compiles the TypeScript of bench/ into dist/bench, beside the product that it is linked to. */
export async function compilePrograms() {
  const known = existsSync(MEMORY) ? JSON.parse(readFileSync(MEMORY, 'utf8')) : {};
  const stamps = {};
  const failures = [];
  for (const path of filesBelow(ROOT, 'bench')) {
    if (!path.endsWith('.ts')) continue;
    stamps[path] = stampOf(join(ROOT, path));
    if (stamps[path] === known[path] && existsSync(programOf(path.replace(/\.ts$/, '')))) continue;
    const failure = await compile(ROOT, DIST, path);
    if (failure) failures.push(failure);
  }
  if (failures.length > 0) throw new Error(`bench/ does not compile.\n${failures.join('\n')}`);
  writeFileSync(MEMORY, JSON.stringify(stamps));
}

/** The compiled file of `bench/ledger/programs/desk` or `apps/api/src/main`. */
export const programOf = (path) => join(DIST, `${path}.js`);
