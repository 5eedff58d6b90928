// Runs the demonstration: beside a running `npm start`, or else alone, starting what it needs and stopping it.
// Only the figures go to stdout, as one JSON object; everything for people goes to stderr.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { build } from './build.mjs';
import { programOf } from './launch/operate.mjs';
import { onEnding } from './launch/ending.mjs';
import { readRunning } from './launch/running.mjs';
import { bringUp } from './launch/stack.mjs';
import { takeLock } from './lock.mjs';
import { LOCAL } from './places.mjs';

const START_WITHIN_MS = 120_000;
const say = (text) => console.error(text);
const ending = new globalThis.AbortController();
onEnding((reason) => ending.abort(new Error(reason)));

const lock = takeLock(join(LOCAL, 'start.lock'));
let product;
try {
  const facts = lock.heldBy ? await runningFacts() : await startAlone();
  process.exitCode = await runDemo(facts.environment);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await product?.stop();
  lock.release?.();
}
process.exit();

async function startAlone() {
  await build();
  const onLost = (reason) => ending.abort(new Error(reason));
  product = await bringUp({ say, onLost, signal: ending.signal });
  return product.facts;
}

/** What runs may still be starting: its note appears when it serves. */
async function runningFacts() {
  for (const end = Date.now() + START_WITHIN_MS; Date.now() < end; await sleep(200)) {
    const facts = readRunning(LOCAL);
    if (facts?.pid === lock.heldBy) return facts;
    ending.signal.throwIfAborted();
  }
  throw new Error(`Process ${lock.heldBy} holds this checkout and does not serve.`);
}

function runDemo(environment) {
  const child = spawn(process.execPath, [programOf('cli'), 'demo', ...process.argv.slice(2)], {
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  ending.signal.addEventListener('abort', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
