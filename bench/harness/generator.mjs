// Program: makes HTTP load as its one argument (JSON) says and prints what it saw as JSON. A process of its own, so
// that its share of the processor is known.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

import { closedLoop } from './closed-loop.mjs';
import { HttpLine } from './http-line.mjs';
import { openLoop } from './open-loop.mjs';
import { Tally } from './tally.mjs';

/**
 * @typedef {object} LoadSpec
 * @property {'closed' | 'open'} mode
 * @property {number} port
 * @property {number} connections
 * @property {number} [rate] arrivals a second, open loop only
 * @property {number} warmupMs not counted
 * @property {number} measureMs
 * @property {number} expect the one status that is right
 * @property {string} workload URL of a module whose `requests(parameters)` returns a function that makes requests
 * @property {object} parameters
 */

/** @param {LoadSpec} spec */
async function run(spec) {
  const { requests } = await import(spec.workload);
  const nextRequest = requests({ ...spec.parameters, port: spec.port });
  const lines = [];
  let tally;
  const lost = (error) => {
    console.error(error.message);
    process.exit(1);
  };
  for (let n = 0; n < spec.connections; n += 1) {
    const onAnswer = (line, status, text) => tally.answered(line, status, text, performance.now());
    lines.push(new HttpLine({ port: spec.port, onAnswer, onLost: lost }));
  }
  await Promise.all(lines.map((line) => line.opened));
  const startMs = performance.now() + spec.warmupMs;
  const window = { startMs, endMs: startMs + spec.measureMs };
  tally = new Tally({ window, by: spec.mode === 'open' ? 'started' : 'answered', expect: spec.expect });
  // The parent reads the processor's clocks when the window begins and when it ends.
  setTimeout(() => process.send?.('begin'), spec.warmupMs);
  // Every request may be answered before that, and this process must not be gone then.
  const ended = sleep(spec.warmupMs + spec.measureMs).then(() => process.send?.('end'));
  await { closed: closedLoop, open: openLoop }[spec.mode]({
    lines,
    nextRequest,
    window,
    rate: spec.rate,
    tally,
  });
  await ended;
  for (const line of lines) line.close();
  return tally.summary();
}

process.send?.({ summary: await run(JSON.parse(process.argv[2])) });
process.disconnect?.();
