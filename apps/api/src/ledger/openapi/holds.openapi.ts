import {
  answer,
  closed,
  inQuery,
  json,
  object,
  oneOf,
  orNull,
  parameterRef,
  ref,
} from '../../openapi/shapes';
import type { Parameter, Resource } from '../../openapi/types';
import { AMOUNT, FIELDS, POSTING } from './codes';
import { POSTED_ANSWERS } from './entries.openapi';
import { keyed, read } from './route';
import { pageOf } from './words';

const TAG = 'Holds';
const ID = '0f9b6f0e-8a55-8d2b-9c7c-4c1d1a2b3c4d';

const hold: Parameter = {
  ...{ name: 'hold', in: 'path', required: true, description: 'Id of the hold: that of its entry.' },
  ...{ schema: { type: 'string' }, example: ID },
};

const HELD = {
  ...{ id: ID, seq: '17', state: 'held', account: 'till', asset: 'CNY', amount: '40' },
  ...{ left: '10', committed: '30', released: '0' },
  ...{ expiresAt: '2026-11-21T00:00:00.000Z', endedSeq: null },
};

const STEP = [
  ...[...FIELDS, ...AMOUNT, ...POSTING],
  ...[
    'HOLD_AMOUNT_DIFFERS',
    'HOLD_AMOUNT_EXCEEDED',
    'HOLD_ENDED',
    'HOLD_EXPIRED',
    'HOLD_NOT_OWNED',
    'HOLD_UNKNOWN',
  ],
];

export const HOLDS: Resource = {
  tag: {
    name: TAG,
    description: 'Amounts set aside until they are committed, released or their time runs out.',
  },
  schemas: {
    NewHold: closed(
      {
        from: ref('AccountPath'),
        asset: ref('AssetCode'),
        amount: ref('Amount'),
        expiresAt: ref('InstantAsked'),
        reference: orNull(ref('Reference')),
        memo: orNull(ref('Memo')),
      },
      ['reference', 'memo'],
    ),
    NewCommit: closed({ to: ref('AccountPath'), amount: ref('Amount') }, ['amount']),
    NewRelease: closed({ amount: ref('Amount') }, ['amount']),
    Hold: object({
      id: ref('EntryId'),
      seq: ref('Seq'),
      state: oneOf('held', 'committed', 'released', 'expired'),
      account: ref('AccountPath'),
      asset: ref('AssetCode'),
      amount: ref('Amount'),
      left: ref('Count'),
      committed: ref('Count'),
      released: ref('Count'),
      expiresAt: ref('Instant'),
      endedSeq: orNull(ref('Seq')),
    }),
    HoldPage: pageOf('Hold'),
  },
  paths: {
    '/books/{book}/holds': {
      post: keyed({
        ...{ id: 'placeHold', tag: TAG, summary: 'Set an amount of an open account aside' },
        description: 'It sits in `held/<id>`. When its time has run out, what is left goes back by itself.',
        body: {
          required: true,
          content: json(ref('NewHold'), {
            ...{ from: 'till', asset: 'CNY', amount: '40', expiresAt: '2026-11-21T08:00:00+08:00' },
          }),
        },
        answers: POSTED_ANSWERS,
        codes: [
          ...[...FIELDS, ...AMOUNT, ...POSTING, 'HOLD_EXPIRED'],
          ...[
            'ACCOUNT_MALFORMED',
            'ASSET_MALFORMED',
            'INSTANT_MALFORMED',
            'MEMO_MALFORMED',
            'REFERENCE_MALFORMED',
          ],
        ],
      }),
      get: read({
        ...{ id: 'listHolds', tag: TAG, summary: 'Holds of this door, oldest first' },
        parameters: [
          inQuery('state', 'In this state.', oneOf('held', 'committed', 'released', 'expired')),
          ...[parameterRef('limit'), parameterRef('cursor')],
        ],
        answers: { 200: answer('A page.', ref('HoldPage'), { items: [HELD], next: null }) },
        codes: [],
      }),
    },
    '/books/{book}/holds/{hold}': {
      get: read({
        ...{ id: 'getHold', tag: TAG, summary: 'A hold' },
        parameters: [hold],
        answers: { 200: answer('The hold.', ref('Hold'), HELD) },
        codes: ['HOLD_UNKNOWN'],
      }),
    },
    '/books/{book}/holds/{hold}/commits': {
      post: keyed({
        ...{ id: 'commitHold', tag: TAG, summary: 'Pay out of a hold' },
        description: 'As often as wanted, up to what is left; all of it when no amount is said.',
        parameters: [hold],
        body: { required: true, content: json(ref('NewCommit'), { to: 'sales', amount: '30' }) },
        answers: POSTED_ANSWERS,
        codes: [...STEP, 'ACCOUNT_MALFORMED'],
      }),
    },
    '/books/{book}/holds/{hold}/releases': {
      post: keyed({
        ...{ id: 'releaseHold', tag: TAG, summary: 'Give back out of a hold' },
        description: 'Up to what is left; all of it when no amount is said.',
        parameters: [hold],
        body: { required: false, content: json(ref('NewRelease'), { amount: '10' }) },
        answers: POSTED_ANSWERS,
        codes: STEP,
      }),
    },
  },
};
