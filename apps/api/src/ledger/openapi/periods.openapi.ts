import {
  answer,
  closed,
  json,
  listOf,
  object,
  oneOf,
  orNull,
  ref,
  REPLAYED,
  text,
} from '../../openapi/shapes';
import type { Parameter, Resource } from '../../openapi/types';
import { FIELDS } from './codes';
import { read, write } from './route';

const TAG = 'Periods';

const no: Parameter = {
  ...{ name: 'no', in: 'path', required: true, description: 'Number of the period.' },
  ...{ schema: { type: 'string' }, example: '3' },
};

const CLOSED = {
  ...{ no: '3', endsAt: '2026-10-31T16:00:00.000000Z', state: 'closed' },
  ...{ closedAt: '2026-11-02T01:00:00.000000Z', closedBy: 'the.keeper', trialBalance: 'ab'.repeat(32) },
  ...{ askedAt: null, askedBy: null, reopenedAt: null, reopenedBy: null },
};

const person = { type: ['string', 'null'] };
const moment = orNull(ref('Instant'));
const THE_PERIOD = ref('Period');

export const PERIODS: Resource = {
  tag: {
    name: TAG,
    description: 'Stretches of effective time that are closed: nothing counts in them any more.',
  },
  schemas: {
    NewPeriod: closed({ endsAt: ref('InstantAsked') }),
    Period: object({
      no: ref('Count'),
      endsAt: ref('Instant'),
      state: oneOf('closed', 'reopening-asked', 'reopened'),
      closedAt: ref('Instant'),
      closedBy: { type: 'string' },
      trialBalance: text('^[0-9a-f]{64}$', {
        description: 'SHA-256 of the sealed trial balance at its end.',
      }),
      askedAt: moment,
      askedBy: person,
      reopenedAt: moment,
      reopenedBy: person,
    }),
    Periods: object({ items: listOf(THE_PERIOD) }),
  },
  paths: {
    '/books/{book}/periods': {
      post: write({
        ...{ id: 'closePeriod', tag: TAG, summary: 'Close all effective time up to and including a moment' },
        body: { required: true, content: json(ref('NewPeriod'), { endsAt: '2026-11-01T00:00:00+08:00' }) },
        answers: {
          201: answer('Closed.', THE_PERIOD, CLOSED),
          200: { ...answer('The last period was closed so before.', THE_PERIOD, CLOSED), headers: REPLAYED },
        },
        codes: [...FIELDS, 'INSTANT_MALFORMED', 'PERIOD_ENDS_TOO_EARLY', 'PERIOD_ENDS_TOO_LATE'],
      }),
      get: read({
        ...{ id: 'listPeriods', tag: TAG, summary: 'Periods, newest first' },
        answers: { 200: answer('All.', ref('Periods'), { items: [CLOSED] }) },
        codes: [],
      }),
    },
    '/books/{book}/periods/{no}/reopening-requests': {
      post: write({
        ...{ id: 'askReopening', tag: TAG, summary: 'Ask to reopen the last period' },
        parameters: [no],
        answers: {
          201: answer('Asked.', THE_PERIOD, CLOSED),
          200: { ...answer('Asked before by the same person.', THE_PERIOD, CLOSED), headers: REPLAYED },
        },
        codes: ['PERIOD_NOT_LAST', 'PERIOD_REOPENED', 'PERIOD_UNKNOWN'],
      }),
    },
    '/books/{book}/periods/{no}/reopenings': {
      post: write({
        ...{
          id: 'reopenPeriod',
          tag: TAG,
          summary: 'Reopen the last period, by another person than the one who asked',
        },
        parameters: [no],
        answers: {
          201: answer('Reopened.', THE_PERIOD, { ...CLOSED, state: 'reopened' }),
          200: {
            ...answer('Reopened before.', THE_PERIOD, { ...CLOSED, state: 'reopened' }),
            headers: REPLAYED,
          },
        },
        codes: ['PERIOD_NOT_LAST', 'PERIOD_REOPENED', 'PERIOD_UNKNOWN', 'REOPENING_NOT_ASKED', 'SAME_PERSON'],
      }),
    },
  },
};
