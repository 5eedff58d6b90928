import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';

import { ROOT } from '../../scripts/places.mjs';

/** What the figures were measured on; without it they mean nothing. */
export function machineOf(cluster) {
  const [first] = cpus();
  return {
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${distribution() ?? type()}, kernel ${release()}`,
    node: process.version,
    postgres: cluster.version,
    pgbench: cluster.pgbench.version,
    settings: cluster.settings,
  };
}

/** Load average of the last minute. */
export const loadNow = () => Math.round(loadavg()[0] * 100) / 100;

/** The commit measured; `+` when files of the checkout differ from it. */
export function commitOf() {
  const git = (...args) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  const head = git('rev-parse', 'HEAD');
  if (head.status !== 0) return 'unknown';
  return head.stdout.trim() + (git('status', '--porcelain').stdout.trim() ? '+' : '');
}

function distribution() {
  try {
    return /^PRETTY_NAME="(.+)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
