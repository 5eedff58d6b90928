import type { Text } from '../zh';

/** The server's own sentences are English: only what needs other words on a page stands here. */
export const problems: Text['problems'] = {
  what: 'This did not work',
  facts: 'In detail',
  code: 'Code',
  unknown: 'The server refused. Nothing was changed.',
  byCode: {
    UNREACHABLE: 'The server cannot be reached. Check the network and try again; nothing runs twice.',
    INTERNAL:
      'Something broke. Whether it was done is not known: look first, then try again, and tell the administrator.',
    DATABASE_AWAY:
      'The database cannot be reached. Whether it was done is not known: look in a moment, then try again.',
    SIGN_IN_REQUIRED: 'Your session has ended. Sign in again.',
    POST_REQUIRED: 'Your post may not see or do this. The posts needed stand below.',
    ROUTE_UNKNOWN: 'The server does not offer this yet.',
  },
  states: {
    proposed: 'proposed',
    approved: 'approved',
    rejected: 'rejected',
    facts: 'facts',
    rights: 'rights',
  },
  factNames: {
    available: 'available',
    asked: 'asked',
    missing: 'missing',
    until: 'until',
    posts: 'posts',
    region: 'region',
    field: 'field',
    expected: 'expected',
    least: 'least',
    most: 'most',
    retryAfterSeconds: 'wait (s)',
    requestId: 'request',
    leastGrams: 'least (g)',
    mostGrams: 'most (g)',
    state: 'state now',
    earliest: 'earliest',
    latest: 'latest',
    today: 'today',
    changed: 'changed',
    now: 'now',
    begins: 'begins',
    closedOn: 'closed on',
    parcels: 'parcels',
    parties: 'parties',
    codes: 'codes',
    openGrams: 'shortfall (g)',
  },
};
