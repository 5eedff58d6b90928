import { answer, inQuery, listOf, object, parameterRef, ref, text } from '../../openapi/shapes';
import type { Resource } from '../../openapi/types';
import { read } from './route';
import { pageOf } from './words';

const TAG = 'Balances';

const times = [parameterRef('effectiveAt'), parameterRef('recordedAt')];
const segments = text('^[1-9][0-9]?$');

const ROW = {
  ...{ kind: 'open', path: null, asset: 'CNY', side: 'open', accounts: '2' },
  ...{ debits: '1100', credits: '1100', balance: '0' },
};
const NODE = {
  ...{ path: 'till', depth: 1, asset: 'CNY', accounts: '3' },
  ...{ debits: '1000', credits: '100', balance: '900', own: null },
};

export const BOOK: Resource = {
  tag: { name: TAG, description: '' },
  schemas: {
    TrialBalance: object({ items: listOf(ref('TrialBalanceRow')) }),
    TrialBalanceRow: object({
      kind: { type: 'string', description: 'Kind of the accounts.' },
      path: { type: ['string', 'null'], description: 'The first segments, when a depth was asked for.' },
      asset: ref('AssetCode'),
      side: {
        type: 'string',
        enum: ['debit', 'credit', 'open'],
        description: '`open`: accounts of both sides.',
      },
      accounts: ref('Count'),
      debits: ref('Count'),
      credits: ref('Count'),
      balance: ref('Balance'),
    }),
    AccountNode: object({
      path: ref('AccountPath'),
      depth: { type: 'integer', minimum: 1 },
      asset: ref('AssetCode'),
      accounts: ref('Count'),
      debits: ref('Count'),
      credits: ref('Count'),
      balance: ref('Balance'),
      own: {
        anyOf: [ref('Balance'), { type: 'null' }],
        description: 'Of the account with exactly this path.',
      },
    }),
    AccountTree: pageOf('AccountNode'),
  },
  paths: {
    '/books/{book}/trial-balance': {
      get: read({
        ...{ id: 'getTrialBalance', tag: TAG, summary: 'The whole book at any moment' },
        description:
          'A row for each kind of account and asset, or for each path of `depth` segments. Per asset the debits equal the credits.',
        parameters: [inQuery('depth', 'Rows by the first segments of the paths.', segments), ...times],
        answers: { 200: answer('All rows.', ref('TrialBalance'), { items: [ROW] }) },
        codes: ['INSTANT_MALFORMED'],
      }),
    },
    '/books/{book}/account-tree': {
      get: read({
        ...{ id: 'getAccountTree', tag: TAG, summary: 'Paths with rolled-up balances at any moment' },
        parameters: [
          inQuery('prefix', 'At and under this path.', ref('AccountPath')),
          inQuery(
            'depth',
            'The most segments of a node; one more than the prefix has when left out.',
            segments,
          ),
          ...[parameterRef('asset'), ...times, parameterRef('limit'), parameterRef('cursor')],
        ],
        answers: { 200: answer('A page.', ref('AccountTree'), { items: [NODE], next: null }) },
        codes: ['ASSET_MALFORMED', 'INSTANT_MALFORMED'],
      }),
    },
  },
};
