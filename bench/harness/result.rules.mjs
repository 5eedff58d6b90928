import { rounded } from './statistics.mjs';

/**
 * One row of the output. What is judged is the ratio to the baseline, or the value itself where there is none.
 * `aim` beyond `atLeast` says which way is better: 2.5 over 1.5 means more, 0.5 under 2 means less. A figure without
 * a target is told and not judged: `met` is null.
 * @param {object} seen
 * @param {string} seen.name
 * @param {number} seen.value
 * @param {string} seen.unit
 * @param {string} [seen.baseline] what it is compared with
 * @param {number} [seen.baselineValue] in the same unit
 * @param {{atLeast: number, aim: number}} [seen.target]
 */
export function resultOf({ name, value, unit, baseline, baselineValue, target }) {
  const ratio = baselineValue === undefined ? null : value / baselineValue;
  const judged = ratio ?? value;
  return {
    name,
    value: rounded(value),
    unit,
    baseline: baseline ?? null,
    baselineValue: baselineValue === undefined ? null : rounded(baselineValue),
    ratio: ratio === null ? null : rounded(ratio),
    atLeast: target?.atLeast ?? null,
    aim: target?.aim ?? null,
    met: target === undefined ? null : isMet(judged, target),
  };
}

/** Judged before rounding: 1.4999 does not reach 1.5. */
export const isMet = (judged, { atLeast, aim }) => (aim < atLeast ? judged <= atLeast : judged >= atLeast);
