import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { isAlive } from './servers/process.mjs';

/**
 * Takes a lock that dies with its holder: a file with the holder's number and the moment that process began,
 * because numbers are given out again.
 * @returns {{release(): void} | {heldBy: number}}
 */
export function takeLock(file) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o711 });
  const mine = JSON.stringify({ ...identityOf(process.pid), file });
  for (;;) {
    if (putIfAbsent(file, mine)) return { release: () => release(file, mine) };
    const text = readIfPresent(file);
    if (text === undefined) continue;
    const holder = parse(text);
    if (holder && isHeld(holder, file)) return { heldBy: holder.pid };
    removeStale(file, text);
  }
}

/** The same, but waits for its turn. */
export async function waitForLock(file) {
  for (;;) {
    const lock = takeLock(file);
    if (lock.release) return lock;
    await sleep(50);
  }
}

/** A checkout that was copied while it ran carries the lock of the first: the path tells. */
function isHeld({ pid, began, file: itsFile }, file) {
  return itsFile === file && isAlive(pid) && (began === undefined || identityOf(pid).began === began);
}

/** Field 22 of /proc/<pid>/stat is when the process began; elsewhere the number has to do. */
function identityOf(pid) {
  const stat = readIfPresent(`/proc/${pid}/stat`);
  return { pid, began: stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] };
}

/** A link never replaces a file, and shows it whole. */
function putIfAbsent(file, content) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Between reading a dead holder's file and removing it, someone may have taken the lock: put that one back. */
function removeStale(file, expected) {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  const content = readIfPresent(aside);
  rmSync(aside, { force: true });
  if (content !== undefined && content !== expected) putIfAbsent(file, content);
}

function release(file, mine) {
  if (readIfPresent(file) === mine) rmSync(file, { force: true });
}

function readIfPresent(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined;
    throw error;
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
