import { commitOf, loadNow, machineOf } from './machine.mjs';
import { median, rounded } from './statistics.mjs';

/**
 * Runs an area's measurement and gives its output: `{machine, load, commit, results}` for every area alike.
 * @param {object} wish
 * @param {string} wish.command as it was typed
 * @param {() => Promise<{results: object[], cluster: object, seen: object[]}>} wish.measure
 * @param {number} wish.rounds
 */
export async function outcomeOf({ command, measure, rounds }) {
  const began = Date.now();
  const atStart = loadNow();
  const { results, cluster, seen } = await measure();
  return {
    machine: machineOf(cluster),
    load: {
      command,
      startedAt: new Date(began).toISOString(),
      minutes: rounded((Date.now() - began) / 60_000),
      rounds,
      atStart,
      ...extent(seen.map(({ load }) => load)),
      cpu: cpuBy(seen),
      perRound: seen.map(({ name, round, load, value }) => ({ name, round, load, value: rounded(value) })),
    },
    commit: commitOf(),
    results,
  };
}

const extent = (loads) =>
  loads.length === 0 ? { least: null, most: null } : { least: Math.min(...loads), most: Math.max(...loads) };

/** Cores used while each was measured, the median of its rounds. */
export function cpuBy(seen) {
  const all = {};
  for (const { name, cpu } of seen) {
    if (!cpu) continue;
    const shares = (all[name] ??= {});
    for (const [who, share] of Object.entries(cpu)) (shares[who] ??= []).push(share);
  }
  return Object.fromEntries(
    Object.entries(all).map(([name, shares]) => [
      name,
      Object.fromEntries(Object.entries(shares).map(([who, values]) => [who, rounded(median(values))])),
    ]),
  );
}

/**
 * Of several runs, each figure and each measurement as the last of them that has it found it. A run of which nothing
 * is left is not told.
 */
export function newestOf(outcomes) {
  const [told, measured] = [new Set(), new Set()];
  const isFirst = (names, name) => !names.has(name) && names.add(name);
  return outcomes
    .toReversed()
    .map((outcome) => ({
      ...outcome,
      results: outcome.results.filter(({ name }) => isFirst(told, name)),
      load: {
        ...outcome.load,
        cpu: Object.fromEntries(Object.entries(outcome.load.cpu).filter(([name]) => isFirst(measured, name))),
      },
    }))
    .filter(({ results }) => results.length > 0)
    .reverse();
}
