import { isDay, refuse, type Refused } from '@app/kernel';
import { AMOUNT_MAX } from '@app/ledger';

/**
 * What is wrong with a body, and where: `pointer` is a JSON pointer (RFC 6901) into it. The hot routes read their
 * bodies by hand: a class per request would cost more than the posting itself.
 */
export interface BodyRefusal {
  readonly code:
    | 'ACCOUNT_MALFORMED'
    | 'ACCOUNT_REPEATED'
    | 'AMOUNT_MALFORMED'
    | 'AMOUNT_NOT_POSITIVE'
    | 'AMOUNT_NOT_TEXT'
    | 'AMOUNT_TOO_LARGE'
    | 'ASSET_MALFORMED'
    | 'BATCH_TOO_LARGE'
    | 'BODY_NOT_JSON'
    | 'BODY_NOT_OBJECT'
    | 'CONDITION_MALFORMED'
    | 'CONDITIONS_MALFORMED'
    | 'DEBIT_OR_CREDIT'
    | 'ENTRIES_MALFORMED'
    | 'FIELD_MALFORMED'
    | 'FIELD_MISSING'
    | 'FIELD_NOT_TEXT'
    | 'FIELD_UNKNOWN'
    | 'FLOOR_MALFORMED'
    | 'INSTANT_MALFORMED'
    | 'KEY_MALFORMED'
    | 'KEY_MISSING'
    | 'KIND_MALFORMED'
    | 'LINE_NOT_TEXT'
    | 'LINE_TOO_LONG'
    | 'MEMO_MALFORMED'
    | 'MODE_UNKNOWN'
    | 'POSTINGS_MALFORMED'
    | 'POSTINGS_TOO_MANY'
    | 'REFERENCE_MALFORMED'
    | 'SIDE_UNKNOWN';
  readonly pointer: string;
  /** What would be right. */
  readonly expected: string;
}

/** Ends the reading of a body; `readBody` turns it into the refusal. */
export class BodyError extends Error {
  override readonly name = 'BodyError';

  constructor(readonly refused: Refused<BodyRefusal>) {
    super(refused.reason.code);
  }
}

export const bodyError = (code: BodyRefusal['code'], pointer: string, expected: string): BodyError =>
  new BodyError(refuse({ code, pointer, expected }));

export type JsonObject = Readonly<Record<string, unknown>>;

/** An object with no other fields than these. */
export function objectOf(value: unknown, pointer: string, fields: readonly string[]): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw bodyError('BODY_NOT_OBJECT', pointer, 'a JSON object');
  }
  for (const field of Object.keys(value)) {
    if (!fields.includes(field)) {
      throw bodyError('FIELD_UNKNOWN', `${pointer}/${escaped(field)}`, `one of ${fields.join(', ')}`);
    }
  }
  return value as JsonObject;
}

/** A text that must be there and fit; `code` says what it is otherwise. */
export function textOf(
  object: JsonObject,
  at: { readonly field: string; readonly pointer?: string },
  rule: {
    readonly fits: (text: string) => boolean;
    readonly code: BodyRefusal['code'];
    readonly expected: string;
  },
): string {
  const value = object[at.field];
  if (typeof value === 'string' && rule.fits(value)) return value;
  const pointer = `${at.pointer ?? ''}/${at.field}`;
  if (value === undefined || value === null) throw bodyError('FIELD_MISSING', pointer, rule.expected);
  throw bodyError(typeof value === 'string' ? rule.code : 'FIELD_NOT_TEXT', pointer, rule.expected);
}

export function optionalTextOf(...args: Parameters<typeof textOf>): string | undefined {
  const value = args[0][args[1].field];
  return value === undefined || value === null ? undefined : textOf(...args);
}

const COUNT = /^(?:0|[1-9]\d*)$/;
const AMOUNT_DIGITS = AMOUNT_MAX.toString().length;

/** A positive count of the asset's smallest unit, as a string of digits: JSON numbers lose digits and have exponents. */
export function amountOf(value: unknown, pointer: string): bigint {
  const expected = 'a positive whole number as a string of digits, such as "1250"';
  if (typeof value !== 'string') throw bodyError('AMOUNT_NOT_TEXT', pointer, expected);
  if (!COUNT.test(value)) throw bodyError('AMOUNT_MALFORMED', pointer, expected);
  // Judged by its length first: nobody has thousands of digits made into a number here.
  const amount = value.length > AMOUNT_DIGITS ? undefined : BigInt(value);
  if (amount === undefined || amount > AMOUNT_MAX)
    throw bodyError('AMOUNT_TOO_LARGE', pointer, `at most ${AMOUNT_MAX}`);
  if (amount === 0n) throw bodyError('AMOUNT_NOT_POSITIVE', pointer, expected);
  return amount;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/;

export const isInstant = (text: string): boolean => {
  const day = INSTANT.exec(text)?.[1];
  return day !== undefined && isDay(day) && day > '1970' && !Number.isNaN(Date.parse(text));
};

export const AN_INSTANT = 'an instant with its zone, such as "2026-11-20T09:30:00+08:00"';

/** An instant that may be there, to the millisecond. */
export function optionalInstantOf(object: JsonObject, field: string, pointer = ''): Date | undefined {
  const rule = { fits: isInstant, code: 'INSTANT_MALFORMED', expected: AN_INSTANT } as const;
  const text = optionalTextOf(object, { field, pointer }, rule);
  return text === undefined ? undefined : new Date(text);
}

/** A list of `least` to `most` values. */
export function listOf(
  value: unknown,
  pointer: string,
  rule: { readonly least: number; readonly most: number; readonly what: string; readonly code: ListCode },
): readonly unknown[] {
  const { least, most, what, code } = rule;
  if (Array.isArray(value) && value.length >= least && value.length <= most) return value;
  const expected = `a list of ${least} to ${most} ${what}`;
  if (value === undefined) throw bodyError('FIELD_MISSING', pointer, expected);
  const isTooLong = Array.isArray(value) && value.length > most;
  throw bodyError((isTooLong ? TOO_MANY[code] : undefined) ?? code, pointer, expected);
}

type ListCode = 'CONDITIONS_MALFORMED' | 'ENTRIES_MALFORMED' | 'POSTINGS_MALFORMED';

/** A list that is right but for its length has a code of its own: its sender splits it. */
const TOO_MANY: Partial<Record<ListCode, BodyRefusal['code']>> = {
  ENTRIES_MALFORMED: 'BATCH_TOO_LARGE',
  POSTINGS_MALFORMED: 'POSTINGS_TOO_MANY',
};

const escaped = (name: string): string => name.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1');
