import { transfer } from './ledger-edge';

/** What is wrong, the body, and the status, code and pointer that it gets. */
export type BadEntry = [string, object | string, number, string, string?];

export const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
/** So many postings on accounts that are not there, zero together. */
export const legs = (count: number) => ({
  kind: 'transfer',
  postings: Array.from({ length: count }, (_, n) => ({
    account: `p/${n}`,
    asset: 'CNY',
    ...(n > 0 ? { debit: '1' } : { credit: String(count - 1) }),
  })),
});
export const leg = (over: object) => ({
  kind: 'transfer',
  postings: [
    { account: 'a', asset: 'CNY', debit: '1', ...over },
    { account: 'b', asset: 'CNY', credit: '1' },
  ],
});

/** Bodies, kinds, amounts, accounts and sums. */
export const BAD_ENTRIES: readonly BadEntry[] = [
  ['a body that is not JSON', '{"kind":', 400, 'BODY_NOT_JSON'],
  ['no body', '', 400, 'BODY_NOT_JSON'],
  ['a list for a body', [], 422, 'BODY_NOT_OBJECT', ''],
  ['no kind', { postings: [] }, 422, 'FIELD_MISSING', '/kind'],
  ['a kind that is a number', { kind: 1, postings: [] }, 422, 'FIELD_NOT_TEXT', '/kind'],
  ['a kind in words', { ...transfer('a', 'b', '1'), kind: 'Some Kind' }, 422, 'KIND_MALFORMED', '/kind'],
  ['an unknown kind', { ...transfer('a', 'b', '1'), kind: 'gift' }, 422, 'KIND_UNKNOWN', '/kind'],
  ['a reversal of nothing', { ...transfer('a', 'b', '1'), kind: 'reversal' }, 403, 'KIND_NOT_ALLOWED'],
  ['a body as deep as a million', deep(1_000_000), 422, 'BODY_NOT_OBJECT', ''],
  [
    'a kind as deep as a million',
    `{"kind":${deep(1_000_000)},"postings":[]}`,
    422,
    'FIELD_NOT_TEXT',
    '/kind',
  ],
  [
    'an amount as deep as a million',
    JSON.stringify(leg({ debit: 'X' })).replace('"X"', deep(1_000_000)),
    422,
    'AMOUNT_NOT_TEXT',
    '/postings/0/debit',
  ],
  [
    'objects as deep as they fit',
    `${'{"a":'.repeat(600_000)}1${'}'.repeat(600_000)}`,
    422,
    'FIELD_UNKNOWN',
    '/a',
  ],
  ['more than the body takes', `"${'x'.repeat(5_000_000)}"`, 413, 'BODY_TOO_LARGE'],
  ['a domain account', transfer('a', 'held/1', '1'), 404, 'ACCOUNT_UNKNOWN'],
  ['a field that does not exist', transfer('a', 'b', '1', { 'note/x': 1 }), 422, 'FIELD_UNKNOWN', '/note~1x'],
  ['an amount as a JSON number', leg({ debit: 1 }), 422, 'AMOUNT_NOT_TEXT', '/postings/0/debit'],
  [
    '1e309 as a JSON number',
    JSON.stringify(leg({ debit: 'X' })).replace('"X"', '1e309'),
    422,
    'AMOUNT_NOT_TEXT',
    '/postings/0/debit',
  ],
  ['1e309 as text', leg({ debit: '1e309' }), 422, 'AMOUNT_MALFORMED', '/postings/0/debit'],
  ['a negative amount', leg({ debit: '-1' }), 422, 'AMOUNT_MALFORMED', '/postings/0/debit'],
  ['1e3', leg({ debit: '1e3' }), 422, 'AMOUNT_MALFORMED', '/postings/0/debit'],
  ['2^63', leg({ debit: '9223372036854775808' }), 422, 'AMOUNT_TOO_LARGE', '/postings/0/debit'],
  ['10^40', leg({ debit: `1${'0'.repeat(40)}` }), 422, 'AMOUNT_TOO_LARGE', '/postings/0/debit'],
  ['a space in an amount', leg({ debit: ' 1' }), 422, 'AMOUNT_MALFORMED', '/postings/0/debit'],
  ['a line end in an amount', leg({ debit: '1\n' }), 422, 'AMOUNT_MALFORMED', '/postings/0/debit'],
  ['an amount with decimals', leg({ debit: '1.00' }), 422, 'AMOUNT_MALFORMED', '/postings/0/debit'],
  ['a leading zero', leg({ debit: '01' }), 422, 'AMOUNT_MALFORMED', '/postings/0/debit'],
  ['full-width digits', leg({ debit: '１２' }), 422, 'AMOUNT_MALFORMED', '/postings/0/debit'],
  ['an amount of zero', leg({ debit: '0' }), 422, 'AMOUNT_NOT_POSITIVE', '/postings/0/debit'],
  [
    'an amount beyond the bound',
    leg({ debit: '1000000000000001' }),
    422,
    'AMOUNT_TOO_LARGE',
    '/postings/0/debit',
  ],
  [
    'a megabyte of digits',
    leg({ debit: '9'.repeat(1_000_000) }),
    422,
    'AMOUNT_TOO_LARGE',
    '/postings/0/debit',
  ],
  ['both debit and credit', leg({ credit: '1' }), 422, 'DEBIT_OR_CREDIT', '/postings/0'],
  ['neither debit nor credit', leg({ debit: undefined }), 422, 'DEBIT_OR_CREDIT', '/postings/0'],
  ['null for an amount', leg({ debit: null }), 422, 'AMOUNT_NOT_TEXT', '/postings/0/debit'],
  ['no account', leg({ account: undefined }), 422, 'FIELD_MISSING', '/postings/0/account'],
  ['an account with a space', leg({ account: 'a b' }), 422, 'ACCOUNT_MALFORMED', '/postings/0/account'],
  ['an asset with a nul', leg({ asset: 'CN\u0000' }), 422, 'ASSET_MALFORMED', '/postings/0/asset'],
  [
    'one posting',
    { kind: 'transfer', postings: [{ account: 'a', asset: 'CNY', debit: '1' }] },
    422,
    'POSTINGS_MALFORMED',
    '/postings',
  ],
  ['postings that are no list', { kind: 'transfer', postings: {} }, 422, 'POSTINGS_MALFORMED', '/postings'],
  ['1,001 postings', legs(1_001), 422, 'POSTINGS_TOO_MANY', '/postings'],
  [
    '1,000 postings that go wrong only at the accounts',
    legs(1_000),
    404,
    'ACCOUNT_UNKNOWN',
    '/postings/0/account',
  ],
  [
    'a posting that is text',
    { kind: 'transfer', postings: ['a', 'b'] },
    422,
    'BODY_NOT_OBJECT',
    '/postings/0',
  ],
  ['the same account twice', transfer('a', 'a', '1'), 422, 'ACCOUNT_REPEATED', '/postings/1/account'],
  ['debits that are not the credits', leg({ debit: '2' }), 422, 'ENTRY_UNBALANCED', '/postings'],
  [
    'two assets of which one does not balance',
    {
      kind: 'transfer',
      postings: [...transfer('a', 'b', '1').postings, { account: 'well', asset: 'WATER', debit: '7' }],
    },
    422,
    'ENTRY_UNBALANCED',
    '/postings',
  ],
  [
    'an account that is not there',
    transfer('a', 'nowhere', '1'),
    404,
    'ACCOUNT_UNKNOWN',
    '/postings/1/account',
  ],
  ['an account that is closed', transfer('a', 'shut', '1'), 409, 'ACCOUNT_CLOSED', '/postings/1/account'],
  [
    'an account that counts another asset',
    {
      kind: 'transfer',
      postings: [
        { account: 'a', asset: 'WATER', debit: '1' },
        { account: 'well', asset: 'WATER', credit: '1' },
      ],
    },
    404,
    'ACCOUNT_UNKNOWN',
    '/postings/0/account',
  ],
  [
    'an asset that is not there',
    {
      kind: 'transfer',
      postings: [
        { account: 'a', asset: 'USD', debit: '1' },
        { account: 'b', asset: 'USD', credit: '1' },
      ],
    },
    404,
    'ASSET_UNKNOWN',
    '/postings/0/asset',
  ],
  ['more than there is', transfer('b', 'a', '999999'), 409, 'BALANCE_INSUFFICIENT', '/postings/0/account'],
];
