import { invariant } from './invariant';

/** numerator ÷ denominator, half up (away from zero at .5), both non-negative. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  invariant(numerator >= 0n && denominator > 0n, 'half-up division takes a non-negative over a positive');
  return (2n * numerator + denominator) / (2n * denominator);
}

/**
 * Splits a total by weights so that the parts sum to it exactly: every part gets its floor, the units left
 * over go to the largest remainders, ties to the earlier part.
 */
export function splitByLargestRemainder(total: bigint, weights: readonly bigint[]): bigint[] {
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0n);
  invariant(total >= 0n && weights.every((weight) => weight >= 0n), 'a split has no negative part');
  invariant(weightSum > 0n || total === 0n, 'a split of something needs a weight');
  if (weightSum === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight) => (total * weight) / weightSum);
  let left = total - parts.reduce((sum, part) => sum + part, 0n);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % weightSum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder) {
    if (left === 0n) break;
    parts[index] = parts[index]! + 1n;
    left -= 1n;
  }
  return parts;
}
