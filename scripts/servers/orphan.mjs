import { existsSync, readFileSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

import { isAlive, until } from './process.mjs';

/**
 * A launcher that was killed leaves its PostgreSQL running. The next start ends that server, and no other:
 * its number alone proves nothing, for it may have been given to someone else since.
 * @returns {Promise<string | undefined>} what was done, in words
 */
export async function endOrphan(dataDir, password) {
  const pidFile = join(dataDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return undefined;
  const [first, , , port] = readFileSync(pidFile, 'utf8').split('\n');
  const pid = Number.parseInt(first, 10);
  if (!(pid > 1) || !isAlive(pid)) return undefined;
  if (await isServerOf(dataDir, { pid, port, password })) {
    await end(pid, dataDir);
    return 'The last run was killed; its PostgreSQL was still there and has been stopped.';
  }
  const inside = processesInside(dataDir);
  if (inside?.length === 0) {
    // The number belongs to a stranger now. PostgreSQL would refuse to start for fear of it.
    rmSync(pidFile, { force: true });
    return undefined;
  }
  const who = inside ? `Process ${inside.join(', ')} still works in` : `Process ${pid} may still serve`;
  throw new Error(`${who} ${dataDir}. End it, or remove ${pidFile}, and start again.`);
}

/** By its working directory, which for PostgreSQL is the data directory; elsewhere by asking the server. */
async function isServerOf(dataDir, { pid, port, password }) {
  const inside = processesInside(dataDir);
  if (inside) return inside.includes(pid);
  const client = new pg.Client({ host: '127.0.0.1', port: Number(port), user: 'postgres', password });
  try {
    await client.connect();
    const { rows } = await client.query('SHOW data_directory');
    return realpathSync(rows[0].data_directory) === realpathSync(dataDir);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** SIGINT ends sessions in order; SIGQUIT at once, and the log repairs the data at the next start. */
async function end(pid, dataDir) {
  for (const signal of ['SIGINT', 'SIGQUIT']) {
    process.kill(pid, signal);
    if (await until(() => hasEnded(pid, dataDir), 10_000)) return;
  }
  throw new Error(`PostgreSQL ${pid} of ${dataDir} does not end. End it and start again.`);
}

/** A dead child that nobody has collected still has a number, but no working directory. */
function hasEnded(pid, dataDir) {
  const inside = processesInside(dataDir);
  return inside ? inside.length === 0 : !isAlive(pid);
}

/** Numbers of the processes whose working directory is this one; undefined where the system does not tell. */
export function processesInside(folder) {
  if (!existsSync('/proc/self/cwd')) return undefined;
  const place = realpathSync(folder);
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => workingFolder(pid) === place);
}

function workingFolder(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
