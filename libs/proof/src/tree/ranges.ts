import { innerHash } from './hashes';
import type { Bytes } from '../bytes';

/** Leaves `from` up to, not including, `to`. */
export interface Span {
  readonly from: bigint;
  readonly to: bigint;
}

/** A perfect subtree: the leaves `index << level` up to `(index + 1) << level`. */
export interface TreeNode {
  readonly level: number;
  readonly index: bigint;
}

/** The largest power of two below n; n is at least 2. */
export function splitOf(n: bigint): bigint {
  let half = 1n;
  while (half * 2n < n) half *= 2n;
  return half;
}

/** A span that RFC 6962 hashes as one, as the perfect subtrees it is made of, from left to right. */
export function nodesOf({ from, to }: Span): TreeNode[] {
  const nodes: TreeNode[] = [];
  let at = from;
  while (at < to) {
    let level = 0;
    while (at % (2n << BigInt(level)) === 0n && at + (2n << BigInt(level)) <= to) level += 1;
    nodes.push({ level, index: at >> BigInt(level) });
    at += 1n << BigInt(level);
  }
  return nodes;
}

/** The hash of a span from those of its perfect subtrees, smallest last. */
export function foldNodes(hashes: readonly Bytes[]): Bytes {
  const folded = [...hashes].reverse().reduce((right, left) => innerHash(left, right));
  return folded;
}

/** Spans whose hashes prove that leaf `index` is in the tree of `size` leaves (RFC 6962, 2.1.1). */
export function inclusionSpans(index: bigint, size: bigint): Span[] {
  if (index < 0n || index >= size) throw new RangeError('the leaf is in the tree');
  return inclusion(index, { from: 0n, to: size });
}

function inclusion(index: bigint, { from, to }: Span): Span[] {
  if (to - from === 1n) return [];
  const middle = from + splitOf(to - from);
  return index < middle
    ? [...inclusion(index, { from, to: middle }), { from: middle, to }]
    : [...inclusion(index, { from: middle, to }), { from, to: middle }];
}

/** Spans whose hashes prove that the tree of `size` leaves begins with that of `old` (RFC 6962, 2.1.2). */
export function consistencySpans(old: bigint, size: bigint): Span[] {
  if (old < 1n || old > size) throw new RangeError('a tree is consistent with a smaller one that has leaves');
  return consistency(old, { from: 0n, to: size }, true);
}

function consistency(old: bigint, { from, to }: Span, isWhole: boolean): Span[] {
  if (old === to) return isWhole ? [] : [{ from, to }];
  const middle = from + splitOf(to - from);
  return old <= middle
    ? [...consistency(old, { from, to: middle }, isWhole), { from: middle, to }]
    : [...consistency(old, { from: middle, to }, false), { from, to: middle }];
}
