import { isAccountPath } from '@app/ledger';
import { AN_INSTANT, bodyError, isInstant, type BodyRefusal } from './body-reader';
import { ASSET } from './fields';

export type Query = Readonly<Record<string, unknown>>;

/** What one parameter of an address may be. */
export interface QueryRule {
  readonly fits: (text: string) => boolean;
  readonly code?: BodyRefusal['code'];
  readonly expected: string;
}

/** The parameters that are there, each as its rule wants it; any other name is refused. A pointer is a name. */
export function queryOf<Name extends string>(
  query: Query,
  rules: Readonly<Record<Name, QueryRule>>,
): Partial<Record<Name, string>> {
  const said: Partial<Record<Name, string>> = {};
  const known = Object.keys(rules);
  for (const [name, value] of Object.entries(query)) {
    if (!isNamed(rules, name)) {
      throw bodyError('FIELD_UNKNOWN', name.slice(0, 64), `one of ${known.join(', ')}`);
    }
    const { fits, code = 'FIELD_MALFORMED', expected } = rules[name];
    if (typeof value !== 'string') throw bodyError('FIELD_NOT_TEXT', name, `${name} once`);
    if (!fits(value)) throw bodyError(code, name, expected);
    said[name] = value;
  }
  return said;
}

const isNamed = <Name extends string>(rules: Readonly<Record<Name, unknown>>, name: string): name is Name =>
  Object.hasOwn(rules, name);

const LIMIT_MAX = 500;
export const LIMIT: QueryRule = {
  fits: (text) => /^[1-9]\d{0,2}$/.test(text) && Number(text) <= LIMIT_MAX,
  expected: `1 to ${LIMIT_MAX}`,
};

export const cursorLike = (...forms: readonly RegExp[]): QueryRule => ({
  fits: (text) => forms.some((form) => form.test(text)),
  expected: 'what the page before returned as next',
});

export const PREFIX: QueryRule = { fits: isAccountPath, expected: 'whole segments of an account path' };
export const IN_ASSET: QueryRule = ASSET;

export const oneOf = (...words: readonly string[]): QueryRule => ({
  fits: (text) => words.includes(text),
  expected: words.join(' or '),
});

export const ORDER = oneOf('newest', 'oldest');
export const orderOf = (text: string): 'newest' | 'oldest' => (text === 'oldest' ? 'oldest' : 'newest');

export const DEPTH: QueryRule = { fits: (text) => /^[1-9]\d?$/.test(text), expected: '1 to 99 segments' };

/** Answers show microseconds, so an address takes them too. */
export const AT: QueryRule = {
  fits: (text) => isInstant(text.replace(/(\.\d{3})\d{1,3}/, '$1')),
  code: 'INSTANT_MALFORMED',
  expected: `${AN_INSTANT}; a + in an address is written %2B`,
};

/** An instant as the ledger writes it: UTC, to the microsecond. */
export function microsOf(text: string): string {
  const fraction = /\.(\d{1,6})/.exec(text)?.[1] ?? '';
  const seconds = new Date(text.replace(/\.\d+/, '')).toISOString().slice(0, 19);
  return `${seconds}.${fraction.padEnd(6, '0')}Z`;
}

/** Only what was said: an absent parameter is no parameter. */
export const given = <Name extends string, Value>(
  name: Name,
  text: string | undefined,
  read: (text: string) => Value,
): { readonly [key in Name]?: Value } =>
  text === undefined ? {} : ({ [name]: read(text) } as { readonly [key in Name]?: Value });

export const asItIs = (text: string): string => text;
