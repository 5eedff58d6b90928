import { concat, fromHex, utf8, type Bytes } from '../bytes';

/** The types a field can have. The numbers are PostgreSQL's own names of them, so that SQL writes the same bytes. */
const TYPE = { boolean: 16, bytes: 17, int64: 20, int16: 21, int32: 23, instant: 1184, uuid: 2950 } as const;

export interface Field {
  readonly type: number;
  /** Undefined: the field has no value, which is not the same as an empty one. */
  readonly value: Bytes | undefined;
}

/** Number of fields, then each: type, length (-1 without a value), bytes. All numbers big-endian, 32 bits, signed. */
export function recordBytes(fields: readonly Field[]): Bytes {
  const parts: Bytes[] = [int(BigInt(fields.length), 4)];
  for (const { type, value } of fields) {
    parts.push(int(BigInt(type), 4), int(BigInt(value?.length ?? -1), 4));
    if (value !== undefined) parts.push(value);
  }
  return concat(...parts);
}

/** Two's complement, big-endian. */
export function int(value: bigint, bytes: number): Bytes {
  const bits = bytes * 8;
  if (BigInt.asIntN(bits, value) !== value) throw new RangeError(`${value} does not fit ${bits} bits`);
  const rest = BigInt.asUintN(bits, value);
  return Uint8Array.from({ length: bytes }, (_none, at) =>
    Number((rest >> BigInt(bits - 8 - at * 8)) & 255n),
  );
}

const field =
  <T>(type: number, encode: (value: T) => Bytes) =>
  (value: T | null): Field => ({ type, value: value === null ? undefined : encode(value) });

export const int16 = field(TYPE.int16, (value: bigint) => int(value, 2));
export const int32 = field(TYPE.int32, (value: bigint) => int(value, 4));
export const int64 = field(TYPE.int64, (value: bigint) => int(value, 8));
export const text = field(TYPE.bytes, utf8);
export const bytes = field(TYPE.bytes, (value: Bytes) => value);
export const uuid = field(TYPE.uuid, (value: string) => fromHex(value.replaceAll('-', '')));
export const instant = field(TYPE.instant, (value: string) => int(microseconds(value), 8));

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{6})Z$/;
const EPOCH_MS = BigInt(Date.UTC(2000, 0, 1));

/** Microseconds since the first of January 2000, UTC. */
export function microseconds(instantText: string): bigint {
  const found = INSTANT.exec(instantText);
  const ms = found ? Date.parse(`${instantText.slice(0, 19)}Z`) : Number.NaN;
  // A day that no month has would silently become another day.
  if (!found || Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 19) !== instantText.slice(0, 19)) {
    throw new RangeError('an instant is like 2026-01-31T09:30:00.000000Z');
  }
  return (BigInt(ms) - EPOCH_MS) * 1_000n + BigInt(found[7] ?? 0);
}
