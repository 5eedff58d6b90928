import { idOf } from '@app/kernel';
import type { Book } from '@app/platform';
import { bodyError } from './body-reader';

const KEY = /^[A-Za-z0-9._:/-]{1,200}$/;
const EXPECTED = '1 to 200 of A-Z, a-z, 0-9 and . _ : / -';

export const isKey = (text: string): boolean => KEY.test(text);

/** The id that this key has in this book, always. A pointer to a header is its name. */
export function idOfKey(book: Book, key: unknown, pointer = 'Idempotency-Key'): string {
  if (key === undefined || key === '') throw bodyError('KEY_MISSING', pointer, EXPECTED);
  if (typeof key !== 'string' || !isKey(key)) throw bodyError('KEY_MALFORMED', pointer, EXPECTED);
  return idOf('key', book.code, key);
}
