import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const LEFT_OUT = new Set(['node_modules', 'dist', '.vite', 'coverage']);

/** Paths of all files below a folder, relative to the root, in order. */
export function* filesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return;
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) yield* filesBelow(root, path);
    else if (entry.isFile()) yield path;
  }
}

/** Size and time of change; two of the same mean that nobody touched the file. */
export function stampOf(path) {
  const { size, mtimeMs } = statSync(path);
  return `${size}:${mtimeMs}`;
}

export function hashOf(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Writes all of it or nothing: a running server, or a second build, never reads half a file. */
export function writeWhole(path, content, options) {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content, options);
  renameSync(draft, path);
}
