import { loadNow } from './machine.mjs';
import { median } from './statistics.mjs';

/**
 * Measures all contenders in every round, so that a noisy minute meets figure and baseline alike. Every second round
 * runs backwards: nobody is always the one who comes after the same neighbour. Before the first round everybody runs
 * once uncounted: code is compiled, caches are filled, connections have met a table that is not empty.
 * @param {object} wish
 * @param {number} wish.rounds
 * @param {Record<string, () => Promise<{value: number}>>} wish.contenders
 * @param {boolean} [wish.warm] false: nobody gains by an uncounted run
 * @param {(seen: object) => void} wish.onMeasured told of every measurement: name, round, load, and what it returned
 * @returns {Promise<Record<string, number>>} the median of each
 */
export async function interleave({ rounds, contenders, warm = true, onMeasured }) {
  const names = Object.keys(contenders);
  const values = Object.fromEntries(names.map((name) => [name, []]));
  if (warm) for (const name of names) await contenders[name]();
  for (let round = 1; round <= rounds; round += 1) {
    for (const name of round % 2 === 1 ? names : [...names].reverse()) {
      const load = loadNow();
      const seen = await contenders[name]();
      if (!Number.isFinite(seen.value)) throw new Error(`${name} measured no number`);
      values[name].push(seen.value);
      onMeasured({ name, round, load, ...seen });
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(values[name])]));
}
