import { present } from '@app/kernel';
import { closed, json, listOf, object, oneOf, ref, REPLAYED } from '../../openapi/shapes';
import type { Resource } from '../../openapi/types';
import { BATCH_POSTINGS_MAX, ENTRIES_MAX } from '../batch-body';
import { ENTRY_BODY, KEY, POSTING } from './codes';
import { POSTED, SAID_FIELDS, TRANSFER } from './entries.openapi';
import { write } from './route';
import { PARAMETERS } from './words';

const TAG = 'Entries';

const outcome = {
  status: {
    type: 'integer',
    description: 'What the single post would have had: 201, 200 or that of the problem.',
  },
  replayed: { const: true, description: 'There when the entry was posted before.' },
  entry: ref('PostedEntry'),
  problem: ref('Problem'),
};
const OPTIONAL = ['replayed', 'entry', 'problem'];
const entryOrProblem = { oneOf: [{ required: ['entry'] }, { required: ['problem'] }] };

const LINE = { key: 'order-17/payment', ...TRANSFER };

export const ENTRY_BATCHES: Resource = {
  tag: { name: TAG, description: '' },
  schemas: {
    NewBatch: closed(
      {
        mode: oneOf('atomic', 'continue'),
        dryRun: { type: 'boolean', default: false },
        entries: listOf(ref('NewEntry'), { minItems: 1, maxItems: ENTRIES_MAX }),
      },
      ['dryRun'],
      { description: `At most ${BATCH_POSTINGS_MAX} postings together.` },
    ),
    BatchAnswer: object({
      mode: oneOf('atomic', 'continue'),
      dryRun: { type: 'boolean' },
      items: listOf(ref('BatchItem')),
    }),
    BatchItem: object(outcome, OPTIONAL, entryOrProblem),
    EntryLine: closed(
      {
        key: { type: 'string', pattern: '^[A-Za-z0-9._:/-]{1,200}$' },
        kind: ref('Kind'),
        ...SAID_FIELDS,
        postings: listOf(ref('Posting'), { minItems: 2 }),
      },
      ['key', ...Object.keys(SAID_FIELDS)],
    ),
    LineAnswer: object({ line: { type: 'integer', minimum: 1 }, ...outcome }, OPTIONAL, entryOrProblem),
  },
  paths: {
    '/books/{book}/entries/batch': {
      post: write({
        ...{ id: 'postEntries', tag: TAG, summary: 'Post many entries' },
        parameters: [{ ...present(PARAMETERS['Idempotency-Key'], 'the key'), required: false }],
        description: [
          '**As JSON** in one transaction. `atomic`: all or none; the refusal names the item, and stays with the key. `continue`: each by itself, with an answer of its own. `dryRun`: the same answers, and nothing is done or kept; numbers and times are not promised.',
          '**As lines** (`application/x-ndjson`), of any number: one entry a line, each by itself, one answer a line in the same order while the request is still being sent, so read while you write. A line has its own `key`, or one from the Idempotency-Key of the request and its number; that header may be left out when every line has a key. Empty lines count and are not answered. When the connection breaks, whole entries are there and no others: send the same request again, and what was posted is replayed.',
        ].join('\n\n'),
        body: {
          required: true,
          content: {
            ...json(ref('NewBatch'), { mode: 'atomic', entries: [TRANSFER] }),
            'application/x-ndjson': { schema: ref('EntryLine'), example: LINE },
          },
        },
        answers: {
          200: {
            description: 'An answer for each entry.',
            headers: REPLAYED,
            content: {
              ...json(ref('BatchAnswer'), {
                ...{ mode: 'continue', dryRun: false },
                items: [{ status: 201, entry: POSTED }],
              }),
              'application/x-ndjson': {
                schema: ref('LineAnswer'),
                example: { line: 1, status: 201, entry: POSTED },
              },
            },
          },
        },
        codes: [
          ...[...ENTRY_BODY, ...POSTING, ...KEY],
          ...['BATCH_TOO_LARGE', 'ENTRIES_MALFORMED', 'FIELD_MALFORMED', 'MODE_UNKNOWN'],
        ],
      }),
    },
  },
};
