import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { DIST, LOCAL, LOGS } from '../places.mjs';
import { readSecrets } from '../secrets.mjs';
import { freePort, isFree, until } from '../servers/process.mjs';
import { startRedis } from '../servers/redis.mjs';
import { openDatabases } from './databases.mjs';
import { environmentsOf } from './environment.mjs';
import { operate, programOf } from './operate.mjs';
import { apiPort } from './ports.mjs';
import { Service } from './service.mjs';

const HEALTHY_WITHIN_MS = 90_000;
const DEATHS_MAX = 3;

/**
 * Starts the servers and the product, and answers when it serves. The build must be done.
 * @param {object} wish
 * @param {(text: string) => void} wish.say
 * @param {(reason: string) => void} wish.onLost a server of ours ended by itself: nothing can go on
 * @param {AbortSignal} wish.signal aborted when the start is to be given up
 * @returns {Promise<{facts: object, stop(): Promise<void>}>} `facts` as noted in running.json
 */
export async function bringUp({ say, onLost, signal }) {
  const undo = [];
  const stop = async () => {
    while (undo.length) await undo.pop()();
  };
  try {
    return { facts: await start({ say, onLost, signal, undo }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start({ say, onLost, signal, undo }) {
  const secrets = readSecrets(LOCAL);
  mkdirSync(LOGS, { recursive: true, mode: 0o700 });
  const database = await openDatabases({ local: LOCAL, logs: LOGS, secrets });
  let isStopping = false;
  undo.push(() => database.stop());
  const redis = await startRedis({
    folder: join(LOCAL, 'redis'),
    password: secrets.redis,
    logFile: join(LOGS, 'redis.log'),
  });
  undo.push(() => redis.stop());
  undo.push(async () => void (isStopping = true));
  database.child?.once(
    'exit',
    () => isStopping || onLost('PostgreSQL ended by itself; see .local/logs/postgres.log.'),
  );
  if (database.note) say(database.note);
  say(`${database.describe}; ${redis.describe}.`);

  const host = process.env.HOST ?? '127.0.0.1';
  const ports = { api: await apiPort(host), simulator: await freePort() };
  const environments = environmentsOf({
    ...{ urls: database.urls, redisUrl: redis.url, secrets, ports, host, local: LOCAL, dist: DIST },
  });
  signal.throwIfAborted();
  await operate('migrate', environments.owner, () => undefined);
  await operate('first-user', environments.owner, say);
  signal.throwIfAborted();

  const services = startServices({ environments, ports, host, say });
  undo.push(() => Promise.all(services.map((service) => service.stop())));
  await Promise.all(services.map((service) => service.start()));
  await waitUntilHealthy({ api: services[0], ports, host, signal });
  return factsOf({ environments, ports, host, database, redis });
}

function startServices({ environments, ports, host, say }) {
  const service = (name, environment) =>
    new Service({ name, program: programOf(name), environment, logFile: join(LOGS, `${name}.log`), say });
  const api = service('api', async () => {
    await moveIfTaken({ ports, host, api, say });
    return { ...environments.product, PORT: String(ports.api) };
  });
  const worker = service('worker', () => environments.product);
  return [api, worker, service('bank-simulator', () => environments.simulator)].filter(({ program }) =>
    existsSync(program),
  );
}

/** Two checkouts that start at the same moment find the same port free; the slower one moves on, before it serves. */
async function moveIfTaken({ ports, host, api, say }) {
  if (api.hasServed || process.env.PORT || (await isFree(ports.api, host))) return;
  ports.api = await apiPort(host);
  say(`The port was taken meanwhile; using ${ports.api}.`);
}

async function waitUntilHealthy({ api, ports, host, signal }) {
  const question = randomUUID();
  let isHealthy = false;
  const ask = async () => {
    signal.throwIfAborted();
    isHealthy =
      (await isHealth(`${urlOf(host, ports.api)}/api/v1/health`, question)) && api.heard === question;
    return isHealthy || api.deaths >= DEATHS_MAX;
  };
  await until(ask, HEALTHY_WITHIN_MS, 100);
  if (!isHealthy) throw new Error('The api does not come up; see .local/logs/api.log.');
  api.hasServed = true;
}

async function isHealth(url, question) {
  try {
    const headers = { 'x-tanhui-launcher': question };
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(2_000) });
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** An address that listens everywhere is reached here by the loopback one. */
function urlOf(host, port) {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

function factsOf({ environments, ports, host, database, redis }) {
  const apiUrl = urlOf(host, ports.api);
  return {
    pid: process.pid,
    apiUrl,
    simulatorUrl: environments.product.BANK_SIMULATOR_URL,
    postgres: database.describe,
    queue: redis.describe,
    environment: {
      ...environments.owner,
      PORT: String(ports.api),
      API_URL: apiUrl,
      // The demo reads its one-time codes where a developer would, and leaves its hand-over files here.
      DEMO_CODE_LOG: join(LOGS, 'api.log'),
      DEMO_DIRECTORY: join(LOCAL, 'demo'),
      TANHUI_POSTGRES: database.describe,
      TANHUI_QUEUE: redis.describe,
    },
  };
}
