import { fromHex, isEqual, type Bytes } from '../bytes';
import { openCheckpoint, type Checkpoint } from '../note/checkpoint';
import { readVkey } from '../note/verifier-key';
import { verifyConsistency } from '../tree/verify';

export type Comparison =
  | { readonly ok: true; readonly older: Checkpoint; readonly newer: Checkpoint }
  /** FORKED: both are signed, and the newer does not begin with the older. The past was changed. */
  | { readonly ok: false; readonly fault: 'KEY' | 'SIGNATURE' | 'PROOF' | 'FORKED' };

/**
 * Whether one signed checkpoint continues another. Two of one size need no proof; a proof that is no list of hashes
 * is told apart from one that fails, for the first may be an accident and the second is not.
 */
export function compareCheckpoints(
  notes: readonly [string, string],
  path: readonly string[],
  vkey: string,
): Comparison {
  const key = readVkey(vkey);
  if (!key) return { ok: false, fault: 'KEY' };
  const [a, b] = notes.map((note) => openCheckpoint(note, key));
  if (!a || !b) return { ok: false, fault: 'SIGNATURE' };
  const [older, newer] = a.size <= b.size ? [a, b] : [b, a];
  if (older.size === newer.size) {
    return isEqual(older.root, newer.root) ? { ok: true, older, newer } : { ok: false, fault: 'FORKED' };
  }
  const hashes = readPath(path);
  if (!hashes) return { ok: false, fault: 'PROOF' };
  const holds = verifyConsistency({
    old: older.size,
    oldRoot: older.root,
    size: newer.size,
    root: newer.root,
    path: hashes,
  });
  return holds ? { ok: true, older, newer } : { ok: false, fault: 'FORKED' };
}

function readPath(path: readonly string[]): Bytes[] | undefined {
  try {
    return path.map(fromHex);
  } catch {
    return undefined;
  }
}
