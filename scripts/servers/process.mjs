import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where a program lies in PATH, or undefined. Asked here because a bare machine has no `which`. */
export function inPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** True when this host and port can be listened on. */
export function isFree(port, host) {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** True when a process of this id exists, whoever owns it. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Asks again and again until the answer is true; false when the time is up. */
export async function until(isDone, milliseconds, stepMilliseconds = 25) {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    if (await isDone()) return true;
    await sleep(stepMilliseconds);
  }
  return false;
}

export function hasExited(child) {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Ends a child politely, and by force when it does not listen. Resolves when it is gone. */
export async function endChild(child, signal = 'SIGTERM', patienceMilliseconds = 5_000) {
  if (hasExited(child)) return;
  child.kill(signal);
  if (await until(() => hasExited(child), patienceMilliseconds)) return;
  child.kill('SIGKILL');
  await until(() => hasExited(child), 2_000);
}
