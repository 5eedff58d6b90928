import { fromBase64, toBase64, type Bytes } from '../bytes';
import { HASH_BYTES } from '../tree/hashes';
import { isSignedBy, readNote } from './signed-note';
import type { NoteVerifier } from './verifier-key';

/** C2SP tlog-checkpoint: how many seals a book's log has, and the root over them. */
export interface Checkpoint {
  /** Names the log; it is the key's name too. */
  readonly origin: string;
  readonly size: bigint;
  readonly root: Bytes;
}

const SIZE = /^(0|[1-9]\d{0,17})$/;

export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

export function readCheckpointText(text: string): Checkpoint | undefined {
  const [origin = '', size = '', root = '', ...rest] = text.split('\n');
  // The text ends in a newline; lines of extension may stand between and are never empty.
  if (rest.pop() !== '' || rest.includes('') || origin === '' || !SIZE.test(size)) return undefined;
  try {
    const hash = fromBase64(root);
    return hash.length === HASH_BYTES ? { origin, size: BigInt(size), root: hash } : undefined;
  } catch {
    return undefined;
  }
}

/** The checkpoint of a note that this key signed for the log of its own name. */
export function openCheckpoint(note: string, key: NoteVerifier): Checkpoint | undefined {
  const signed = readNote(note);
  if (!signed || !isSignedBy(signed, key)) return undefined;
  const checkpoint = readCheckpointText(signed.text);
  return checkpoint?.origin === key.name ? checkpoint : undefined;
}
