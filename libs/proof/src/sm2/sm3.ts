import type { Bytes } from '../bytes';

const BLOCK_BYTES = 64;
const FIRST = [
  ...[0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600],
  ...[0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e],
];

const turn = (word: number, bits: number): number => (word << (bits & 31)) | (word >>> (32 - (bits & 31)));
const p0 = (word: number): number => word ^ turn(word, 9) ^ turn(word, 17);
const p1 = (word: number): number => word ^ turn(word, 15) ^ turn(word, 23);

/** SM3 (GB/T 32905), for messages of up to 512 MiB. */
export function sm3(message: Bytes): Bytes {
  const padded = pad(message);
  let state = FIRST;
  for (let at = 0; at < padded.byteLength; at += BLOCK_BYTES) {
    state = compress(state, new DataView(padded.buffer, at, BLOCK_BYTES));
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, at) => digest.setUint32(4 * at, word));
  return new Uint8Array(digest.buffer);
}

/** A one, zeros, and the length in 64 bits, up to a whole number of blocks. */
function pad(message: Bytes): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / BLOCK_BYTES) * BLOCK_BYTES);
  padded.set(message);
  padded[message.length] = 0x80;
  new DataView(padded.buffer).setUint32(padded.length - 4, message.length * 8);
  return padded;
}

/** The 68 words that a block of sixteen becomes. */
function expand(block: DataView): number[] {
  const words = Array.from({ length: 16 }, (_none, at) => block.getUint32(4 * at));
  const word = (at: number): number => words[at] ?? 0;
  for (let j = 16; j < 68; j += 1) {
    words.push(p1(word(j - 16) ^ word(j - 9) ^ turn(word(j - 3), 15)) ^ turn(word(j - 13), 7) ^ word(j - 6));
  }
  return words;
}

function compress(state: readonly number[], block: DataView): number[] {
  const words = expand(block);
  const word = (at: number): number => words[at] ?? 0;
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let j = 0; j < 64; j += 1) {
    const isEarly = j < 16;
    const ss1 = turn((turn(a, 12) + e + turn(isEarly ? 0x79cc4519 : 0x7a879d8a, j)) | 0, 7);
    const ff = isEarly ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = isEarly ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + (ss1 ^ turn(a, 12)) + (word(j) ^ word(j + 4))) | 0;
    const tt2 = (gg + h + ss1 + word(j)) | 0;
    [a, b, c, d] = [tt1, a, turn(b, 9), c];
    [e, f, g, h] = [p0(tt2), e, turn(f, 19), g];
  }
  return [a, b, c, d, e, f, g, h].map((one, at) => (one ^ (state[at] ?? 0)) >>> 0);
}
