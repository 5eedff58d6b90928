import { listOf, object, ref, text } from '../../openapi/shapes';
import type { Header, Parameter, Schema } from '../../openapi/types';

/** The shapes that every part of the ledger's document speaks of. */
export const WORDS: Readonly<Record<string, Schema>> = {
  AccountPath: text('^[a-z0-9-]+(/[a-z0-9-]+)*$', {
    maxLength: 200,
    description: 'Lower-case segments joined by slashes.',
    examples: ['till/1'],
  }),
  Amount: text('^[1-9][0-9]{0,15}$', {
    description: "A positive count of the asset's smallest unit, at most 10^15, as a string of digits.",
    examples: ['1250'],
  }),
  AssetCode: text('^[A-Z][A-Z0-9]{1,15}(/[a-z0-9.-]{1,64})?$', { examples: ['CNY'] }),
  Balance: text('^(0|-?[1-9][0-9]{0,18})$', {
    description: 'A whole number of the smallest unit: side × (debits − credits).',
    examples: ['1250', '-50'],
  }),
  Count: text('^(0|[1-9][0-9]{0,18})$', { description: 'A whole number, zero or more.', examples: ['3'] }),
  EntryId: { type: 'string', format: 'uuid' },
  Instant: {
    type: 'string',
    format: 'date-time',
    description: 'ISO 8601 with its zone. Answers are in UTC; entries have microseconds.',
    examples: ['2026-11-20T01:30:00.123456Z'],
  },
  InstantAsked: {
    type: 'string',
    format: 'date-time',
    description: 'ISO 8601 with its zone, to the millisecond.',
    examples: ['2026-11-20T09:30:00+08:00'],
  },
  Kind: text('^[a-z][a-z.-]{0,79}$', { description: 'An entry kind.', examples: ['transfer'] }),
  Memo: text('^[a-z0-9.-]{1,64}$', { description: 'A code, not prose.', examples: ['carbon.2026-1'] }),
  Reference: {
    type: 'string',
    minLength: 1,
    maxLength: 200,
    description: 'A document number. Printable characters, and no ID number or phone of a person.',
    examples: ['票据 1'],
  },
  Seq: text('^[1-9][0-9]{0,18}$', { description: 'The number of an entry, without gaps.', examples: ['17'] }),
  Side: { type: 'string', enum: ['debit', 'credit'] },
  Version: text('^(0|[1-9][0-9]{0,18})$', {
    description: 'How many postings the account has had.',
    examples: ['4'],
  }),
  Problem: object(
    {
      type: { type: 'string', format: 'uri' },
      title: { type: 'string' },
      status: { type: 'integer' },
      code: { type: 'string', description: 'Stable: decide by it.' },
      detail: { type: 'string' },
      pointer: {
        type: 'string',
        description: 'The field: a JSON pointer, or the name of a parameter or header.',
      },
    },
    ['pointer'],
    { description: 'RFC 9457. All other members are facts of the refusal.' },
  ),
};

export const PARAMETERS: Readonly<Record<string, Parameter>> = {
  book: {
    ...{ name: 'book', in: 'path', required: true, description: 'Code of the book.' },
    ...{ schema: { type: 'string' }, example: 'county' },
  },
  path: {
    ...{ name: 'path', in: 'path', required: true },
    description: 'Path of the account, percent-encoded as one segment: `till%2F1`.',
    ...{ schema: ref('AccountPath'), example: 'till' },
  },
  'Idempotency-Key': {
    ...{ name: 'Idempotency-Key', in: 'header', required: true },
    description:
      'Serves once in a book, whatever the route. The same key with the same body has the same answer for ever; with another body it is `KEY_REUSED`.',
    ...{ schema: text('^[A-Za-z0-9._:/-]{1,200}$'), example: 'order-17/payment' },
  },
  limit: {
    ...{ name: 'limit', in: 'query', description: 'The most items of a page, 1 to 500; 50 when left out.' },
    schema: text('^[1-9][0-9]{0,2}$'),
  },
  cursor: {
    ...{ name: 'cursor', in: 'query', description: 'What the page before returned as `next`.' },
    schema: { type: 'string' },
  },
  asset: {
    ...{ name: 'asset', in: 'query', description: 'Of this asset only.' },
    ...{ schema: ref('AssetCode'), example: 'CNY' },
  },
  effectiveAt: {
    ...{ name: 'effectiveAt', in: 'query' },
    description: 'What counted up to and including this moment; all that counts whenever without it.',
    schema: ref('Instant'),
  },
  recordedAt: {
    ...{ name: 'recordedAt', in: 'query' },
    description: 'As it was known at this moment; as it is known now without it.',
    schema: ref('Instant'),
  },
};

export const HEADERS: Readonly<Record<string, Header>> = {
  'Idempotency-Replayed': {
    description: 'There, and `true`, when this was done before and nothing was done now.',
    schema: { type: 'string', enum: ['true'] },
  },
  'Retry-After': { description: 'Seconds to wait.', schema: text('^[0-9]+$') },
};

/** A page of a longer list. */
export const pageOf = (item: string): Schema =>
  object({ items: listOf(ref(item)), next: { type: ['string', 'null'], description: 'Null at the end.' } });
