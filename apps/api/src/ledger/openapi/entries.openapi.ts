import {
  answer,
  closed,
  inQuery,
  json,
  listOf,
  object,
  oneOf,
  orNull,
  parameterRef,
  ref,
  REPLAYED,
} from '../../openapi/shapes';
import type { Parameter, Resource, Schema } from '../../openapi/types';
import { CONDITIONS_MAX } from '../condition-body';
import { POSTINGS_MAX } from '../entry-body';
import { ENTRY_BODY, FIELDS, POSTING, POSTINGS, SAID } from './codes';
import { keyed, read } from './route';
import { pageOf } from './words';

const TAG = 'Entries';
const ID = '0f9b6f0e-8a55-8d2b-9c7c-4c1d1a2b3c4d';

const debitOrCredit = { oneOf: [{ required: ['debit'] }, { required: ['credit'] }] };
const posting = {
  account: ref('AccountPath'),
  asset: ref('AssetCode'),
  debit: ref('Amount'),
  credit: ref('Amount'),
};

export const SAID_FIELDS: Readonly<Record<string, Schema>> = {
  reference: orNull(ref('Reference')),
  effectiveAt: orNull(ref('InstantAsked')),
  memo: orNull(ref('Memo')),
  conditions: orNull(listOf(ref('Condition'), { minItems: 1, maxItems: CONDITIONS_MAX })),
};

const postings = listOf(ref('Posting'), { minItems: 2, maxItems: POSTINGS_MAX });

export const TRANSFER = {
  kind: 'transfer',
  reference: 'invoice 17',
  memo: 'sale',
  conditions: [{ account: 'till', asset: 'CNY', balanceAtLeast: '100' }],
  postings: [
    { account: 'till', asset: 'CNY', credit: '100' },
    { account: 'sales', asset: 'CNY', debit: '100' },
  ],
};

export const POSTED = {
  id: ID,
  seq: '17',
  recordedAt: '2026-11-20T01:30:00.123456Z',
  effectiveAt: '2026-11-20T01:30:00.123456Z',
  postings: [
    { account: 'till', asset: 'CNY', credit: '100', balanceAfter: '900', version: '4' },
    { account: 'sales', asset: 'CNY', debit: '100', balanceAfter: '200', version: '9' },
  ],
};

/** The answers of every route that posts one entry. */
export const POSTED_ANSWERS = {
  201: answer('Posted.', ref('PostedEntry'), POSTED),
  200: { ...answer('Posted before; the same answer.', ref('PostedEntry'), POSTED), headers: REPLAYED },
};

const schemas: Readonly<Record<string, Schema>> = {
  Posting: closed(posting, ['debit', 'credit'], debitOrCredit),
  PostedPosting: object(
    { ...posting, balanceAfter: ref('Balance'), version: ref('Version') },
    ['debit', 'credit'],
    debitOrCredit,
  ),
  Condition: closed(
    {
      account: ref('AccountPath'),
      asset: ref('AssetCode'),
      version: ref('Version'),
      balance: ref('Balance'),
      balanceAtLeast: ref('Balance'),
      balanceAtMost: ref('Balance'),
    },
    ['version', 'balance', 'balanceAtLeast', 'balanceAtMost'],
    {
      description: 'Judged before the entry, in their order. Exactly one thing must be so.',
      oneOf: ['version', 'balance', 'balanceAtLeast', 'balanceAtMost'].map((name) => ({ required: [name] })),
    },
  ),
  NewEntry: closed({ kind: ref('Kind'), ...SAID_FIELDS, postings }, Object.keys(SAID_FIELDS), {
    description: 'Debits equal credits in each asset, and each account and asset is named once.',
  }),
  PostedEntry: object({
    id: ref('EntryId'),
    seq: ref('Seq'),
    recordedAt: ref('Instant'),
    effectiveAt: ref('Instant'),
    postings: listOf(ref('PostedPosting')),
  }),
  Entry: object({
    id: ref('EntryId'),
    seq: ref('Seq'),
    kind: ref('Kind'),
    actor: { type: 'string' },
    reference: { type: ['string', 'null'] },
    memo: { type: ['string', 'null'] },
    reverses: orNull(ref('EntryId')),
    hold: orNull(ref('HoldTaken')),
    recordedAt: ref('Instant'),
    effectiveAt: ref('Instant'),
    postings: listOf(ref('PostedPosting')),
  }),
  HoldTaken: object({ id: ref('EntryId'), as: oneOf('commit', 'release', 'expire') }, [], {
    description: 'The hold that the entry takes value out of.',
  }),
  EntryPage: pageOf('Entry'),
  NewReversal: closed({ ...SAID_FIELDS, postings }, [...Object.keys(SAID_FIELDS), 'postings']),
};

const instant = (name: string, description: string): Parameter => inQuery(name, description, ref('Instant'));

const FILTERS: readonly Parameter[] = [
  inQuery('kind', 'Of this kind.', ref('Kind')),
  inQuery('account', 'With a posting on this account.', ref('AccountPath')),
  inQuery('prefix', 'With a posting on this account or one under it.', ref('AccountPath')),
  inQuery('asset', 'With a posting in this asset.', ref('AssetCode')),
  inQuery('actor', 'Posted by this caller.', { type: 'string' }),
  inQuery('reference', 'With exactly this reference.', ref('Reference')),
  inQuery('memo', 'With exactly this memo.', ref('Memo')),
  inQuery('reverses', 'That take back this entry.', ref('EntryId')),
  inQuery('hold', 'That made this hold or took a step on it.', ref('EntryId')),
  inQuery('amountMin', 'With a posting of at least this amount, whichever its side.', ref('Amount')),
  inQuery('amountMax', 'With a posting of at most this amount, whichever its side.', ref('Amount')),
  instant('recordedAfter', 'Recorded after this moment.'),
  instant('recordedUpTo', 'Recorded up to and including this moment.'),
  instant('effectiveAfter', 'That count after this moment.'),
  instant('effectiveUpTo', 'That count up to and including this moment.'),
  inQuery('order', 'By their number; newest first when left out.', oneOf('newest', 'oldest')),
];

const idParameter = (description: string, example: string): Parameter => ({
  ...{ name: 'id', in: 'path', required: true, description },
  ...{ schema: { type: 'string' }, example },
});

const STORED = {
  ...POSTED,
  ...{ kind: 'transfer', actor: 'the.cashier', reference: 'invoice 17', memo: 'sale', reverses: null },
  hold: null,
};

export const ENTRIES: Resource = {
  tag: { name: TAG, description: 'Postings that sum to zero in each asset, with a number without gaps.' },
  schemas,
  paths: {
    '/books/{book}/entries': {
      post: keyed({
        ...{ id: 'postEntry', tag: TAG, summary: 'Post an entry of an open kind on open accounts' },
        body: { required: true, content: json(ref('NewEntry'), TRANSFER) },
        answers: POSTED_ANSWERS,
        codes: [...ENTRY_BODY, ...POSTING],
      }),
      get: read({
        ...{ id: 'listEntries', tag: TAG, summary: 'Entries that fit every filter given' },
        description:
          'In order of their number, a page at a time. A page looks at a bounded part of the book: it may be short, or empty, and still have a `next`.',
        parameters: [...FILTERS, parameterRef('limit'), parameterRef('cursor')],
        answers: { 200: answer('A page.', ref('EntryPage'), { items: [STORED], next: null }) },
        codes: [
          ...['ACCOUNT_MALFORMED', 'AMOUNT_MALFORMED', 'ASSET_MALFORMED', 'INSTANT_MALFORMED'],
          ...['KIND_MALFORMED', 'MEMO_MALFORMED', 'REFERENCE_MALFORMED'],
        ],
      }),
    },
    '/books/{book}/entries/{id}': {
      get: read({
        ...{ id: 'getEntry', tag: TAG, summary: 'An entry by its id or its number' },
        parameters: [idParameter('Id or number of the entry.', '17')],
        answers: { 200: answer('The entry.', ref('Entry'), STORED) },
        codes: ['ENTRY_UNKNOWN'],
      }),
    },
    '/books/{book}/entries/{id}/reversals': {
      post: keyed({
        ...{ id: 'reverseEntry', tag: TAG, summary: 'Take an entry back, whole or in part' },
        description:
          'Without postings all that is left of the entry; with them these, each the other way round from the entry’s. Reversals of one entry together never take back more of any of its postings than it moved.',
        parameters: [idParameter('Id or number of the entry.', '17')],
        body: { required: false, content: json(ref('NewReversal'), { memo: 'wrong-till' }) },
        answers: POSTED_ANSWERS,
        codes: [
          ...[...FIELDS, ...SAID, ...POSTINGS, 'ENTRY_UNBALANCED', ...POSTING],
          ...['REVERSAL_EXCEEDS', 'REVERSAL_OF_REVERSAL', 'REVERSAL_UNKNOWN'],
        ],
      }),
    },
  },
};
