import type { Condition } from '@app/ledger';
import { bodyError, listOf, objectOf, textOf } from './body-reader';
import { ACCOUNT, ASSET } from './fields';

export const CONDITIONS_MAX = 100;

/** Balances beyond 19 digits do not exist, so nobody asks for one. */
const COUNTED = /^(?:0|-?[1-9]\d{0,17})$/;
const VERSION = /^(?:0|[1-9]\d{0,17})$/;

/** The wire's name of each condition and the ledger's. */
const WORDS = {
  version: 'version',
  balance: 'balance',
  balanceAtLeast: 'balance-at-least',
  balanceAtMost: 'balance-at-most',
} as const;
type Word = keyof typeof WORDS;
const NAMES = Object.keys(WORDS) as Word[];

/** `[{account, asset, version | balance | balanceAtLeast | balanceAtMost: "…"}]`, judged in this order. */
export function conditionsOf(value: unknown, pointer: string): Condition[] | undefined {
  if (value === undefined || value === null) return undefined;
  const items = listOf(value, pointer, {
    ...{ least: 1, most: CONDITIONS_MAX },
    ...{ what: 'conditions', code: 'CONDITIONS_MALFORMED' },
  });
  return items.map((item, index) => conditionOf(item, `${pointer}/${index}`));
}

function conditionOf(item: unknown, pointer: string): Condition {
  const object = objectOf(item, pointer, ['account', 'asset', ...NAMES]);
  const path = textOf(object, { field: 'account', pointer }, ACCOUNT);
  const asset = textOf(object, { field: 'asset', pointer }, ASSET);
  const said = NAMES.filter((name) => object[name] !== undefined);
  const [word] = said;
  if (word === undefined || said.length > 1) {
    throw bodyError('CONDITION_MALFORMED', pointer, `one of ${NAMES.join(', ')}`);
  }
  const form = word === 'version' ? VERSION : COUNTED;
  const text = textOf(
    object,
    { field: word, pointer },
    {
      fits: (value) => form.test(value),
      code: 'CONDITION_MALFORMED',
      expected:
        word === 'version'
          ? 'a number of postings as a string of digits'
          : 'a whole number as a string of digits',
    },
  );
  return { path, asset, is: WORDS[word], value: BigInt(text) };
}
