import { toPlane } from './equal-area.rules';
import { inOrder, orderOf } from './order.rules';
import type { Shape } from './shape';

/**
 * The edges of a shape in the equal-area plane, from left to right, sorted by where they begin. `sign` tells on
 * which side of the edge the shape lies: +1 below, -1 above.
 */
export interface Edges {
  readonly left: Float64Array;
  readonly leftY: Float64Array;
  readonly right: Float64Array;
  readonly rightY: Float64Array;
  readonly sign: Float64Array;
  /** No edge is longer from left to right. */
  readonly widest: number;
  readonly lowest: number;
}

export function edgesOf(shape: Shape): Edges {
  const rings = shape.flat().map(toPlane);
  const count = rings.reduce((sum, ring) => sum + ring.length / 2, 0);
  const column = (): Float64Array => new Float64Array(count);
  const [left, leftY, right, rightY, sign] = [column(), column(), column(), column(), column()];
  let [edge, widest, lowest] = [0, 0, Infinity];
  for (const ring of rings) {
    for (let at = 0; at < ring.length; at += 2, edge += 1) {
      const next = (at + 2) % ring.length;
      const isLeftward = ring[at]! > ring[next]!;
      const [from, to] = isLeftward ? [next, at] : [at, next];
      left[edge] = ring[from]!;
      leftY[edge] = ring[from + 1]!;
      right[edge] = ring[to]!;
      rightY[edge] = ring[to + 1]!;
      sign[edge] = isLeftward ? 1 : -1;
      widest = Math.max(widest, right[edge]! - left[edge]!);
      lowest = Math.min(lowest, ring[at + 1]!);
    }
  }
  const order = orderOf(left);
  return {
    ...{ left: inOrder(left, order), leftY: inOrder(leftY, order), right: inOrder(right, order) },
    ...{ rightY: inOrder(rightY, order), sign: inOrder(sign, order), widest, lowest },
  };
}

/**
 * The area, in m², that two shapes share. A shape is the sum of what lies under its upper edges less what lies under
 * its lower ones, so what two share is a sum over pairs of edges of what lies under both. No new polygon is made:
 * borders that nearly meet, on which clipping fails, are as good as any.
 */
export function overlapM2(a: Edges, b: Edges): number {
  const floor = Math.min(a.lowest, b.lowest);
  let sum = 0;
  for (let i = 0; i < a.left.length; i += 1) {
    const [left, right] = [a.left[i]!, a.right[i]!];
    for (let j = firstAfter(b.left, left - b.widest); j < b.left.length && b.left[j]! < right; j += 1) {
      const from = Math.max(left, b.left[j]!);
      const to = Math.min(right, b.right[j]!);
      if (from < to) sum += a.sign[i]! * b.sign[j]! * underBoth(a, i, b, j, from, to, floor);
    }
  }
  return Math.max(sum, 0);
}

/** What lies between the floor and the lower of two edges, from one x to another. */
function underBoth(
  ...[a, i, b, j, from, to, floor]: [Edges, number, Edges, number, number, number, number]
): number {
  const [a0, a1] = [heightAt(a, i, from) - floor, heightAt(a, i, to) - floor];
  const [b0, b1] = [heightAt(b, j, from) - floor, heightAt(b, j, to) - floor];
  const width = to - from;
  const [before, after] = [a0 - b0, a1 - b1];
  if (before <= 0 && after <= 0) return (width * (a0 + a1)) / 2;
  if (before >= 0 && after >= 0) return (width * (b0 + b1)) / 2;
  // They cross at this part of the way; on one side of it the first edge is the lower one.
  const part = before / (before - after);
  const less = before < 0 ? before * part : after * (1 - part);
  return (width * (b0 + b1 + less)) / 2;
}

function heightAt({ left, leftY, right, rightY }: Edges, index: number, x: number): number {
  const part = (x - left[index]!) / (right[index]! - left[index]!);
  return leftY[index]! + part * (rightY[index]! - leftY[index]!);
}

/** The first index whose value is above the limit, or the length. */
function firstAfter(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
