import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils';

export type Bytes = Uint8Array;

export const concat = (...parts: readonly Bytes[]): Bytes => concatBytes(...parts);

export const utf8 = (text: string): Bytes => utf8ToBytes(text);

export const toHex = (bytes: Bytes): string => bytesToHex(bytes);

/** Lower-case hex only, so that every value has one spelling. */
export function fromHex(text: string): Bytes {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new RangeError('lower-case hex digits in pairs');
  return hexToBytes(text);
}

export const toBase64 = (bytes: Bytes): string => btoa(String.fromCharCode(...bytes));

/** RFC 4648, section 4, with padding; nothing that would encode differently again. */
export function fromBase64(text: string): Bytes {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  if (toBase64(bytes) !== text) throw new RangeError('standard base64');
  return bytes;
}

export function isEqual(a: Bytes, b: Bytes): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
