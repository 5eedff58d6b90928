import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { secondsOf, secondsOfPostgres, watchCpu } from './cpu.mjs';

const GENERATOR = fileURLToPath(new URL('generator.mjs', import.meta.url));

/**
 * Runs the generator once, on fresh connections, and tells what it saw and who used how many cores meanwhile.
 * @param {import('./generator.mjs').LoadSpec} spec
 * @param {object} who
 * @param {object} who.cluster
 * @param {readonly {cpuSeconds(): number}[]} who.services
 * @throws when any answer has another status than the one expected
 */
export async function httpLoad(spec, { cluster, services }) {
  const child = fork(GENERATOR, [JSON.stringify(spec)], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr.on('data', (data) => (errors += data));
  let end;
  let cpu;
  const summary = await new Promise((resolve, reject) => {
    let found;
    child.on('message', (message) => {
      if (message === 'begin') {
        end = watchCpu({
          generator: () => secondsOf(child.pid),
          api: () => services.reduce((sum, service) => sum + service.cpuSeconds(), 0),
          postgres: () => secondsOfPostgres(cluster),
        });
      } else if (message === 'end') cpu = end();
      else found = message.summary;
    });
    child.once('error', reject);
    child.once('close', () =>
      found ? resolve(found) : reject(new Error(`The generator failed: ${errors.trim()}`)),
    );
  });
  refuseOthers(summary, spec);
  return { ...summary, cpu };
}

/** Runs other work than requests and adds who used how many cores meanwhile. */
export async function workLoad(work, { cluster, services }) {
  const end = watchCpu({
    api: () => services.reduce((sum, service) => sum + service.cpuSeconds(), 0),
    postgres: () => secondsOfPostgres(cluster),
  });
  const seen = await work();
  return { ...seen, cpu: end() };
}

function refuseOthers({ statuses, sample }, { expect, workload }) {
  const others = Object.keys(statuses).filter((status) => Number(status) !== expect);
  if (others.length === 0) return;
  throw new Error(
    `${workload}: expected ${expect} only, got ${JSON.stringify(statuses)}. One of them:\n${sample}`,
  );
}
