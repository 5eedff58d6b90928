import type { Bytes } from '../bytes';
import { consistencySpans, foldNodes, inclusionSpans, nodesOf, type Span, type TreeNode } from './ranges';
import { innerHash } from './hashes';

/** Finds the hashes of perfect subtrees, in the order asked for. */
export type NodeSource = (nodes: readonly TreeNode[]) => Promise<readonly Bytes[]>;

/** The hash of each span, with one question to whoever keeps the nodes. */
async function hashesOf(spans: readonly Span[], source: NodeSource): Promise<Bytes[]> {
  const wanted = spans.map(nodesOf);
  const found = await source(wanted.flat());
  let at = 0;
  return wanted.map((nodes) => foldNodes(found.slice(at, (at += nodes.length))));
}

export const proveInclusion = (index: bigint, size: bigint, source: NodeSource): Promise<Bytes[]> =>
  hashesOf(inclusionSpans(index, size), source);

export const proveConsistency = (old: bigint, size: bigint, source: NodeSource): Promise<Bytes[]> =>
  hashesOf(consistencySpans(old, size), source);

/** The root of the first `size` leaves. */
export async function rootOf(size: bigint, source: NodeSource): Promise<Bytes> {
  const [root] = await hashesOf([{ from: 0n, to: size }], source);
  if (root === undefined) throw new RangeError('a tree has leaves');
  return root;
}

/** A tree whose leaves' hashes are all at hand. */
export function treeOf(leaves: readonly Bytes[]): NodeSource {
  const levels: (readonly Bytes[])[] = [leaves];
  for (let below = leaves; below.length > 1;) {
    const level = Array.from({ length: below.length >> 1 }, (_none, at) =>
      innerHash(below[2 * at]!, below[2 * at + 1]!),
    );
    levels.push(level);
    below = level;
  }
  return async (nodes) =>
    nodes.map(({ level, index }) => {
      const hash = levels[level]?.[Number(index)];
      if (hash === undefined) throw new RangeError('the node is in the tree');
      return hash;
    });
}
