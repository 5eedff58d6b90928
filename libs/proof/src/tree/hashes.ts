import { sha256 } from '@noble/hashes/sha2';

import { concat, type Bytes } from '../bytes';
import { int } from '../forms/record';

export const HASH_BYTES = 32;

const LEAF = Uint8Array.of(0);
const INNER = Uint8Array.of(1);

/** The streams of a book, by the byte that tells their salts apart. */
export const STREAMS = { entry: 1, refusal: 2, event: 3 } as const;
export type Stream = keyof typeof STREAMS;

/** RFC 6962: leaves and inner nodes are hashed differently, so neither can be passed off as the other. */
export const leafHash = (form: Bytes): Bytes => sha256(concat(LEAF, form));
export const innerHash = (left: Bytes, right: Bytes): Bytes => sha256(concat(INNER, left, right));

/**
 * What is put before a record's form, so that whoever sees the leaf's hash beside another's proof cannot guess the
 * record. The input has one length, and the seal's seed is secret and random.
 */
export const saltOf = (seed: Bytes, stream: Stream, no: bigint): Bytes =>
  sha256(concat(seed, Uint8Array.of(STREAMS[stream]), int(no, 8)));

export const saltedLeafHash = (salt: Bytes, form: Bytes): Bytes => leafHash(concat(salt, form));
