import {
  INDICATOR,
  ORDER,
  UNKNOWN,
  YEAR,
  BUYER,
  STRANGER,
  type Case,
  type HostileCounty,
} from './hostile-county';
import { SECRETS, type Answer } from './hostile-edge';

const CERTIFICATE = 'TH-0000-0000-0000-0000-0';
const signIn = (raw: string, type?: string) => (c: HostileCounty) =>
  c.raw('sessions', raw, type === undefined ? {} : { type });
const post =
  (path: string, as: string, body?: unknown) =>
  (c: HostileCounty): Promise<Answer> =>
    c.post(path, as, body);
const get = (path: string, as?: string) => (c: HostileCounty) => c.get(path, as);

/** A body with a field that is wrong. */
const WRONG_FIELDS: readonly (readonly [fact: string, field: string, send: Case[1]])[] = [
  ['a hundred thousand levels', 'user.0', signIn(`{"user":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)],
  ['NUL', 'user', signIn('{"user":"a\\u0000b","password":"x"}')],
  ['half a character', 'user', signIn('{"user":"\\ud800","password":"x"}')],
  ['a list in a list', 'rides.0', post('rides', 'card-operator', { rides: [[]] })],
  [
    'null for a reason',
    'rejection',
    post('measurements/recheck', 'forestry-reviewer', { ...YEAR, rejection: null }),
  ],
  [
    'null for a count',
    'leastGrams',
    post('card-products', 'card-operator', { code: 'x', name: 'x', priceFenPerKg: '1', leastGrams: null }),
  ],
  ['a list for an id', 'indicatorId', post('batches', 'payout-centre', { indicatorId: [UNKNOWN] })],
  [
    'a list for a roster',
    'supplementaryOf',
    post('rosters', 'forestry-handler', { supplementaryOf: [UNKNOWN] }),
  ],
  ['a field there is not', 'pay', post('batches', 'payout-centre', { indicatorId: UNKNOWN, pay: true })],
  [
    'a day by its number in the year',
    'rides.0.at',
    post('rides', 'card-operator', {
      rides: [{ rideNo: 'r', cardNumber: '72560001', at: '2026-001T00:00:00Z', metres: '1' }],
    }),
  ],
  ['digits of another script', 'grams', post('card-quotes', BUYER, { product: 'bus-1', grams: '１０００' })],
  [
    '1e309 grams',
    'grams',
    (c) => c.raw('books/county/card-quotes', '{"product":"bus-1","grams":1e309}', { as: BUYER }),
  ],
];

export const BODIES: readonly Case[] = [
  ...WRONG_FIELDS.map(([fact, field, send]): Case => {
    const error = { field, problem: expect.any(String) };
    return [`a body with ${fact}`, send, 422, 'FIELDS_INVALID', { errors: expect.arrayContaining([error]) }];
  }),
  ['a body that is not JSON', signIn('{"user":'), 400, 'BODY_NOT_JSON'],
  ['no body', signIn(''), 400, 'BODY_NOT_JSON'],
  ['a prototype in a body', signIn('{"__proto__":{"x":1}}'), 400, 'BODY_NOT_JSON'],
  ['a list for a body', signIn('[{"user":"x","password":"y"}]'), 422, 'BODY_NOT_OBJECT'],
  ['null for a body', signIn('null'), 422, 'BODY_NOT_OBJECT'],
  ['a text for a body', signIn('"x"'), 422, 'BODY_NOT_OBJECT'],
  ['a form', signIn('user=x', 'application/x-www-form-urlencoded'), 415, 'MEDIA_TYPE_UNSUPPORTED'],
  ['plain text', signIn('{"user":"x"}', 'text/plain'), 415, 'MEDIA_TYPE_UNSUPPORTED'],
  ['CSV where JSON belongs', signIn('x', 'text/csv'), 415, 'MEDIA_TYPE_UNSUPPORTED'],
  ['five megabytes of JSON', signIn(`{"user":"${'x'.repeat(5_000_000)}"}`), 413, 'BODY_TOO_LARGE'],
  [
    'a day of the year 0',
    post('indicators', 'indicator-keeper', { ...INDICATOR, arrivedOn: '0000-01-01' }),
    422,
    'INDICATOR_FIELD_WRONG',
    { field: 'arrivedOn' },
  ],
  [
    '30 February',
    post('indicators', 'indicator-keeper', { ...INDICATOR, arrivedOn: '2025-02-30' }),
    422,
    'INDICATOR_FIELD_WRONG',
    { field: 'arrivedOn' },
  ],
  [
    'SQL for a product',
    post('card-quotes', BUYER, { product: "'; DROP TABLE cards.product; --", grams: '1000' }),
    404,
    'PRODUCT_UNKNOWN',
  ],
  [
    'a phone in a reason',
    (c) => c.post(`rosters/${c.rosterId}/rejection`, 'forestry-handler', { reason: '打 13812345678' }),
    422,
    'TEXT_HOLDS_NUMBER',
  ],
];

export const ADDRESSES: readonly Case[] = [
  ['a reader nobody knows', get('books/county/rosters'), 401, 'SIGN_IN_REQUIRED'],
  ['a made-up token', get('me', 'A'.repeat(43)), 401, 'SIGN_IN_REQUIRED'],
  ['a stream without a token', get(`books/county/batches/${UNKNOWN}/events`), 401, 'SIGN_IN_REQUIRED'],
  ['an address that is no UTF-8', get('books/%E0%A4%A/rosters'), 400, 'ADDRESS_MALFORMED'],
  ['a number of 300 characters', get(`public/certificates/${'x'.repeat(300)}`), 414, 'ADDRESS_TOO_LONG'],
  ['a book that is a path', get('public/books/..%2f..%2fetc/card-products'), 404, 'BOOK_UNKNOWN'],
  ['a book with NUL', get('public/books/a%00b/card-products'), 404, 'BOOK_UNKNOWN'],
  ['a search for NUL', get('books/county/parties?q=%00', 'town-finance'), 422, 'FIELDS_INVALID'],
  ['a year no calendar has', get('books/county/rosters?year=99999999999', 'auditor'), 422, 'FIELDS_INVALID'],
  [
    'a method there is not',
    (c) => c.edge.send('DELETE', `books/county/rosters/${c.rosterId}`, { as: 'administrator' }),
    404,
    'ROUTE_UNKNOWN',
  ],
  ['a file of the server', get('/..%2f..%2fpackage.json'), 404, 'ROUTE_UNKNOWN'],
  ['a post of another book', get('books/other/rosters', 'auditor'), 403, 'POST_REQUIRED'],
  [
    'another book’s roster',
    (c) => c.get(`public/books/other/rosters/${c.rosterId}/notice`),
    404,
    'ROSTER_UNKNOWN',
  ],
  [
    'another township’s roster',
    (c) => c.get(`books/county/rosters/${c.rosterId}`, 'town-finance@610924101'),
    404,
    'ROSTER_UNKNOWN',
  ],
  [
    'a step in another township',
    (c) => c.post(`rosters/${c.rosterId}/steps/finance-review`, 'finance-review@610924101'),
    403,
    'POST_REQUIRED',
  ],
  [
    'a certificate that does not exist',
    get(`public/certificates/${CERTIFICATE}`),
    404,
    'CERTIFICATE_UNKNOWN',
  ],
];

export const MONEY: readonly Case[] = [
  [
    'a roster above its indicator',
    (c) => c.post(`rosters/${c.rosterId}/steps/finance-review`, 'finance-review'),
    409,
    'INDICATOR_INSUFFICIENT',
  ],
  [
    'an objection after the notice',
    (c) => c.post(`rosters/${c.rosterId}/objections`, BUYER, { lineNo: 1, reason: '晚了' }),
    409,
    'ROSTER_STATE_WRONG',
  ],
  [
    'a payout of what is not locked',
    (c) => c.post('batches', 'payout-centre', { indicatorId: c.indicatorId }),
    409,
    'NOTHING_TO_PAY',
  ],
  [
    'an order for more than is consented',
    post('card-orders', BUYER, { ...ORDER, grams: '900000000' }),
    409,
    'CONSENTED_GRAMS_INSUFFICIENT',
    { asked: '900000000' },
  ],
  ['another’s card number', post('card-orders', STRANGER, ORDER), 409, 'CARD_NUMBER_TAKEN'],
  ['a refund of another’s order', (c) => c.refund(STRANGER), 404, 'ORDER_UNKNOWN'],
  [
    'a consent for another’s party',
    post('my/consents', STRANGER, { partyId: UNKNOWN, sharePercent: '60', until: '2027-01-01' }),
    404,
    'PARTY_UNKNOWN',
  ],
  ['no key', (c) => c.entry('1'), 400, 'KEY_MISSING'],
  ['a key with spaces', (c) => c.entry('1', 'a b'), 400, 'KEY_MALFORMED'],
  ['a key of 201 characters', (c) => c.entry('1', 'k'.repeat(201)), 400, 'KEY_MALFORMED'],
  ['a key reused with another body', (c) => c.entry('501', 'first'), 409, 'KEY_REUSED'],
  ['an amount as a JSON number', (c) => c.entry(1, 'number'), 422, 'AMOUNT_NOT_TEXT'],
  [
    'an ID number in an entry',
    (c) => c.entry('1', 'id', { reference: `付 ${SECRETS[0]!}` }),
    422,
    'REFERENCE_MALFORMED',
  ],
  [
    'an entry of another’s kind',
    (c) => c.entry('1', 'kind', { kind: 'funds.allot' }),
    403,
    'KIND_NOT_ALLOWED',
  ],
  [
    'a notice without the bank’s key',
    (c) => c.notice({}, { signature: '0'.repeat(64) }),
    401,
    'NOTICE_SIGNATURE_WRONG',
  ],
  ['a notice of another amount', (c) => c.notice({ amountFen: '201' }), 409, 'NOTICE_AMOUNT_WRONG'],
  ['a notice to another book', (c) => c.notice({}, { book: 'other' }), 404, 'ORDER_UNKNOWN'],
  [
    'a notice of no moment',
    (c) => c.notice({ paidAt: '2025-02-30' }),
    422,
    'NOTICE_MALFORMED',
    { field: 'paidAt' },
  ],
  ['a signed list', (c) => c.edge.notice('[]'), 422, 'NOTICE_MALFORMED', { field: 'body' }],
];
