import { createHash } from 'node:crypto';

import { invariant } from './invariant';

/** What a canonical text may be made of. Amounts travel as bigint or decimal strings, never as floats. */
export type Canonical =
  string | boolean | null | bigint | readonly Canonical[] | { readonly [key: string]: Canonical | undefined };

/** JSON with sorted keys, no white space, absent keys left out and bigint as a decimal string. */
export function canonicalText(value: Canonical): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'bigint') return `"${value}"`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Canonical) => canonicalText(item)).join(',')}]`;
  invariant(typeof value === 'object', 'a canonical value is text, truth, integer, list or record');
  const record = value as { readonly [key: string]: Canonical | undefined };
  const pairs = Object.keys(record)
    .sort()
    .flatMap((key) => {
      const item = record[key];
      return item === undefined ? [] : [`${JSON.stringify(key)}:${canonicalText(item)}`];
    });
  return `{${pairs.join(',')}}`;
}

/** SHA-256 of the canonical text, as 64 lower-case hex digits. */
export const canonicalHash = (value: Canonical): string =>
  createHash('sha256').update(canonicalText(value)).digest('hex');
