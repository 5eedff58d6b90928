import { concat, fromBase64, toBase64, toHex, utf8, type Bytes } from '../bytes';
import { isKeyName, type NoteVerifier } from './verifier-key';

export interface NoteSignature {
  readonly name: string;
  readonly keyId: string;
  readonly signature: Bytes;
}

export interface SignedNote {
  /** What is signed, with its last newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const NOTE_CHARACTERS_MAX = 100_000;
const SIGNATURES_MAX = 100;
const KEY_ID_BYTES = 4;
/** Halves of characters, and control characters other than the newline. */
const NO_TEXT = /\p{Cs}|(?!\n)\p{Cc}/u;
const LINE = /^— (\S+) (\S+)$/;

export const writeNote = (text: string, name: string, keyId: Bytes, signature: Bytes): string =>
  `${text}\n— ${name} ${toBase64(concat(keyId, signature))}\n`;

/** C2SP signed-note. Undefined when it is none; nothing in it may be believed before `isSignedBy`. */
export function readNote(note: string): SignedNote | undefined {
  if (note.length > NOTE_CHARACTERS_MAX || NO_TEXT.test(note) || !note.endsWith('\n')) return undefined;
  const split = note.lastIndexOf('\n\n');
  if (split < 0) return undefined;
  const lines = note.slice(split + 2, -1).split('\n');
  const signatures = lines.map(readSignature);
  if (lines.length > SIGNATURES_MAX || !signatures.every((line) => line !== undefined)) return undefined;
  return { text: note.slice(0, split + 1), signatures };
}

function readSignature(line: string): NoteSignature | undefined {
  const [, name = '', base64 = ''] = LINE.exec(line) ?? [];
  if (!isKeyName(name)) return undefined;
  try {
    const bytes = fromBase64(base64);
    if (bytes.length <= KEY_ID_BYTES) return undefined;
    return { name, keyId: toHex(bytes.slice(0, KEY_ID_BYTES)), signature: bytes.slice(KEY_ID_BYTES) };
  } catch {
    return undefined;
  }
}

/** True when the key signed it. A line that names the key and does not verify spoils the note. */
export function isSignedBy(note: SignedNote, key: NoteVerifier): boolean {
  const own = note.signatures.filter(({ name, keyId }) => name === key.name && keyId === key.keyId);
  const message = utf8(note.text);
  return own.length > 0 && own.every(({ signature }) => key.verify(message, signature));
}
