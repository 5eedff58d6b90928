import { isEqual, type Bytes } from '../bytes';
import { innerHash } from './hashes';

/** RFC 9162, 2.1.3.2: the leaf is number `index`, from 0, of the tree of `size` leaves with this root. */
export function verifyInclusion(proof: {
  readonly leaf: Bytes;
  readonly index: bigint;
  readonly size: bigint;
  readonly path: readonly Bytes[];
  readonly root: Bytes;
}): boolean {
  const { leaf, index, size, path, root } = proof;
  if (index < 0n || index >= size) return false;
  let hash = leaf;
  const isWhole = climb(path, index, size - 1n, (sibling, isLeft) => {
    hash = isLeft ? innerHash(sibling, hash) : innerHash(hash, sibling);
  });
  return isWhole && isEqual(hash, root);
}

/** RFC 9162, 2.1.4.2: the tree of `size` leaves begins with the tree of `old` leaves. */
export function verifyConsistency(proof: {
  readonly old: bigint;
  readonly oldRoot: Bytes;
  readonly size: bigint;
  readonly root: Bytes;
  readonly path: readonly Bytes[];
}): boolean {
  const { old, oldRoot, size, root, path } = proof;
  if (old < 1n || old > size) return false;
  if (old === size) return path.length === 0 && isEqual(oldRoot, root);
  // A tree that is perfect is itself the first node of the path, and is left out of it.
  const isPerfect = (old & (old - 1n)) === 0n;
  const [first, ...rest] = isPerfect ? [oldRoot, ...path] : path;
  if (first === undefined) return false;
  let at = old - 1n;
  let last = size - 1n;
  while (at % 2n === 1n) {
    at >>= 1n;
    last >>= 1n;
  }
  let oldHash = first;
  let newHash = first;
  const isWhole = climb(rest, at, last, (sibling, isLeft) => {
    if (isLeft) oldHash = innerHash(sibling, oldHash);
    newHash = isLeft ? innerHash(sibling, newHash) : innerHash(newHash, sibling);
  });
  return isWhole && isEqual(oldHash, oldRoot) && isEqual(newHash, root);
}

/** Walks from node `index` of a level, whose last node is `last`, up to the root. False when the path does not fit. */
function climb(
  path: readonly Bytes[],
  index: bigint,
  last: bigint,
  join: (sibling: Bytes, isLeft: boolean) => void,
): boolean {
  let at = index;
  let end = last;
  for (const sibling of path) {
    if (end === 0n) return false;
    const isLeft = at % 2n === 1n || at === end;
    join(sibling, isLeft);
    // A node that is the last and has no partner is carried up as it is.
    while (isLeft && at % 2n === 0n && at !== 0n) {
      at >>= 1n;
      end >>= 1n;
    }
    at >>= 1n;
    end >>= 1n;
  }
  return end === 0n;
}
