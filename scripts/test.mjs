// Runs all tests, or what the arguments after `--` ask jest for, on servers of their own.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { build } from './build.mjs';
import { onEnding } from './launch/ending.mjs';
import { LOGS, ROOT } from './places.mjs';
import { newSecrets } from './secrets.mjs';
import { endChild, hasExited } from './servers/process.mjs';
import { givenDatabaseUrl, startScratchPostgres } from './servers/postgres.mjs';
import { startRedis } from './servers/redis.mjs';
import { openScratch } from './servers/scratch.mjs';
import { clearQueue, closeRun, newRunName, openRun } from './test/scratch.mjs';

const secrets = newSecrets();
const run = newRunName();
const { folder, remove } = await openScratch();
/** What to undo, last first. Everything started adds itself at once, so that a failure undoes just that. */
const undo = [remove];
let jest;
let interruptedBy;

onEnding((reason) => {
  interruptedBy = reason;
  // jest ends its own workers; the servers follow when it is gone.
  if (jest && !hasExited(jest)) jest.kill('SIGTERM');
});

let code = 1;
let trouble;
try {
  await buildFirst();
  const environment = await startServers();
  if (!interruptedBy) code = await runJest(environment);
} catch (error) {
  trouble = error;
}
const counts = readCounts();
for (const step of undo.reverse()) {
  try {
    await step();
  } catch (error) {
    console.error(`While cleaning up: ${error.message}`);
  }
}
process.exitCode = report(counts);

/** Who asks for some tests only may be working on one library while another is in pieces. */
async function buildFirst() {
  const isSelection = process.argv.length > 2;
  try {
    await build({ web: !isSelection || process.argv.some((argument) => argument.includes('web')) });
  } catch (error) {
    if (!isSelection) throw error;
    console.warn(`${error.message}\nOnly some tests were asked for: going on.`);
  }
}

async function startServers() {
  const postgres = await openPostgres();
  const redis = await startRedis({
    folder: join(folder, 'redis'),
    password: secrets.redis,
    logFile: join(LOGS, 'test-redis.log'),
  });
  undo.push(() => redis.stop());
  const prefix = run.replaceAll('_', '-');
  if (redis.isShared) undo.push(() => clearQueue(redis.url, prefix));
  console.log(`Tests on ${postgres.describe}; ${redis.describe}.`);
  const urls = await openRun(postgres.url, run, secrets);
  undo.push(() => closeRun(postgres.url, run));
  return {
    ...withoutServers(process.env),
    TEST_TEMPLATE: run,
    TEST_ADMIN_DATABASE_URL: postgres.url,
    TEST_OWNER_DATABASE_URL: urls.owner,
    TEST_APP_DATABASE_URL: urls.app,
    TEST_AUDITOR_DATABASE_URL: urls.auditor,
    TEST_DEMO_DATABASE_URL: urls.demo,
    TANHUI_QUEUE_PREFIX: prefix,
    TEST_TALLY: join(folder, 'tally.json'),
    ...(redis.url && { TEST_REDIS_URL: redis.url }),
  };
}

async function openPostgres() {
  const given = givenDatabaseUrl();
  if (given) return { url: given, describe: 'scratch databases of the server of DATABASE_URL' };
  const server = await startScratchPostgres({
    folder,
    password: secrets.superuser,
    logFile: join(LOGS, 'test-postgres.log'),
  });
  undo.push(() => server.stop());
  return server;
}

/** A test must not reach the servers that the caller's own environment names. */
function withoutServers(environment) {
  const doors = ['DATABASE_URL', 'MIGRATE_DATABASE_URL', 'REDIS_URL'];
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !doors.includes(name)));
}

function runJest(environment) {
  const program = join(ROOT, 'node_modules/jest/bin/jest.js');
  const options = ['--config', join(ROOT, 'jest.config.cjs'), ...process.argv.slice(2)];
  jest = spawn(process.execPath, [program, ...options], { cwd: ROOT, env: environment, stdio: 'inherit' });
  undo.push(() => endChild(jest));
  return new Promise((resolve, reject) => {
    jest.once('error', reject);
    jest.once('exit', (exitCode) => resolve(exitCode ?? 1));
  });
}

function readCounts() {
  try {
    return JSON.parse(readFileSync(join(folder, 'tally.json'), 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: [] };
  }
}

/** Prints what was skipped, then the line of figures. A run that broke off counts as one failure. */
function report({ passed, failed, skipped }) {
  if (trouble) console.error(`\n${trouble.message}`);
  if (interruptedBy) console.error(`\nInterrupted by ${interruptedBy}.`);
  const hasFailed = code !== 0 || trouble !== undefined || interruptedBy !== undefined;
  const failures = hasFailed ? Math.max(failed, 1) : failed;
  if (skipped.length) console.log(`\nSkipped:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
  const figures = [`${passed} passed`, `${failures} failed`];
  if (skipped.length) figures.push(`${skipped.length} skipped`);
  console.log(`\n${figures.join(', ')}`);
  return failures > 0 ? 1 : 0;
}
