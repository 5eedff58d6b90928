import {
  answer,
  closed,
  inQuery,
  json,
  listOf,
  object,
  orNull,
  parameterRef,
  ref,
  REPLAYED,
} from '../../openapi/shapes';
import type { Resource } from '../../openapi/types';
import { FIELDS } from './codes';
import { read, write } from './route';
import { pageOf } from './words';

const TAG = 'Accounts';

const TILL = {
  ...{ path: 'till', asset: 'CNY', kind: 'open', side: 'debit', floor: null },
  ...{ debits: '1000', credits: '100', balance: '900', version: '4' },
  ...{ openedAt: '2026-11-20T01:00:00.000Z', closedAt: null },
};

const path = parameterRef('path');
const THE_ACCOUNT = ref('Account');

export const ACCOUNTS: Resource = {
  tag: {
    name: TAG,
    description: 'Opened, changed and closed by hand; those of domain kinds open themselves.',
  },
  schemas: {
    NewAccount: closed({
      path: ref('AccountPath'),
      asset: ref('AssetCode'),
      side: ref('Side'),
      floor: ref('Floor'),
    }),
    Floor: {
      anyOf: [{ type: 'null' }, { type: 'string', pattern: '^(0|-[1-9][0-9]{0,15})$' }],
      description: 'The least balance the account may have; null for none.',
    },
    NewFloor: closed({ asset: ref('AssetCode'), floor: ref('Floor') }),
    NewClosing: closed({ asset: ref('AssetCode') }),
    Account: object({
      path: ref('AccountPath'),
      asset: ref('AssetCode'),
      kind: { type: 'string', description: '`open`, or the domain kind.' },
      side: ref('Side'),
      floor: ref('Floor'),
      debits: ref('Count'),
      credits: ref('Count'),
      balance: ref('Balance'),
      version: ref('Version'),
      openedAt: ref('Instant'),
      closedAt: orNull(ref('Instant')),
    }),
    AccountPage: pageOf('Account'),
    AccountsOfPath: object({ path: ref('AccountPath'), items: listOf(THE_ACCOUNT, { minItems: 1 }) }),
  },
  paths: {
    '/books/{book}/accounts': {
      post: write({
        ...{ id: 'openAccount', tag: TAG, summary: 'Open an account for open kinds' },
        body: {
          required: true,
          content: json(ref('NewAccount'), { path: 'till', asset: 'CNY', side: 'debit', floor: null }),
        },
        answers: {
          201: answer('Opened.', THE_ACCOUNT, TILL),
          200: { ...answer('It was open in the same terms.', THE_ACCOUNT, TILL), headers: REPLAYED },
        },
        codes: [
          ...[...FIELDS, 'ACCOUNT_MALFORMED', 'ASSET_MALFORMED', 'FLOOR_MALFORMED', 'SIDE_UNKNOWN'],
          ...['ACCOUNT_EXISTS', 'ACCOUNT_PATH_RESERVED', 'ASSET_UNKNOWN'],
        ],
      }),
      get: read({
        ...{ id: 'listAccounts', tag: TAG, summary: 'Accounts in order of path and asset, as they are now' },
        parameters: [
          inQuery('prefix', 'At and under this path.', ref('AccountPath')),
          ...[parameterRef('limit'), parameterRef('cursor')],
        ],
        answers: { 200: answer('A page.', ref('AccountPage'), { items: [TILL], next: null }) },
        codes: [],
      }),
    },
    '/books/{book}/accounts/{path}': {
      get: read({
        ...{ id: 'getAccounts', tag: TAG, summary: 'The account of each asset at a path' },
        parameters: [path],
        answers: { 200: answer('One or more.', ref('AccountsOfPath'), { path: 'till', items: [TILL] }) },
        codes: ['ACCOUNT_UNKNOWN'],
      }),
    },
    '/books/{book}/accounts/{path}/closings': {
      post: write({
        ...{ id: 'closeAccount', tag: TAG, summary: 'Close an empty open account for good' },
        parameters: [path],
        body: { required: true, content: json(ref('NewClosing'), { asset: 'CNY' }) },
        answers: {
          200: {
            ...answer('Closed, now or before.', THE_ACCOUNT, {
              ...TILL,
              closedAt: '2026-11-20T02:00:00.000Z',
            }),
            headers: REPLAYED,
          },
        },
        codes: [
          ...[...FIELDS, 'ASSET_MALFORMED', 'ACCOUNT_KIND_NOT_ALLOWED', 'ACCOUNT_UNKNOWN'],
          ...['BALANCE_NOT_ZERO', 'HOLD_OPEN'],
        ],
      }),
    },
    '/books/{book}/accounts/{path}/floors': {
      post: write({
        ...{ id: 'changeFloor', tag: TAG, summary: 'Change the floor of an open account' },
        description: 'Not above what the balance is.',
        parameters: [path],
        body: { required: true, content: json(ref('NewFloor'), { asset: 'CNY', floor: '-50' }) },
        answers: {
          200: { ...answer('Changed, now or before.', THE_ACCOUNT, TILL), headers: REPLAYED },
        },
        codes: [
          ...[...FIELDS, 'ASSET_MALFORMED', 'FLOOR_MALFORMED', 'ACCOUNT_CLOSED'],
          ...['ACCOUNT_KIND_NOT_ALLOWED', 'ACCOUNT_UNKNOWN', 'BALANCE_INSUFFICIENT'],
        ],
      }),
    },
  },
};
