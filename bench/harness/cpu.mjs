import { readFileSync } from 'node:fs';

import { processesInside } from '../../scripts/servers/orphan.mjs';

/** Clock ticks a second in /proc, the same on every Linux that Node runs on. */
const TICKS = 100;

/** Seconds of processor time that a process has used; 0 when it is gone. */
export function secondsOf(pid, { withEnded = false } = {}) {
  let text;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return 0;
  }
  // The name in parentheses may hold anything; fields are counted after it.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [user, system, endedUser, endedSystem] = fields.slice(11, 15);
  return (user + system + (withEnded ? endedUser + endedSystem : 0)) / TICKS;
}

/** All of a PostgreSQL server: who lives works in its data directory, and who ended was counted by the postmaster. */
export function secondsOfPostgres({ pid, dataDir }) {
  const others = (processesInside(dataDir) ?? []).filter((other) => other !== pid);
  return others.reduce((sum, other) => sum + secondsOf(other), secondsOf(pid, { withEnded: true }));
}

/** Busy seconds of all cores together since the machine started. */
export function busySeconds() {
  const first = readFileSync('/proc/stat', 'latin1').split('\n', 1)[0];
  const [user, nice, system, , , irq, softirq, steal] = first.trim().split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softirq + (steal ?? 0)) / TICKS;
}

/**
 * A stopwatch of processor time. Its end tells in cores how much each group of processes used, and how much went to
 * processes that are none of ours.
 * @param {Record<string, () => number>} groups seconds used so far, by name
 */
export function watchCpu(groups) {
  const read = () => ({
    at: process.hrtime.bigint(),
    all: busySeconds(),
    by: Object.fromEntries(Object.entries(groups).map(([name, seconds]) => [name, seconds()])),
  });
  const before = read();
  return () => {
    const after = read();
    const seconds = Number(after.at - before.at) / 1e9;
    const shares = Object.fromEntries(
      Object.keys(groups).map((name) => [name, (after.by[name] - before.by[name]) / seconds]),
    );
    const ours = Object.values(shares).reduce((sum, share) => sum + share, 0);
    const total = (after.all - before.all) / seconds;
    return { ...shares, others: Math.max(0, total - ours) };
  };
}
