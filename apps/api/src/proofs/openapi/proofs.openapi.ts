import { read } from '../../ledger/openapi/route';
import { PUBLIC_BOOK } from '../../openapi/problems';
import { answer, inQuery, parameterRef, ref } from '../../openapi/shapes';
import type { Parameter, Resource, Route } from '../../openapi/types';
import { BUNDLE_SHAPES } from './bundle.shapes';

const TAG = 'Proofs';
const ID = '0f9b6f0e-8a55-8d2b-9c7c-4c1d1a2b3c4d';
const AT = '2026-11-20T01:30:00.123456Z';
const HASH = 'ab'.repeat(32);
const ORIGIN = 'ledger.example/books/county';
const NOTE = `${ORIGIN}\n12\nq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\n\n— ${ORIGIN} x08go/ZJkuBS9UG=\n`;

/** The facts that the codes of these routes bring. */
export const PROOF_FACTS: Readonly<Record<string, object>> = {
  CHECKPOINT_UNKNOWN: { size: '999' },
  EVENT_UNKNOWN: { event: '99' },
  PROOF_BROKEN: { stream: 'entry', no: '17', seal: '12' },
  PROOF_PENDING: { stream: 'entry', no: '17' },
  PROOF_SIZES_WRONG: { from: '3', to: '999' },
  REFUSAL_UNKNOWN: { refusal: '99' },
};

const POSTING = {
  ...{ leg: '1', path: 'till', asset: 'CNY', side: '1', accountKind: 'open', amount: '100', version: '4' },
  ...{ balanceAfter: '900', effectiveAt: AT, effectiveHigh: null, openedAt: null, floor: null },
};
const ENTRY = {
  ...{ seq: '17', id: ID, kind: 'transfer', legs: '2', body: HASH, recordedAt: AT, effectiveAt: AT },
  ...{ actor: 'the.cashier', reference: 'invoice 17', memo: null, reverses: null },
  ...{ hold: null, holdAs: null, made: null },
  postings: [POSTING, { ...POSTING, leg: '2', path: 'sales', side: '-1', amount: '-100', version: '9' }],
};
const REFUSAL = {
  ...{
    no: '3',
    id: ID,
    body: HASH,
    code: 'BALANCE_INSUFFICIENT',
    facts: '{"asset": "CNY", "missing": "40"}',
  },
  ...{ actor: 'the.cashier', decidedAt: AT },
};
const EVENT = {
  ...{
    no: '2',
    at: AT,
    actor: 'the.keeper',
    type: 'account-opened',
    facts: '{"path": "till", "asset": "CNY"}',
  },
};
const SEAL = {
  no: '12',
  ...{ entries: { first: '15', next: '19' }, refusals: { first: '3', next: '4' } },
  ...{ events: { first: '2', next: '3' }, root: HASH, previous: HASH, sealedAt: AT },
};
const bundle = (stream: string, record: object): object => ({
  ...{ format: 'tanhui-proof-1', stream, record, salt: HASH, seal: SEAL },
  ...{ sealPath: [HASH, HASH, HASH], logPath: [HASH], checkpoint: NOTE },
});
const CHECKPOINT = { origin: ORIGIN, vkey: `${ORIGIN}+c74f20a3+ARpc2QcUPDhM`, size: '12', note: NOTE };

const name = (of: string, description: string, example: string): Parameter => ({
  ...{ name: of, in: 'path', required: true, description },
  ...{ schema: { type: 'string' }, example },
});

const PENDING =
  'What is recorded is covered by a checkpoint about a second later: until then 409 `PROOF_PENDING`.';

interface Proven {
  readonly id: string;
  readonly summary: string;
  readonly parameter: Parameter;
  readonly shape: string;
  readonly example: object;
  readonly unknown: string;
}

/** For readers of the book: the salt in it lets whoever has the bundle check the record, and nobody else guess it. */
const proof = ({ id, summary, parameter, shape, example, unknown }: Proven): Route =>
  read({
    ...{ id, tag: TAG, summary, description: PENDING, parameters: [parameter], takesQuery: false },
    answers: { 200: answer('The bundle.', ref(shape), example) },
    codes: [unknown, 'PROOF_BROKEN', 'PROOF_PENDING'],
  });

const open = (route: Omit<Route, 'tags' | 'security'>): Route => ({
  ...route,
  tags: [TAG],
  security: [],
  parameters: [parameterRef('book'), ...(route.parameters ?? [])],
  codes: [...PUBLIC_BOOK, ...(route.parameters ? ['FIELDS_INVALID'] : []), ...route.codes],
});

export const PROOFS: Resource = {
  tag: {
    name: TAG,
    description:
      'What is recorded is sealed into a log whose signed checkpoints everybody may see. A bundle is checked without us: with the command `proof verify`, on the page /proof, or by the rules of docs/spec/10-proofs.md.',
  },
  schemas: BUNDLE_SHAPES,
  paths: {
    '/books/{book}/entries/{id}/proof': {
      get: proof({
        ...{ id: 'proveEntry', summary: 'Proves an entry to whoever has the public key' },
        parameter: name('id', 'Id or number of the entry.', '17'),
        ...{ shape: 'EntryProof', example: bundle('entry', ENTRY), unknown: 'ENTRY_UNKNOWN' },
      }),
    },
    '/books/{book}/refusals/{refusal}/proof': {
      get: proof({
        ...{ id: 'proveRefusal', summary: 'Proves a refusal that was kept with its key' },
        parameter: name(
          'refusal',
          'The id that was refused, the number of the refusal, or `key:` and the Idempotency-Key of at most 196 characters, percent-encoded.',
          'key:order-17%2Fpayment',
        ),
        ...{ shape: 'RefusalProof', example: bundle('refusal', REFUSAL), unknown: 'REFUSAL_UNKNOWN' },
      }),
    },
    '/books/{book}/events/{no}/proof': {
      get: proof({
        ...{
          id: 'proveEvent',
          summary: 'Proves an event: an account opened, a floor changed, a period closed',
        },
        parameter: name('no', 'Number of the event.', '2'),
        ...{ shape: 'EventProof', example: bundle('event', EVENT), unknown: 'EVENT_UNKNOWN' },
      }),
    },
    '/public/books/{book}/checkpoints': {
      get: open({
        ...{ operationId: 'getLatestCheckpoint', summary: 'The last checkpoint, for everybody' },
        responses: { 200: answer('Checkpoint and key.', ref('Checkpoint'), CHECKPOINT) },
        codes: ['CHECKPOINT_UNKNOWN'],
      }),
    },
    '/public/books/{book}/checkpoints/{size}': {
      get: open({
        ...{ operationId: 'getCheckpoint', summary: 'The checkpoint of so many seals, for everybody' },
        parameters: [name('size', 'How many seals it covers.', '12')],
        responses: { 200: answer('Checkpoint and key.', ref('Checkpoint'), CHECKPOINT) },
        codes: ['CHECKPOINT_UNKNOWN'],
      }),
    },
    '/public/books/{book}/consistency': {
      get: open({
        ...{ operationId: 'getConsistency', summary: 'Proves that a longer log begins with a shorter one' },
        description: 'Hashes as RFC 6962 has them. `proof compare` checks them.',
        parameters: [
          { ...inQuery('from', 'Seals of the shorter log.', ref('Seq')), required: true, example: '3' },
          {
            ...inQuery('to', 'Seals of the longer log, signed already.', ref('Seq')),
            required: true,
            example: '12',
          },
        ],
        responses: { 200: answer('The hashes.', ref('Consistency'), { from: '3', to: '12', path: [HASH] }) },
        codes: ['PROOF_SIZES_WRONG'],
      }),
    },
  },
};
