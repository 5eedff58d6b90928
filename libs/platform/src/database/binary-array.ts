import { hexInto, textInto, uuidInto } from './binary-text';

/**
 * PostgreSQL's binary form of one-dimensional arrays. The driver sends a Buffer as a binary value; as text every
 * element would be quoted here and parsed there.
 */
const HEAD = 20;
const NULL = -1;
/** PostgreSQL counts microseconds from 2000-01-01, JavaScript milliseconds from 1970. */
const EPOCH_2000_MS = 946_684_800_000;
const OID = { bytea: 17, int8: 20, int4: 23, text: 25, timestamptz: 1184, uuid: 2950 } as const;

const UUID_BYTES = 16;
/** A UTF-16 unit has at most so many bytes in UTF-8. */
const UTF8_BYTES_MAX = 3;

function head(oid: number, length: number, bytes: number, hasNulls = false): Buffer {
  const buffer = Buffer.allocUnsafe(length === 0 ? 12 : bytes);
  buffer.writeInt32BE(length === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(hasNulls ? 1 : 0, 4);
  buffer.writeInt32BE(oid, 8);
  if (length > 0) {
    buffer.writeInt32BE(length, 12);
    buffer.writeInt32BE(1, 16);
  }
  return buffer;
}

/** Writes 64 bits at once, where a Buffer would take a bigint apart byte by byte. */
const viewOf = (buffer: Buffer): DataView =>
  new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);

export function int4Array(values: readonly number[]): Buffer {
  const buffer = head(OID.int4, values.length, HEAD + 8 * values.length);
  let at = HEAD;
  for (const value of values) {
    buffer.writeInt32BE(4, at);
    buffer.writeInt32BE(value, at + 4);
    at += 8;
  }
  return buffer;
}

export function int8Array(values: readonly bigint[]): Buffer {
  const buffer = head(OID.int8, values.length, HEAD + 12 * values.length);
  const view = viewOf(buffer);
  let at = HEAD;
  for (const value of values) {
    view.setInt32(at, 8);
    view.setBigInt64(at + 4, value);
    at += 12;
  }
  return buffer;
}

export function timestamptzArray(values: readonly (Date | null)[]): Buffer {
  const bytes = values.reduce((sum, value) => sum + (value === null ? 4 : 12), HEAD);
  const buffer = head(OID.timestamptz, values.length, bytes, true);
  const view = viewOf(buffer);
  let at = HEAD;
  for (const value of values) {
    view.setInt32(at, value === null ? NULL : 8);
    at += 4;
    if (value === null) continue;
    view.setBigInt64(at, BigInt(value.getTime() - EPOCH_2000_MS) * 1000n);
    at += 8;
  }
  return buffer;
}

/** In a buffer that is large enough for any text of these lengths; what they did not need is left off. */
export function textArray(values: readonly (string | null)[]): Buffer {
  const bytes = values.reduce((sum, value) => sum + 4 + UTF8_BYTES_MAX * (value?.length ?? 0), HEAD);
  const buffer = head(OID.text, values.length, bytes, true);
  let at = HEAD;
  for (const value of values) {
    const length = value === null ? NULL : textInto(buffer, at + 4, value);
    buffer.writeInt32BE(length, at);
    at += 4 + Math.max(length, 0);
  }
  return values.length === 0 ? buffer : buffer.subarray(0, at);
}

export function byteaArray(values: readonly Buffer[]): Buffer {
  const bytes = values.reduce((sum, value) => sum + 4 + value.length, HEAD);
  const buffer = head(OID.bytea, values.length, bytes);
  let at = HEAD;
  for (const value of values) {
    buffer.writeInt32BE(value.length, at);
    at += 4 + value.copy(buffer, at + 4);
  }
  return buffer;
}

/** Bytes that are known as hex digits, an even number of them. */
export function hexByteaArray(values: readonly string[]): Buffer {
  const bytes = values.reduce((sum, value) => sum + 4 + value.length / 2, HEAD);
  const buffer = head(OID.bytea, values.length, bytes);
  let at = HEAD;
  for (const value of values) {
    const length = hexInto(buffer, at + 4, value);
    buffer.writeInt32BE(length, at);
    at += 4 + length;
  }
  return buffer;
}

export function uuidArray(values: readonly (string | null)[]): Buffer {
  const bytes = values.reduce((sum, value) => sum + (value === null ? 4 : 4 + UUID_BYTES), HEAD);
  const buffer = head(OID.uuid, values.length, bytes, true);
  let at = HEAD;
  for (const value of values) {
    const length = value === null ? NULL : uuidInto(buffer, at + 4, value);
    buffer.writeInt32BE(length, at);
    at += 4 + Math.max(length, 0);
  }
  return buffer;
}
