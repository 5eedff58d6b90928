import { fromHex, type Bytes } from '../bytes';
import { microseconds } from '../forms/record';

/** Takes a JSON value for what it must be, or throws naming the field. */
export type Read<T> = (value: unknown, field: string) => T;

export class FormatFault extends Error {
  override readonly name = 'FormatFault';

  constructor(readonly field: string) {
    super(`${field} is not as it must be`);
  }
}

export const string: Read<string> = (value, field) => {
  if (typeof value !== 'string') throw new FormatFault(field);
  return value;
};

const matching =
  (pattern: RegExp): Read<string> =>
  (value, field) => {
    const found = string(value, field);
    if (!pattern.test(found)) throw new FormatFault(field);
    return found;
  };

const DECIMAL = matching(/^(0|-?[1-9]\d{0,18})$/);

/** Integers travel as decimal strings, each in its one spelling. */
export const integer: Read<bigint> = (value, field) => BigInt(DECIMAL(value, field));

export const hexText = (bytes: number): Read<string> => matching(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));

export const hash: Read<Bytes> = (value, field) => fromHex(hexText(32)(value, field));

export const uuidText = matching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

export const instantText: Read<string> = (value, field) => {
  const found = string(value, field);
  try {
    microseconds(found);
  } catch {
    throw new FormatFault(field);
  }
  return found;
};

export const nullable =
  <T>(read: Read<T>): Read<T | null> =>
  (value, field) =>
    value === null ? null : read(value, field);

const LIST_MAX = 10_000;

export const list =
  <T>(read: Read<T>): Read<T[]> =>
  (value, field) => {
    if (!Array.isArray(value) || value.length > LIST_MAX) throw new FormatFault(field);
    return value.map((item, at) => read(item, `${field}.${at}`));
  };

type Fields = Readonly<Record<string, Read<unknown>>>;
export type ShapeOf<F extends Fields> = { readonly [K in keyof F]: ReturnType<F[K]> };

/** An object with exactly these members: what is not read is not proven, so it must not be there. */
export const shape =
  <F extends Fields>(fields: F): Read<ShapeOf<F>> =>
  (value, field) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FormatFault(field);
    const given = value as Readonly<Record<string, unknown>>;
    const stranger = Object.keys(given).find((name) => !Object.hasOwn(fields, name));
    if (stranger !== undefined) throw new FormatFault(nameIn(field, stranger));
    const read = Object.entries(fields).map(([name, readField]) => [
      name,
      readField(given[name], nameIn(field, name)),
    ]);
    return Object.fromEntries(read) as ShapeOf<F>;
  };

const nameIn = (field: string, name: string): string => (field === '' ? name : `${field}.${name}`);
