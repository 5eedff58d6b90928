import { ed25519 } from '@noble/curves/ed25519';
import { sha256 } from '@noble/hashes/sha2';

import { concat, fromBase64, isEqual, toBase64, toHex, utf8, type Bytes } from '../bytes';
import { sm2Verifier } from '../sm2/sm2-verify';

/** Whoever can check a signature line. */
export interface NoteVerifier {
  readonly name: string;
  /** Eight hex digits. */
  readonly keyId: string;
  verify(message: Bytes, signature: Bytes): boolean;
}

/** The byte C2SP gives Ed25519; SM2 has none and says its name behind the byte for those. */
const SIGNATURE_TYPE = {
  ed25519: Uint8Array.of(0x01),
  'sm2-sm3': concat(Uint8Array.of(0xff), utf8('sm2-with-sm3')),
};
export type NoteAlgorithm = keyof typeof SIGNATURE_TYPE;

const ED25519_KEY_BYTES = 32;
const KEY_ID_BYTES = 4;

/** C2SP signed-note: the first four bytes of SHA-256(name ‖ newline ‖ type ‖ key). */
export const keyIdOf = (name: string, algorithm: NoteAlgorithm, publicKey: Bytes): Bytes =>
  sha256(concat(utf8(`${name}\n`), SIGNATURE_TYPE[algorithm], publicKey)).slice(0, KEY_ID_BYTES);

export const isKeyName = (name: string): boolean => /^[^\s+\p{Cc}\p{Z}]+$/u.test(name);

/** `<name>+<key id>+<base64 of type and key>`: what a verifier is given to trust. */
export function vkeyOf(name: string, algorithm: NoteAlgorithm, publicKey: Bytes): string {
  const keyId = toHex(keyIdOf(name, algorithm, publicKey));
  return `${name}+${keyId}+${toBase64(concat(SIGNATURE_TYPE[algorithm], publicKey))}`;
}

type Verify = NoteVerifier['verify'];

/** What the bytes of a public key check, or undefined when they are none. */
const VERIFIERS: Readonly<Record<NoteAlgorithm, (publicKey: Bytes) => Verify | undefined>> = {
  ed25519: ed25519Verifier,
  'sm2-sm3': sm2Verifier,
};
const ALGORITHMS = Object.keys(SIGNATURE_TYPE) as NoteAlgorithm[];

/** A key of either algorithm. Undefined when the text is none, or its id is another's. */
export function readVkey(vkey: string): NoteVerifier | undefined {
  const [name = '', keyId = '', ...rest] = vkey.trim().split('+');
  const typeAndKey = readKey(rest.join('+'));
  if (!isKeyName(name) || !typeAndKey) return undefined;
  const algorithm = ALGORITHMS.find((one) => startsWith(typeAndKey, SIGNATURE_TYPE[one]));
  if (!algorithm) return undefined;
  const publicKey = typeAndKey.slice(SIGNATURE_TYPE[algorithm].length);
  const verify = VERIFIERS[algorithm](publicKey);
  return verify && vkeyOf(name, algorithm, publicKey) === vkey.trim() ? { name, keyId, verify } : undefined;
}

const startsWith = (bytes: Bytes, head: Bytes): boolean => isEqual(bytes.slice(0, head.length), head);

function ed25519Verifier(publicKey: Bytes): Verify | undefined {
  if (publicKey.length !== ED25519_KEY_BYTES) return undefined;
  return (message, signature) => {
    try {
      // RFC 8032 to the letter: a signature that some verifiers take and others do not is not taken.
      return ed25519.verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  };
}

function readKey(base64: string): Bytes | undefined {
  try {
    return fromBase64(base64);
  } catch {
    return undefined;
  }
}
