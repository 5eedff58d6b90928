import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';

import { endChild, freePort, hasExited, inPath, until } from './process.mjs';
import { processesInside } from './orphan.mjs';

/**
 * A queue only wakes workers: the database holds every job. So Redis is used when it is there and never asked
 * to keep anything: REDIS_URL, else a private valkey-server or redis-server, else none (the queue then runs on
 * PostgreSQL).
 * @returns {Promise<{url?: string, describe: string, isShared: boolean, stop(): Promise<void>}>}
 */
export async function startRedis({ folder, password, logFile }) {
  const nothing = async () => undefined;
  if (process.env.TANHUI_SERVERS !== 'embedded') {
    const given = process.env.REDIS_URL;
    if (given) return { url: given, describe: 'Redis from REDIS_URL', isShared: true, stop: nothing };
    const binary = inPath('valkey-server') ?? inPath('redis-server');
    if (binary) return startPrivate({ binary, folder, password, logFile });
  }
  return { describe: 'queue on PostgreSQL (no Redis)', isShared: false, stop: nothing };
}

async function startPrivate({ binary, folder, password, logFile }) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  mkdirSync(dirname(logFile), { recursive: true });
  await endOrphans(folder);
  const port = await freePort();
  const server = { binary, folder, port, password, logFile };
  let child = await launch(server);
  let isStopping = false;
  // Nothing is lost with Redis, so when it dies it is started again where everyone looks for it.
  const watch = () =>
    child.once('exit', async () => {
      if (isStopping) return;
      child = await launch(server).catch(() => undefined);
      if (child) watch();
    });
  watch();
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    describe: `Redis (${binary}) on port ${port}`,
    isShared: false,
    async stop() {
      isStopping = true;
      if (child) await endChild(child);
    },
  };
}

async function launch({ binary, folder, port, password, logFile }) {
  const configuration = join(folder, 'redis.conf');
  // In a file and not on the command line, where every user of the machine could read the password.
  writeFileSync(configuration, configurationOf({ port, folder, password }), { mode: 0o600 });
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(binary, [configuration], { cwd: folder, stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  const isUp = await until(async () => hasExited(child) || (await answers(port, password)), 15_000);
  if (!isUp || hasExited(child)) {
    await endChild(child);
    throw new Error(`${binary} did not come up:\n${readFileSync(logFile, 'utf8').slice(-800)}`);
  }
  return child;
}

function configurationOf({ port, folder, password }) {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir "${folder}"`,
    `requirepass ${password}`,
    'save ""',
    'appendonly no',
    'maxmemory-policy noeviction',
    '',
  ].join('\n');
}

/** A killed launcher leaves its Redis too. It is ours when it works inside our own folder. */
async function endOrphans(folder) {
  // Where the system does not tell who works there, a Redis left over is let be: it harms nobody.
  for (const pid of processesInside(folder) ?? []) process.kill(pid, 'SIGTERM');
  await until(() => !processesInside(folder)?.length, 5_000);
}

function answers(port, password) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    let text = '';
    socket.on('data', (data) => {
      text += data;
      if (text.includes('+PONG')) socket.destroy();
    });
    socket.once('error', () => undefined);
    socket.once('close', () => resolve(text.includes('+PONG')));
  });
}
