// Builds the product, starts it with the servers it needs, and stops all of that on Ctrl-C.
import { join } from 'node:path';

import { build } from './build.mjs';
import { onEnding } from './launch/ending.mjs';
import { forgetRunning, noteRunning, readRunning } from './launch/running.mjs';
import { bringUp } from './launch/stack.mjs';
import { takeLock } from './lock.mjs';
import { LOCAL } from './places.mjs';

const say = (text) => console.log(text);
const ending = new globalThis.AbortController();

const lock = takeLock(join(LOCAL, 'start.lock'));
if (lock.heldBy) {
  const where = readRunning(LOCAL)?.apiUrl ?? 'and is just starting';
  console.error(`Tanhui already runs from this checkout: process ${lock.heldBy}, ${where}`);
  process.exit(1);
}
onEnding((reason) => ending.abort(new Error(reason)));

let product;
try {
  const { compiled, seconds } = await build();
  if (compiled) say(`Built ${compiled} files in ${seconds.toFixed(1)} s.`);
  ending.signal.throwIfAborted();
  product = await bringUp({ say, onLost: lose, signal: ending.signal });
  noteRunning(LOCAL, product.facts);
  const { apiUrl, postgres, queue } = product.facts;
  if (!process.env.PORT && new URL(apiUrl).port !== '3000')
    say('Port 3000 is taken; using the next free one.');
  say(`Tanhui serves ${apiUrl} — ${postgres}; ${queue}. Ctrl-C stops it.`);
  await new Promise((resolve) => ending.signal.addEventListener('abort', resolve, { once: true }));
} catch (error) {
  if (!ending.signal.aborted) {
    console.error(error.message);
    process.exitCode = 1;
  }
} finally {
  forgetRunning(LOCAL);
  if (product) say('Stopping.');
  await product?.stop();
  lock.release();
}
// A socket that is still closing must not hold up the terminal.
process.exit();

function lose(reason) {
  console.error(reason);
  process.exitCode = 1;
  ending.abort(new Error(reason));
}
