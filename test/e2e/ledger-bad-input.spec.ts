import { LedgerEdge, transfer } from './ledger-edge';

describe('bad input to the ledger', () => {
  let edge: LedgerEdge;
  let serial = 0;
  const key = () => `bad/${(serial += 1)}`;
  const entry = (body: object | string, idempotencyKey?: string) =>
    edge.post('entries', body, idempotencyKey);
  const state = async (): Promise<unknown> => [
    (await edge.get('trial-balance')).body,
    (await edge.get('verify')).body,
  ];

  beforeAll(async () => {
    edge = await LedgerEdge.start();
    for (const [path, side, floor] of [
      ['till', 'debit', null],
      ['a', 'credit', '0'],
      ['b', 'credit', '0'],
    ]) {
      await edge.post('accounts', { path, asset: 'CNY', side, floor });
    }
    await entry(transfer('till', 'a', '1000'), key());
  });
  afterAll(() => edge.stop());

  const leg = (over: object) => ({
    kind: 'transfer',
    postings: [
      { account: 'a', asset: 'CNY', debit: '1', ...over },
      { account: 'b', asset: 'CNY', credit: '1' },
    ],
  });
  const domainKinds = ['ledger.hold', 'ledger.commit-hold', 'ledger.release-hold', 'ledger.expire-hold'];

  const bad: readonly [string, object | string, number, string, string?][] = [
    ['a body that is not JSON', '{"kind":', 400, 'BODY_NOT_JSON'],
    ['no body', '', 400, 'BODY_NOT_JSON'],
    ['a list for a body', [], 422, 'BODY_NOT_OBJECT', ''],
    ['no kind', { postings: [] }, 422, 'FIELD_MISSING', '/kind'],
    ['a kind that is a number', { kind: 1, postings: [] }, 422, 'FIELD_NOT_TEXT', '/kind'],
    ['a kind in words', { ...transfer('a', 'b', '1'), kind: 'Some Kind' }, 422, 'KIND_UNKNOWN', '/kind'],
    ['an unknown kind', { ...transfer('a', 'b', '1'), kind: 'gift' }, 422, 'KIND_UNKNOWN'],
    ...domainKinds.map((kind): [string, object, number, string] => [
      `the domain kind ${kind}`,
      { ...transfer('a', 'b', '1'), kind },
      403,
      'KIND_NOT_ALLOWED',
    ]),
    ['a domain account', transfer('a', 'held/1', '1'), 404, 'ACCOUNT_UNKNOWN'],
    [
      'a field that does not exist',
      transfer('a', 'b', '1', { 'note/x': 1 }),
      422,
      'FIELD_UNKNOWN',
      '/note~1x',
    ],
    ['an amount as a JSON number', leg({ debit: 1 }), 422, 'AMOUNT_NOT_TEXT', '/postings/0/debit'],
    [
      '1e309 as a JSON number',
      JSON.stringify(leg({ debit: 'X' })).replace('"X"', '1e309'),
      422,
      'AMOUNT_NOT_TEXT',
      '/postings/0/debit',
    ],
    ['1e309 as text', leg({ debit: '1e309' }), 422, 'AMOUNT_MALFORMED', '/postings/0/debit'],
    ['a negative amount', leg({ debit: '-1' }), 422, 'AMOUNT_MALFORMED', '/postings/0/debit'],
    ['an amount with decimals', leg({ debit: '1.00' }), 422, 'AMOUNT_MALFORMED', '/postings/0/debit'],
    ['a leading zero', leg({ debit: '01' }), 422, 'AMOUNT_MALFORMED', '/postings/0/debit'],
    ['full-width digits', leg({ debit: '１' }), 422, 'AMOUNT_MALFORMED', '/postings/0/debit'],
    ['an amount of zero', leg({ debit: '0' }), 422, 'AMOUNT_NOT_POSITIVE', '/postings/0/debit'],
    [
      'an amount beyond the bound',
      leg({ debit: '1000000000000001' }),
      422,
      'AMOUNT_TOO_LARGE',
      '/postings/0/debit',
    ],
    [
      'a megabyte of digits',
      leg({ debit: '9'.repeat(1_000_000) }),
      422,
      'AMOUNT_TOO_LARGE',
      '/postings/0/debit',
    ],
    ['both debit and credit', leg({ credit: '1' }), 422, 'DEBIT_OR_CREDIT', '/postings/0'],
    ['neither debit nor credit', leg({ debit: undefined }), 422, 'DEBIT_OR_CREDIT', '/postings/0'],
    ['null for an amount', leg({ debit: null }), 422, 'AMOUNT_NOT_TEXT', '/postings/0/debit'],
    ['no account', leg({ account: undefined }), 422, 'FIELD_MISSING', '/postings/0/account'],
    ['an account with a space', leg({ account: 'a b' }), 422, 'ACCOUNT_MALFORMED', '/postings/0/account'],
    ['an asset with a nul', leg({ asset: 'CN\u0000' }), 422, 'ASSET_MALFORMED', '/postings/0/asset'],
    [
      'one posting',
      { kind: 'transfer', postings: [{ account: 'a', asset: 'CNY', debit: '1' }] },
      422,
      'POSTINGS_MALFORMED',
      '/postings',
    ],
    ['postings that are no list', { kind: 'transfer', postings: {} }, 422, 'POSTINGS_MALFORMED', '/postings'],
    [
      '2,001 postings',
      { kind: 'transfer', postings: Array(2_001).fill({ account: 'a', asset: 'CNY', debit: '1' }) },
      422,
      'POSTINGS_MALFORMED',
      '/postings',
    ],
    [
      'a posting that is text',
      { kind: 'transfer', postings: ['a', 'b'] },
      422,
      'BODY_NOT_OBJECT',
      '/postings/0',
    ],
    ['the same account twice', transfer('a', 'a', '1'), 422, 'ACCOUNT_REPEATED', '/postings/1/account'],
    ['debits that are not the credits', leg({ debit: '2' }), 422, 'ENTRY_UNBALANCED'],
    ['an account that is not there', transfer('a', 'nowhere', '1'), 404, 'ACCOUNT_UNKNOWN'],
    [
      'an asset that is not there',
      {
        kind: 'transfer',
        postings: [
          { account: 'a', asset: 'USD', debit: '1' },
          { account: 'b', asset: 'USD', credit: '1' },
        ],
      },
      404,
      'ASSET_UNKNOWN',
    ],
    ['more than there is', transfer('b', 'a', '999999'), 409, 'BALANCE_INSUFFICIENT'],
    ['prose for a memo', transfer('a', 'b', '1', { memo: 'Some words' }), 422, 'MEMO_MALFORMED', '/memo'],
    [
      'an empty reference',
      transfer('a', 'b', '1', { reference: '' }),
      422,
      'REFERENCE_MALFORMED',
      '/reference',
    ],
    [
      'a nul in the reference',
      transfer('a', 'b', '1', { reference: 'a\u0000' }),
      422,
      'REFERENCE_MALFORMED',
      '/reference',
    ],
    [
      'half a character in the reference',
      transfer('a', 'b', '1', { reference: '\ud800' }),
      422,
      'REFERENCE_MALFORMED',
      '/reference',
    ],
    [
      'a reference of 201 characters',
      transfer('a', 'b', '1', { reference: 'x'.repeat(201) }),
      422,
      'REFERENCE_MALFORMED',
      '/reference',
    ],
    [
      'an instant without a zone',
      transfer('a', 'b', '1', { effectiveAt: '2026-01-02T08:00:00' }),
      422,
      'INSTANT_MALFORMED',
      '/effectiveAt',
    ],
    [
      'the 30th of February',
      transfer('a', 'b', '1', { effectiveAt: '2026-02-30T08:00:00Z' }),
      422,
      'INSTANT_MALFORMED',
      '/effectiveAt',
    ],
    [
      'the 25th hour',
      transfer('a', 'b', '1', { effectiveAt: '2026-02-03T25:00:00Z' }),
      422,
      'INSTANT_MALFORMED',
      '/effectiveAt',
    ],
  ];
  // Two columns: jest takes a parameter without a column for its old `done` callback and would wait for it.
  it.each(bad.map(([title, ...wanted]) => [title, wanted] as const))(
    '%s is refused by a code of its own and changes nothing',
    async (_title, [body, status, code, pointer]) => {
      const before = await state();
      const answer = await entry(body, key());
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      if (pointer !== undefined) expect(answer.body.pointer).toBe(pointer);
      expect(await state()).toEqual(before);
    },
  );

  it.each<[string, string | undefined, string]>([
    ['no key', undefined, 'KEY_MISSING'],
    ['a key of 201 characters', 'k'.repeat(201), 'KEY_MALFORMED'],
    ['a key with a space', 'a b', 'KEY_MALFORMED'],
    ['a key with a comma, as two headers make one', 'a, b', 'KEY_MALFORMED'],
  ])('%s is refused', async (_title, k, code) => {
    const answer = await entry(transfer('a', 'b', '1'), k);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it.each([
    'entries/0',
    'entries/nothing',
    'entries/99999999999999999999',
    'entries/00000000-0000-4000-8000-000000000000',
  ])('GET %s finds no entry', async (path) => {
    expect((await edge.get(path)).body).toMatchObject({ status: 404, code: 'ENTRY_UNKNOWN' });
  });

  it.each<[string, number, string]>([
    ['statement?account=a', 422, 'FIELD_MISSING'],
    ['statement?account=a&asset=USD', 404, 'ACCOUNT_UNKNOWN'],
    ['statement?account=a&asset=CNY&limit=0', 422, 'FIELD_MALFORMED'],
    ['statement?account=a&asset=CNY&limit=501', 422, 'FIELD_MALFORMED'],
    ['statement?account=a&asset=CNY&cursor=-1', 422, 'FIELD_MALFORMED'],
    ['statement?account=a&account=b&asset=CNY', 422, 'FIELD_NOT_TEXT'],
    ['statement?account=a&asset=CNY&page=2', 422, 'FIELD_UNKNOWN'],
    ['accounts?cursor=x', 422, 'FIELD_MALFORMED'],
  ])('GET %s is refused', async (path, status, code) => {
    const answer = await edge.get(path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});
