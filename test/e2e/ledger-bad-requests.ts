import { legs } from './ledger-bad-entries';
import { transfer } from './ledger-edge';

const five = Array.from({ length: 5 }, () => legs(1_000));

/** Batches: what is wrong, the body, status, code and pointer. */
export const BAD_BATCHES: readonly [string, object, number, string, string][] = [
  ['no mode', { entries: [] }, 422, 'FIELD_MISSING', '/mode'],
  ['a mode there is not', { mode: 'best-effort', entries: [] }, 422, 'MODE_UNKNOWN', '/mode'],
  ['a dry run in words', { mode: 'atomic', dryRun: 'yes', entries: [] }, 422, 'FIELD_MALFORMED', '/dryRun'],
  ['no entry', { mode: 'atomic', entries: [] }, 422, 'ENTRIES_MALFORMED', '/entries'],
  [
    '1,001 entries',
    { mode: 'atomic', entries: Array<object>(1_001).fill(transfer('till', 'a', '1')) },
    422,
    'BATCH_TOO_LARGE',
    '/entries',
  ],
  ['more than 4,000 postings', { mode: 'atomic', entries: five }, 422, 'BATCH_TOO_LARGE', '/entries'],
  ['an entry that is text', { mode: 'atomic', entries: ['x'] }, 422, 'BODY_NOT_OBJECT', '/entries/0'],
  [
    'one malformed amount',
    { mode: 'continue', entries: [transfer('till', 'a', '1'), transfer('till', 'a', '0')] },
    422,
    'AMOUNT_NOT_POSITIVE',
    '/entries/1/postings/0/debit',
  ],
];

/** Other routes that write: what, where, the body, status and code. */
export const BAD_REQUESTS: readonly [string, string, object, number, string][] = [
  ['an account', 'accounts', { path: 'n', asset: 'CNY', side: 'credit', floor: '1' }, 422, 'FLOOR_MALFORMED'],
  [
    'an account',
    'accounts',
    { path: 'n\u0000', asset: 'CNY', side: 'credit', floor: '0' },
    422,
    'ACCOUNT_MALFORMED',
  ],
  ['a floor', 'accounts/a/floors', { asset: 'CNY', floor: `-1${'0'.repeat(40)}` }, 422, 'FLOOR_MALFORMED'],
  ['a floor', 'accounts/nowhere/floors', { asset: 'CNY', floor: '0' }, 404, 'ACCOUNT_UNKNOWN'],
  ['a floor', 'accounts/shut/floors', { asset: 'CNY', floor: null }, 409, 'ACCOUNT_CLOSED'],
  ['a floor', 'accounts/%ff/floors', { asset: 'CNY', floor: null }, 400, 'ADDRESS_MALFORMED'],
  ['a closing', 'accounts/a/closings', { asset: 'CNY' }, 409, 'BALANCE_NOT_ZERO'],
  ['a closing', 'accounts/nowhere/closings', { asset: 'CNY' }, 404, 'ACCOUNT_UNKNOWN'],
  [
    'a hold',
    'holds',
    { from: 'a', asset: 'CNY', amount: '１', expiresAt: '2999-01-01T00:00:00Z' },
    422,
    'AMOUNT_MALFORMED',
  ],
  ['a hold', 'holds', { from: 'a', asset: 'CNY', amount: '1', expiresAt: 'soon' }, 422, 'INSTANT_MALFORMED'],
  ['a period', 'periods', { endsAt: '9999-12-31T23:59:59Z' }, 409, 'PERIOD_ENDS_TOO_LATE'],
  ['a period', 'periods', { endsAt: '2026-01-01' }, 422, 'INSTANT_MALFORMED'],
  ['a reopening', 'periods/1/reopenings', {}, 409, 'REOPENING_NOT_ASKED'],
];
