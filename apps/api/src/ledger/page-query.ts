import { isAccountPath } from '@app/ledger';
import { bodyError } from './body-reader';

const LIMIT = /^[1-9]\d{0,2}$/;
const LIMIT_MAX = 500;

interface Page {
  readonly cursor?: string;
  readonly limit?: number;
  readonly prefix?: string;
}

/** Reads `cursor`, `limit` and what else the route knows; any other name is refused. */
export function pageOf(
  query: Readonly<Record<string, unknown>>,
  others: readonly string[],
  cursorFits: RegExp,
): Page {
  const known = ['cursor', 'limit', ...others];
  for (const name of Object.keys(query)) {
    if (!known.includes(name))
      throw bodyError('FIELD_UNKNOWN', name.slice(0, 64), `one of ${known.join(', ')}`);
  }
  const limit = textIn(query, 'limit', (text) => LIMIT.test(text) && Number(text) <= LIMIT_MAX, '1 to 500');
  const cursor = textIn(
    query,
    'cursor',
    (text) => cursorFits.test(text),
    'what the page before returned as next',
  );
  const prefix = textIn(query, 'prefix', isAccountPath, 'whole segments of an account path');
  return {
    ...(limit === undefined ? {} : { limit: Number(limit) }),
    ...(cursor === undefined ? {} : { cursor }),
    ...(prefix === undefined ? {} : { prefix }),
  };
}

function textIn(
  query: Readonly<Record<string, unknown>>,
  name: string,
  fits: (text: string) => boolean,
  expected: string,
): string | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !fits(value)) throw bodyError('FIELD_MALFORMED', name, expected);
  return value;
}
