import { AMOUNT_MAX, isAccountPath, isMemo, type EntryQuery } from '@app/ledger';
import { isUuid } from '@app/kernel';
import { ACCOUNT, KIND, REFERENCE } from './fields';
import {
  asItIs,
  AT,
  cursorLike,
  given,
  IN_ASSET,
  LIMIT,
  microsOf,
  ORDER,
  orderOf,
  queryOf,
  type Query,
  type QueryRule,
} from './query-reader';

const ID: QueryRule = { fits: isUuid, expected: 'the id of an entry' };
const AMOUNT: QueryRule = {
  fits: (text) => /^[1-9]\d{0,15}$/.test(text) && BigInt(text) <= AMOUNT_MAX,
  code: 'AMOUNT_MALFORMED',
  expected: 'a positive whole number, such as 1250',
};

const FILTERS = {
  kind: KIND,
  account: ACCOUNT,
  prefix: { fits: isAccountPath, expected: 'whole segments of an account path' },
  asset: IN_ASSET,
  actor: { fits: (text: string) => /^[\x21-\x7e]{1,200}$/.test(text), expected: 'who posted' },
  reference: REFERENCE,
  memo: { fits: isMemo, code: 'MEMO_MALFORMED', expected: '1 to 64 of a-z, 0-9, . and -' },
  reverses: ID,
  hold: ID,
  amountMin: AMOUNT,
  amountMax: AMOUNT,
  recordedAfter: AT,
  recordedUpTo: AT,
  effectiveAfter: AT,
  effectiveUpTo: AT,
  order: ORDER,
  limit: LIMIT,
  cursor: cursorLike(/^[1-9]\d{0,17}$/),
} as const satisfies Record<string, QueryRule>;

/** Which entries are asked for: those that fit every filter given. */
export function entriesAsked(query: Query): EntryQuery {
  const said = queryOf(query, FILTERS);
  return {
    ...given('kind', said.kind, asItIs),
    ...given('account', said.account, asItIs),
    ...given('prefix', said.prefix, asItIs),
    ...given('asset', said.asset, asItIs),
    ...given('actor', said.actor, asItIs),
    ...given('reference', said.reference, asItIs),
    ...given('memo', said.memo, asItIs),
    ...given('reverses', said.reverses, asItIs),
    ...given('hold', said.hold, asItIs),
    ...given('amountMin', said.amountMin, BigInt),
    ...given('amountMax', said.amountMax, BigInt),
    ...given('recordedFrom', said.recordedAfter, microsOf),
    ...given('recordedTo', said.recordedUpTo, microsOf),
    ...given('effectiveFrom', said.effectiveAfter, microsOf),
    ...given('effectiveTo', said.effectiveUpTo, microsOf),
    ...given('order', said.order, orderOf),
    ...given('limit', said.limit, Number),
    ...given('cursor', said.cursor, asItIs),
  };
}
