import { listOf, object, oneOf, orNull, ref, text } from '../../openapi/shapes';
import type { Schema } from '../../openapi/types';

const string: Schema = { type: 'string' };
const sha256 = text('^[0-9a-f]{64}$', { description: '32 bytes in hex.' });
const integer = text('^(0|-?[1-9][0-9]{0,18})$', { description: 'A whole number as a string of digits.' });
const range = object({ first: ref('Seq'), next: ref('Seq') }, [], {
  description: 'From the first number on and before the next.',
});

/** Each member is a field of the canonical form, so that whoever has the record can compute its bytes. */
const RECORDS = {
  ProvenEntry: object({
    seq: ref('Seq'),
    id: ref('EntryId'),
    kind: string,
    legs: ref('Count'),
    body: sha256,
    recordedAt: ref('Instant'),
    effectiveAt: ref('Instant'),
    actor: string,
    reference: orNull(string),
    memo: orNull(string),
    reverses: orNull(ref('Seq')),
    hold: orNull(ref('EntryId')),
    holdAs: orNull(string),
    made: orNull(object({ seq: ref('Seq'), owner: string, expiresAt: ref('Instant') })),
    postings: listOf(ref('ProvenPosting')),
  }),
  ProvenPosting: object({
    leg: ref('Count'),
    path: ref('AccountPath'),
    asset: ref('AssetCode'),
    side: { type: 'string', enum: ['1', '-1'] },
    accountKind: string,
    amount: integer,
    version: ref('Version'),
    balanceAfter: ref('Balance'),
    effectiveAt: ref('Instant'),
    effectiveHigh: orNull(ref('Instant')),
    openedAt: orNull(ref('Instant')),
    floor: orNull(integer),
  }),
  ProvenRefusal: object({
    no: ref('Seq'),
    id: ref('EntryId'),
    body: sha256,
    code: string,
    facts: { type: 'string', description: 'JSON, as PostgreSQL prints it: its bytes are what was sealed.' },
    actor: string,
    decidedAt: ref('Instant'),
  }),
  ProvenEvent: object({
    no: ref('Seq'),
    at: ref('Instant'),
    actor: string,
    type: string,
    facts: { type: 'string', description: 'JSON, as PostgreSQL prints it: its bytes are what was sealed.' },
  }),
};

const bundleOf = (stream: string, record: string): Schema =>
  object(
    {
      format: oneOf('tanhui-proof-1'),
      stream: oneOf(stream),
      record: ref(record),
      salt: sha256,
      seal: ref('Seal'),
      sealPath: listOf(sha256, { description: 'From the leaf up to the root of the seal.' }),
      logPath: listOf(sha256, { description: 'From the seal up to the root of the checkpoint.' }),
      checkpoint: { type: 'string', description: 'A C2SP signed note.' },
    },
    [],
    {
      description:
        'A record and all that leads from it to a signature: `proof verify` and the page check it.',
    },
  );

export const BUNDLE_SHAPES: Readonly<Record<string, Schema>> = {
  ...RECORDS,
  EntryProof: bundleOf('entry', 'ProvenEntry'),
  RefusalProof: bundleOf('refusal', 'ProvenRefusal'),
  EventProof: bundleOf('event', 'ProvenEvent'),
  Seal: object({
    ...{ no: ref('Seq'), entries: range, refusals: range, events: range },
    ...{ root: sha256, previous: sha256, sealedAt: ref('Instant') },
  }),
  Checkpoint: object({
    origin: { type: 'string', description: 'Name of the log; it stays for ever.' },
    vkey: { type: 'string', description: 'The key that checks signatures, as C2SP writes verifier keys.' },
    size: { ...ref('Seq'), description: 'How many seals it covers.' },
    note: { type: 'string', description: 'Three lines and a signature: a C2SP signed note.' },
  }),
  Consistency: object({ from: ref('Seq'), to: ref('Seq'), path: listOf(sha256) }),
};
