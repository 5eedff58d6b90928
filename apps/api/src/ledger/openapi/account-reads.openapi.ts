import { answer, inQuery, listOf, object, oneOf, parameterRef, ref } from '../../openapi/shapes';
import type { Resource, Schema } from '../../openapi/types';
import { read } from './route';

const TAG = 'Balances';

const path = parameterRef('path');
const asset = parameterRef('asset');
const times = [parameterRef('effectiveAt'), parameterRef('recordedAt')];
const range = [
  inQuery('after', 'After this moment.', ref('Instant')),
  inQuery('upTo', 'Up to and including this moment.', ref('Instant')),
  parameterRef('recordedAt'),
];

const balance = {
  asset: ref('AssetCode'),
  side: ref('Side'),
  balance: ref('Balance'),
  version: ref('Version'),
};
const BALANCE = { asset: 'CNY', side: 'debit', balance: '900', version: '4' };

const line: Readonly<Record<string, Schema>> = {
  version: ref('Version'),
  seq: ref('Seq'),
  entryId: ref('EntryId'),
  kind: ref('Kind'),
  debit: ref('Amount'),
  credit: ref('Amount'),
  balanceAfter: ref('Balance'),
  recordedAt: ref('Instant'),
  effectiveAt: ref('Instant'),
  reference: { type: ['string', 'null'] },
  memo: { type: ['string', 'null'] },
};

const LINE = {
  ...{ version: '4', seq: '17', entryId: '0f9b6f0e-8a55-8d2b-9c7c-4c1d1a2b3c4d', kind: 'transfer' },
  ...{ credit: '100', balanceAfter: '900', reference: 'invoice 17', memo: 'sale' },
  ...{ recordedAt: '2026-11-20T01:30:00.123456Z', effectiveAt: '2026-11-20T01:30:00.123456Z' },
};

const cursor = { type: ['string', 'null'] };

export const ACCOUNT_READS: Resource = {
  tag: { name: TAG, description: 'At any moment, as it was known at any moment.' },
  schemas: {
    AccountBalance: object({ account: ref('AccountPath'), ...balance }),
    AccountBalances: object({ account: ref('AccountPath'), items: listOf(object(balance), { minItems: 1 }) }),
    StatementLine: object(line, ['debit', 'credit'], {
      oneOf: [{ required: ['debit'] }, { required: ['credit'] }],
    }),
    Statement: object(
      {
        account: ref('AccountPath'),
        asset: ref('AssetCode'),
        opening: { allOf: [ref('Balance')], description: 'The balance at `after`.' },
        closing: { allOf: [ref('Balance')], description: 'The balance at `upTo`.' },
        items: listOf(ref('StatementLine')),
        next: cursor,
        previous: cursor,
      },
      ['opening', 'closing', 'previous'],
      { description: 'With `opening`, `closing` and `previous` when an order or a time is asked for.' },
    ),
    Turnover: object({
      prefix: ref('AccountPath'),
      items: listOf(object({ asset: ref('AssetCode'), debits: ref('Count'), credits: ref('Count') })),
    }),
  },
  paths: {
    '/books/{book}/accounts/{path}/balance': {
      get: read({
        ...{ id: 'getBalance', tag: TAG, summary: 'Balance of an account at any moment' },
        description: 'Without an asset a list, one for each.',
        parameters: [path, asset, ...times],
        answers: {
          200: answer(
            'One balance, or a list.',
            { oneOf: [ref('AccountBalance'), ref('AccountBalances')] },
            {
              account: 'till',
              ...BALANCE,
            },
          ),
        },
        codes: ['ACCOUNT_UNKNOWN', 'ASSET_MALFORMED', 'INSTANT_MALFORMED'],
      }),
    },
    '/books/{book}/accounts/{path}/statement': {
      get: read({
        ...{ id: 'getStatement', tag: TAG, summary: 'Postings of an account' },
        description:
          'In the order they were recorded, or in the order they count, late ones in their place; `balanceAfter` runs in that order. Pages of one walk show one state of the account.',
        parameters: [
          ...[path, asset],
          inQuery(
            'by',
            'Which time orders the lines and bounds them; `recorded` when left out.',
            oneOf('recorded', 'effective'),
          ),
          inQuery('order', 'Newest first when left out.', oneOf('newest', 'oldest')),
          ...[...range, parameterRef('limit'), parameterRef('cursor')],
        ],
        answers: {
          200: answer('A page.', ref('Statement'), {
            ...{ account: 'till', asset: 'CNY', opening: '1000', closing: '900' },
            ...{ items: [LINE], next: null, previous: null },
          }),
        },
        codes: ['ACCOUNT_UNKNOWN', 'ASSET_MALFORMED', 'FIELD_MISSING', 'INSTANT_MALFORMED'],
      }),
    },
    '/books/{book}/accounts/{path}/turnover': {
      get: read({
        ...{ id: 'getTurnover', tag: TAG, summary: 'What was debited and credited at and under a path' },
        parameters: [path, asset, ...range],
        answers: {
          200: answer('A row an asset.', ref('Turnover'), {
            ...{ prefix: 'till', items: [{ asset: 'CNY', debits: '1000', credits: '100' }] },
          }),
        },
        codes: ['ACCOUNT_UNKNOWN', 'ASSET_MALFORMED', 'INSTANT_MALFORMED'],
      }),
    },
  },
};
