/**
 * PostgreSQL's binary form of one-dimensional arrays. The driver sends a Buffer as a binary value; as text every
 * element would be quoted here and parsed there.
 */
const HEAD = 20;
const NULL = -1;
/** PostgreSQL counts microseconds from 2000-01-01, JavaScript milliseconds from 1970. */
const EPOCH_2000_MS = 946_684_800_000;
const OID = { bytea: 17, int8: 20, int4: 23, text: 25, timestamptz: 1184, uuid: 2950 } as const;

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
  let at = HEAD;
  for (const value of values) {
    buffer.writeInt32BE(8, at);
    buffer.writeBigInt64BE(value, at + 4);
    at += 12;
  }
  return buffer;
}

export function timestamptzArray(values: readonly (Date | null)[]): Buffer {
  const bytes = values.reduce((sum, value) => sum + (value === null ? 4 : 12), HEAD);
  const buffer = head(OID.timestamptz, values.length, bytes, true);
  let at = HEAD;
  for (const value of values) {
    buffer.writeInt32BE(value === null ? NULL : 8, at);
    at += 4;
    if (value === null) continue;
    buffer.writeBigInt64BE(BigInt(value.getTime() - EPOCH_2000_MS) * 1000n, at);
    at += 8;
  }
  return buffer;
}

export function textArray(values: readonly (string | null)[]): Buffer {
  const bytes = values.reduce(
    (sum, value) => sum + 4 + (value === null ? 0 : Buffer.byteLength(value)),
    HEAD,
  );
  const buffer = head(OID.text, values.length, bytes, true);
  let at = HEAD;
  for (const value of values) {
    const length = value === null ? NULL : buffer.write(value, at + 4);
    buffer.writeInt32BE(length, at);
    at += 4 + Math.max(length, 0);
  }
  return buffer;
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

export function uuidArray(values: readonly (string | null)[]): Buffer {
  const bytes = values.reduce((sum, value) => sum + (value === null ? 4 : 20), HEAD);
  const buffer = head(OID.uuid, values.length, bytes, true);
  let at = HEAD;
  for (const value of values) {
    const length = value === null ? NULL : buffer.write(value.replaceAll('-', ''), at + 4, 'hex');
    buffer.writeInt32BE(length, at);
    at += 4 + Math.max(length, 0);
  }
  return buffer;
}
