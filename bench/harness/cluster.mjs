import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

import { inDatabase, provision } from '../../scripts/provision.mjs';
import { newSecrets } from '../../scripts/secrets.mjs';
import { giveTo, serverAccount } from '../../scripts/servers/account.mjs';
import { endChild, freePort, hasExited, until } from '../../scripts/servers/process.mjs';
import { openScratch } from '../../scripts/servers/scratch.mjs';
import { findTools } from './postgres-tools.mjs';

/**
 * Nothing that a commit promises is switched off, for the baselines as little as for us. A quarter of the memory is
 * what PostgreSQL's manual advises for a server's buffers.
 */
export const SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: `${Math.max(1, Math.floor(totalmem() / 2 ** 32))}GB`,
  max_wal_size: '4GB',
  jit: 'off',
};
const PRIVATE = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: '200',
  timezone: 'UTC',
  log_error_verbosity: 'terse',
};

/** A cluster of this run's own, on which figures and baselines are measured; `close` removes it. */
export async function openCluster() {
  const account = serverAccount();
  const tools = findTools(account);
  const secrets = newSecrets();
  const { folder, remove } = await openScratch();
  const dataDir = join(folder, 'postgres');
  const logFile = join(folder, 'postgres.log');
  try {
    initialise({ dataDir, folder, account, tools, password: secrets.superuser });
    const { child, port } = await serve({ dataDir, account, tools, logFile });
    const adminUrl = `postgres://postgres:${secrets.superuser}@127.0.0.1:${port}/postgres`;
    await waitUntilUp(child, adminUrl, logFile);
    return {
      ...{ adminUrl, port, folder, dataDir, secrets, settings: SETTINGS },
      version: tools.serverVersion,
      pgbench: { program: tools.pgbench, version: tools.pgbenchVersion },
      password: secrets.superuser,
      pid: child.pid,
      async close() {
        await endChild(child, 'SIGINT', 60_000);
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function initialise({ dataDir, folder, account, tools, password }) {
  mkdirSync(dataDir, { mode: 0o700 });
  giveTo(account, dataDir);
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(account, passwordFile);
  const options = ['-D', dataDir, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
  options.push('-E', 'UTF8', '--locale=C');
  const done = spawnSync(join(tools.server, 'initdb'), options, runAs(account, dataDir));
  if (done.status !== 0) throw new Error(`initdb failed: ${done.error ?? done.stderr}`);
}

async function serve({ dataDir, account, tools, logFile }) {
  const port = await freePort();
  const settings = { ...SETTINGS, ...PRIVATE, port: String(port) };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(join(tools.server, 'postgres'), ['-D', dataDir, ...options], {
    ...runAs(account, dataDir),
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  return { child, port };
}

const runAs = ({ uid, gid }, dataDir) => ({
  ...{ uid, gid, cwd: dataDir, encoding: 'utf8' },
  env: { PATH: process.env.PATH, HOME: dataDir, LC_ALL: 'C' },
});

async function waitUntilUp(child, url, logFile) {
  let failure;
  const isUp = await until(async () => {
    if (hasExited(child)) return true;
    try {
      await withClient(url, async () => undefined);
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    return failure === undefined;
  }, 60_000);
  if (isUp && !hasExited(child)) return;
  await endChild(child, 'SIGINT');
  const lines = readFileSync(logFile, 'utf8').trim().split('\n').slice(-8).join('\n');
  throw new Error(`PostgreSQL did not come up: ${failure?.message ?? ''}\n${lines}`);
}

/** Roles and a database of the product's shape, empty; the URL of each role. */
export const provisionDatabase = (cluster, database) =>
  provision(cluster.adminUrl, { database, isOurs: true, passwords: cluster.secrets });

/** The superuser in one database: for baselines, counting and what no role of the product may do. */
export const adminOf = (cluster, database) => inDatabase(cluster.adminUrl, database);

export async function withClient(connectionString, work) {
  const client = new pg.Client({ connectionString, application_name: 'tanhui-bench' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
