import { read } from '../ledger/openapi/route';
import { answer, listOf, object, ref } from '../openapi/shapes';
import type { Resource } from '../openapi/types';

const TAG = 'Audit';

const FOUND = {
  ...{ ok: false, entries: '17', postings: '34', parcels: 12, parties: 9, issuances: 2, serialBlocks: 31 },
  findings: ['TOTALS_DIFFER: account till CNY: debits are 1000 and should be 900'],
};

export const AUDIT: Resource = {
  tag: {
    name: TAG,
    description:
      'The book recomputed from its postings, and what registry, credits, payments and cards hold asked what explains it. Every code is told in docs/runbooks/verify-findings.md.',
  },
  schemas: {
    Verification: object({
      ok: { type: 'boolean' },
      entries: {
        ...ref('Count'),
        description: 'How many were verified; of a large book perhaps not the newest.',
      },
      postings: ref('Count'),
      parcels: { type: 'integer' },
      parties: { type: 'integer' },
      issuances: { type: 'integer' },
      serialBlocks: { type: 'integer' },
      findings: listOf(
        { type: 'string' },
        { description: '`CODE: facts`, some of each code; empty when all holds.' },
      ),
    }),
  },
  paths: {
    '/books/{book}/verify': {
      get: read({
        ...{
          id: 'verifyBook',
          tag: TAG,
          summary: 'What is wrong with the book, if anything is',
          takesQuery: false,
        },
        description:
          'A book of up to 500,000 postings is read whole. Of a larger one this is the standing of the auditor’s runs, with what came since.',
        answers: { 200: answer('What was found.', ref('Verification'), FOUND) },
        codes: [],
      }),
    },
  },
};
