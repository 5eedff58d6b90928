import { invariant } from '@app/kernel';

/**
 * Texts into a buffer that has room for them. Most are a few characters long: a call into Node's own writing takes
 * longer than a loop over them does.
 */

/** Longer ones are worth the call. */
const SHORT = 32;
const ASCII_MAX = 0x7f;

/** Writes a text as UTF-8 and tells how many bytes it took. */
export function textInto(buffer: Buffer, at: number, text: string): number {
  if (text.length > SHORT) return buffer.write(text, at);
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > ASCII_MAX) return buffer.write(text, at);
    buffer[at + i] = code;
  }
  return text.length;
}

/** What a character is worth as a hex digit; by its code. */
const NO_DIGIT = 0xff;
const DIGITS = new Uint8Array(128).fill(NO_DIGIT);
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  DIGITS[digit.charCodeAt(0)] = value;
  DIGITS[digit.toUpperCase().charCodeAt(0)] = value;
}
const DASH = '-'.charCodeAt(0);

const digitAt = (text: string, i: number): number => DIGITS[text.charCodeAt(i)] ?? NO_DIGIT;

/** Writes the bytes of a uuid, past its dashes, and tells how many they are. */
export function uuidInto(buffer: Buffer, at: number, text: string): number {
  let to = at;
  let seen = 0;
  for (let i = 0; i < text.length; i += 2) {
    if (text.charCodeAt(i) === DASH) i += 1;
    const high = digitAt(text, i);
    const low = digitAt(text, i + 1);
    seen |= high | low;
    buffer[to] = (high << 4) | low;
    to += 1;
  }
  invariant(seen < 16, 'hex has digits only');
  return to - at;
}

/** Writes the bytes of hex digits and tells how many they are. */
export function hexInto(buffer: Buffer, at: number, text: string): number {
  const length = buffer.write(text, at, 'hex');
  invariant(length * 2 === text.length, 'hex has digits only');
  return length;
}
