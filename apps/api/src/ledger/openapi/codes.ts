/** Which refusals come together, by what causes them; and the facts that each brings. */
export const KEY = ['KEY_MISSING', 'KEY_MALFORMED'];

export const FIELDS = ['BODY_NOT_OBJECT', 'FIELD_MISSING', 'FIELD_NOT_TEXT', 'FIELD_UNKNOWN'];

export const QUERY = ['FIELD_MALFORMED', 'FIELD_NOT_TEXT', 'FIELD_UNKNOWN'];

export const AMOUNT = ['AMOUNT_MALFORMED', 'AMOUNT_NOT_POSITIVE', 'AMOUNT_NOT_TEXT', 'AMOUNT_TOO_LARGE'];

export const SAID = [
  ...['CONDITION_MALFORMED', 'CONDITIONS_MALFORMED', 'INSTANT_MALFORMED'],
  ...['MEMO_MALFORMED', 'REFERENCE_MALFORMED'],
];

export const POSTINGS = [
  ...['ACCOUNT_MALFORMED', 'ACCOUNT_REPEATED', 'ASSET_MALFORMED', 'DEBIT_OR_CREDIT'],
  ...['POSTINGS_MALFORMED', 'POSTINGS_TOO_MANY', ...AMOUNT],
];

export const ENTRY_BODY = [
  ...FIELDS,
  ...SAID,
  ...POSTINGS,
  'ENTRY_UNBALANCED',
  'KIND_MALFORMED',
  'KIND_UNKNOWN',
];

/** What the state of the book may have against an entry of this door. */
export const POSTING = [
  ...['ACCOUNT_CLOSED', 'ACCOUNT_KIND_NOT_ALLOWED', 'ACCOUNT_UNKNOWN', 'ASSET_UNKNOWN'],
  ...['BACKDATED_BALANCE_INSUFFICIENT', 'BALANCE_INSUFFICIENT', 'BALANCE_TOO_LARGE', 'CONDITION_FAILED'],
  ...['EFFECTIVE_IN_FUTURE', 'KEY_REUSED', 'KIND_NOT_ALLOWED', 'PERIOD_CLOSED'],
  ...['LANE_FULL', 'DATABASE_AWAY'],
];

const malformed = (pointer: string, expected: string): object => ({ pointer, expected });
const ID = '0f9b6f0e-8a55-8d2b-9c7c-4c1d1a2b3c4d';
const posting = { account: 'till', asset: 'CNY' };

/** An example of the facts of each code. Which members there are is the contract, and is tested. */
export const FACTS: Readonly<Record<string, object>> = {
  ACCOUNT_CLOSED: { ...posting, pointer: '/postings/0/account' },
  ACCOUNT_EXISTS: posting,
  ACCOUNT_KIND_NOT_ALLOWED: { account: 'held/1', kind: 'transfer', pointer: '/postings/0/account' },
  ACCOUNT_MALFORMED: malformed('/postings/0/account', 'lower-case segments of a-z, 0-9 and - joined by /'),
  ACCOUNT_PATH_RESERVED: { account: 'held/1' },
  ACCOUNT_REPEATED: malformed('/postings/1/account', 'each account once: add its amounts up'),
  ACCOUNT_UNKNOWN: { ...posting, pointer: '/postings/0/account' },
  AMOUNT_MALFORMED: malformed('/postings/0/debit', 'a positive whole number as a string of digits'),
  AMOUNT_NOT_POSITIVE: malformed('/postings/0/debit', 'a positive whole number as a string of digits'),
  AMOUNT_NOT_TEXT: malformed('/postings/0/debit', 'a positive whole number as a string of digits'),
  AMOUNT_TOO_LARGE: malformed('/postings/0/debit', 'at most 1000000000000000'),
  ASSET_MALFORMED: malformed('/postings/0/asset', 'an asset code such as CNY'),
  ASSET_UNKNOWN: { asset: 'USD', pointer: '/postings/0/asset' },
  BACKDATED_BALANCE_INSUFFICIENT: {
    ...{ ...posting, missing: '40', at: '2026-11-20T01:30:00.000000Z' },
    pointer: '/postings/0/account',
  },
  BALANCE_INSUFFICIENT: { ...posting, missing: '40', pointer: '/postings/0/account' },
  BALANCE_NOT_ZERO: { account: 'till', balance: '40' },
  BALANCE_TOO_LARGE: { ...posting, pointer: '/postings/0/account' },
  BATCH_TOO_LARGE: malformed('/entries', 'a list of 1 to 1000 entries'),
  BODY_NOT_OBJECT: malformed('', 'a JSON object'),
  BOOK_UNKNOWN: { book: 'nowhere' },
  CONDITION_FAILED: {
    ...{ condition: '0', ...posting, is: 'balance-at-least', expected: '100', actual: '60' },
    pointer: '/conditions/0',
  },
  CONDITION_MALFORMED: malformed('/conditions/0', 'one of version, balance, balanceAtLeast, balanceAtMost'),
  CONDITIONS_MALFORMED: malformed('/conditions', 'a list of 1 to 100 conditions'),
  DEBIT_OR_CREDIT: malformed('/postings/0', 'either debit or credit'),
  EFFECTIVE_IN_FUTURE: {
    ...{ effectiveAt: '9999-01-01T00:00:00.000000Z', latest: '2026-11-20T01:35:00.123456Z' },
    pointer: '/effectiveAt',
  },
  ENTRIES_MALFORMED: malformed('/entries', 'a list of 1 to 1000 entries'),
  ENTRY_UNBALANCED: { asset: 'CNY', difference: '-7', pointer: '/postings' },
  ENTRY_UNKNOWN: { entry: '17' },
  FIELD_MALFORMED: malformed('limit', '1 to 500'),
  FIELD_MISSING: malformed('/kind', 'an entry kind such as transfer'),
  FIELD_NOT_TEXT: malformed('/kind', 'an entry kind such as transfer'),
  FIELD_UNKNOWN: malformed('/note', 'one of kind, reference, effectiveAt, memo, conditions, postings'),
  FLOOR_MALFORMED: malformed('/floor', 'null for none, or the least balance as a string of digits'),
  HOLD_AMOUNT_DIFFERS: { hold: ID, ...posting, held: '40' },
  HOLD_AMOUNT_EXCEEDED: { hold: ID, ...posting, left: '10' },
  HOLD_ENDED: { hold: ID, state: 'committed' },
  HOLD_EXPIRED: { hold: ID, expiresAt: '2026-11-20T01:30:00.000000Z' },
  HOLD_NOT_OWNED: { hold: ID, owner: 'cards' },
  HOLD_OPEN: posting,
  HOLD_UNKNOWN: { hold: ID },
  INSTANT_MALFORMED: malformed('/effectiveAt', 'an instant with its zone'),
  KEY_MALFORMED: malformed('Idempotency-Key', '1 to 200 of A-Z, a-z, 0-9 and . _ : / -'),
  KEY_MISSING: malformed('Idempotency-Key', '1 to 200 of A-Z, a-z, 0-9 and . _ : / -'),
  KEY_REUSED: { id: ID, field: 'postings', pointer: '/postings' },
  KIND_MALFORMED: malformed('/kind', 'an entry kind such as transfer'),
  KIND_NOT_ALLOWED: { kind: 'cards.pay', pointer: '/kind' },
  KIND_UNKNOWN: { kind: 'gift', pointer: '/kind' },
  LANE_FULL: { retryAfterSeconds: 1 },
  MEMO_MALFORMED: malformed('/memo', '1 to 64 of a-z, 0-9, . and -'),
  MODE_UNKNOWN: malformed('/mode', 'atomic (all or none) or continue (each entry by itself)'),
  PERIOD_CLOSED: {
    ...{ effectiveAt: '2026-10-20T00:00:00.000000Z', closedUntil: '2026-10-31T16:00:00.000000Z' },
    pointer: '/effectiveAt',
  },
  PERIOD_ENDS_TOO_EARLY: { closedUntil: '2026-10-31T16:00:00.000000Z' },
  PERIOD_NOT_LAST: { period: '2', last: '3' },
  PERIOD_ENDS_TOO_LATE: { endsAt: '2026-12-31T16:00:00.000000Z', now: '2026-11-20T01:30:00.123456Z' },
  PERIOD_REOPENED: { period: '3' },
  PERIOD_UNKNOWN: { period: '7' },
  POSTINGS_MALFORMED: malformed('/postings', 'a list of 2 to 1000 postings'),
  POSTINGS_TOO_MANY: malformed('/postings', 'a list of 2 to 1000 postings'),
  POST_REQUIRED: { posts: ['administrator'], region: '' },
  REFERENCE_MALFORMED: malformed('/reference', '1 to 200 printable characters'),
  REOPENING_NOT_ASKED: { period: '3' },
  REVERSAL_EXCEEDS: { reverses: ID, ...posting, left: '60', pointer: '/postings/0/account' },
  REVERSAL_OF_REVERSAL: { reverses: ID },
  REVERSAL_UNKNOWN: { reverses: ID },
  SAME_PERSON: { period: '3', askedBy: 'the.keeper' },
  SIDE_UNKNOWN: malformed('/side', 'debit or credit'),
};
