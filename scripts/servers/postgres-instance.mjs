import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';

import { giveTo, temporaryFolder } from './account.mjs';
import { endOrphan } from './orphan.mjs';
import { choosePostgres } from './postgres-binaries.mjs';
import { endChild, freePort, hasExited, isFree, until } from './process.mjs';

/** Where nothing needs to survive, safety against power cuts only costs time. */
const THROW_AWAY = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_wal_size: '4GB' };
const KEPT = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };
const ALWAYS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: '200',
  timezone: 'UTC',
  // A DETAIL line shows the failing row; what people gave us does not belong in a log.
  log_error_verbosity: 'terse',
};

/**
 * Starts a private PostgreSQL: 127.0.0.1 only, a free port, SCRAM passwords, its own data directory.
 * @param {object} wish
 * @param {string} wish.dataDir made when it is missing; a present one pins the major version
 * @param {string} wish.password of the superuser `postgres`
 * @param {string} wish.logFile
 * @param {boolean} wish.isKept true for data that must survive a power cut
 * @param {object} wish.account see serverAccount
 * @returns {Promise<{url: string, describe: string, note?: string, child: object, stop(): Promise<void>}>}
 */
export async function startInstance({ dataDir, password, logFile, isKept, account }) {
  const binaries = choosePostgres({ major: majorOf(dataDir), account });
  const note = await endOrphan(dataDir, password);
  if (!existsSync(join(dataDir, 'PG_VERSION'))) initialise({ dataDir, password, binaries, account, isKept });
  const { child, port, url } = await serve({ dataDir, password, binaries, logFile, isKept, account });
  return {
    url,
    describe: `PostgreSQL ${binaries.major} (${binaries.from}) on port ${port}`,
    note,
    child,
    // SIGINT is a fast shutdown: it ends sessions, writes a checkpoint and leaves nothing to recover.
    stop: () => endChild(child, 'SIGINT', 15_000),
  };
}

function majorOf(dataDir) {
  const file = join(dataDir, 'PG_VERSION');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined;
}

function initialise({ dataDir, password, binaries, account, isKept }) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  giveTo(account, dataDir);
  const folder = mkdtempSync(join(temporaryFolder(account), 'tanhui-init-'));
  const passwordFile = join(folder, 'password');
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    giveTo(account, folder);
    giveTo(account, passwordFile);
    const options = ['-D', dataDir, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
    options.push('-E', 'UTF8', '--locale=C', ...(isKept ? [] : ['--no-sync']));
    const done = spawnSync(join(binaries.folder, 'initdb'), options, runAs(account, dataDir));
    if (done.status !== 0) throw new Error(`initdb failed: ${done.error ?? done.stderr}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Between finding a port free and listening on it, another may take it: then the next one is tried. */
async function serve(wish) {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const url = `postgres://postgres:${wish.password}@127.0.0.1:${port}/postgres`;
    const child = spawnServer({ ...wish, port });
    try {
      await waitUntilUp(child, url, wish.logFile);
      return { child, port, url };
    } catch (error) {
      if (attempt === 3 || (await isFree(port, '127.0.0.1'))) throw error;
    }
  }
}

function spawnServer({ dataDir, port, binaries, logFile, isKept, account }) {
  mkdirSync(dirname(logFile), { recursive: true });
  const settings = { ...ALWAYS, ...(isKept ? KEPT : THROW_AWAY), port: String(port) };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(logFile, 'a', 0o600);
  try {
    return spawn(join(binaries.folder, 'postgres'), ['-D', dataDir, ...options], {
      ...runAs(account, dataDir),
      stdio: ['ignore', log, log],
      // Its own process group: Ctrl-C in the terminal reaches the launcher alone, which then stops in order.
      detached: true,
    });
  } finally {
    closeSync(log);
  }
}

function runAs({ uid, gid }, dataDir) {
  return {
    uid,
    gid,
    cwd: dataDir,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: dataDir, LC_ALL: 'C' },
  };
}

async function waitUntilUp(child, url, logFile) {
  let failure;
  const isUp = await until(async () => {
    if (hasExited(child)) return true;
    failure = await tryConnect(url);
    return failure === undefined || failure.code === '28P01';
  }, 60_000);
  if (isUp && !hasExited(child) && failure === undefined) return;
  await endChild(child, 'SIGINT');
  if (failure?.code === '28P01') {
    throw new Error(
      'The data directory has another password than .local/secrets.json: they belong together.',
    );
  }
  const lines = readFileSync(logFile, 'utf8').trim().split('\n').slice(-8);
  throw new Error(`PostgreSQL did not come up: ${failure?.message ?? ''}\n${lines.join('\n')}`);
}

async function tryConnect(connectionString) {
  const client = new pg.Client({ connectionString });
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
