import type { LedgerEdge } from './ledger-edge';
import { BETWEEN, FROM, LATER, ReadBook, type Body } from './ledger-read-book';

describe('reading the book over HTTP', () => {
  let book: ReadBook;
  let edge: LedgerEdge;
  const till = 'accounts/till%2F1';
  const get = (path: string) => book.get(path);
  const items = (path: string) => book.items(path);
  const recorded = (index: number) => book.recorded(index);

  beforeAll(async () => {
    book = await ReadBook.open();
    edge = book.edge;
  });
  afterAll(() => book.close());

  describe('a balance', () => {
    it('is of one asset, or a list of all', async () => {
      expect(await get(`${till}/balance?asset=CNY`)).toEqual({
        ...{ account: 'till/1', asset: 'CNY', side: 'debit', balance: '90', version: '3' },
      });
      expect(await get(`${till}/balance`)).toEqual({
        account: 'till/1',
        items: [
          { asset: 'CNY', side: 'debit', balance: '90', version: '3' },
          { asset: 'WATER', side: 'debit', balance: '5000', version: '1' },
        ],
      });
    });

    it('is at any pair of moments, each inclusive, to the microsecond', async () => {
      const at = async (times: string): Promise<unknown> =>
        (await get(`${till}/balance?asset=CNY${times}`)).balance;
      const before = recorded(3);
      expect([
        await at(`&effectiveAt=${BETWEEN}`),
        await at(`&effectiveAt=2026-03-04T23:59:59.999999Z`),
        await at(`&effectiveAt=${encodeURIComponent('2026-03-05T08:00:00+08:00')}`),
        await at(`&recordedAt=${before}`),
        await at(`&recordedAt=${recorded(4)}`),
        await at(`&effectiveAt=${LATER}&recordedAt=${before}`),
        await at(`&effectiveAt=${BETWEEN}&recordedAt=${before}`),
        await at('&effectiveAt=2020-01-01T00:00:00Z'),
      ]).toEqual(['120', '100', '120', '70', '90', '70', '100', '0']);
    });

    it.each(['nowhere', 'till', 'Till', 'till%2F1%2F', '%2F'])('is not of %s', async (path) => {
      const { status, body } = await edge.get(`accounts/${path}/balance`);
      expect([status, body.code]).toEqual([404, 'ACCOUNT_UNKNOWN']);
    });

    it('is of a path of 200 characters too', async () => {
      const path = `a/${'b'.repeat(198)}`;
      await edge.post('accounts', { path, asset: 'CNY', side: 'credit', floor: null });
      expect(await get(`accounts/${encodeURIComponent(path)}/balance?asset=CNY`)).toMatchObject({
        balance: '0',
      });
      const longer = await edge.get(`accounts/${encodeURIComponent(`${path}b`)}/balance`);
      expect([longer.status, longer.body.code]).toEqual([414, 'ADDRESS_TOO_LONG']);
    });
  });

  describe('a statement', () => {
    const lines = async (query: string): Promise<unknown[]> =>
      (await items(`${till}/statement?asset=CNY${query}`)).map(({ debit, credit, balanceAfter }) => [
        debit ?? `-${String(credit)}`,
        balanceAfter,
      ]);

    it('is newest first as it was recorded, or in the order it counts', async () => {
      const asRecorded = [
        ['20', '90'],
        ['-30', '70'],
        ['100', '100'],
      ];
      expect(await lines('')).toEqual(asRecorded);
      expect(await lines('&by=recorded')).toEqual(asRecorded);
      expect(await lines('&order=oldest')).toEqual([...asRecorded].reverse());
      expect(await lines('&by=effective&order=oldest')).toEqual([
        ['100', '100'],
        ['20', '120'],
        ['-30', '90'],
      ]);
    });

    it('is of what lies after one moment and up to another, between its balances', async () => {
      const asked = `${till}/statement?asset=CNY&by=effective&after=${FROM}&upTo=${BETWEEN}`;
      expect(await get(asked)).toMatchObject({
        opening: '100',
        closing: '120',
        items: [{ debit: '20' }],
        next: null,
      });
      expect(await get(`${asked}&recordedAt=${recorded(3)}`)).toMatchObject({
        opening: '100',
        closing: '100',
        items: [],
      });
    });

    it.each(['', '&by=recorded', '&by=effective', '&by=effective&order=oldest'])(
      'page by page is what it is whole%s',
      async (query) => {
        const whole = await lines(query);
        const paged: unknown[] = [];
        for (let cursor = ''; ;) {
          const page = await get(`${till}/statement?asset=CNY&limit=1${query}${cursor}`);
          paged.push(
            ...(page.items as Body[]).map(({ debit, credit, balanceAfter }) => [
              debit ?? `-${String(credit)}`,
              balanceAfter,
            ]),
          );
          if (page.next === null) break;
          cursor = `&cursor=${encodeURIComponent(String(page.next))}`;
        }
        expect(paged).toEqual(whole);
      },
    );

    it.each([
      ['asset=USD', 404, 'ACCOUNT_UNKNOWN'],
      ['asset=USD&by=effective', 404, 'ACCOUNT_UNKNOWN'],
      ['', 422, 'FIELD_MISSING'],
      ['asset=CNY&cursor=n3.2&by=effective', 422, 'FIELD_MALFORMED'],
      ['asset=CNY&cursor=n3.1.2&by=recorded', 422, 'FIELD_MALFORMED'],
      ['asset=CNY&cursor=3&by=effective', 422, 'FIELD_MALFORMED'],
      ['asset=CNY&cursor=n99999999999999999999.2', 422, 'FIELD_MALFORMED'],
      ['asset=CNY&by=size', 422, 'FIELD_MALFORMED'],
      ['asset=CNY&upTo=tomorrow', 422, 'INSTANT_MALFORMED'],
    ])('is refused for %s', async (query, status, code) => {
      const { status: there, body } = await edge.get(`${till}/statement?${query}`);
      expect([there, body.code]).toEqual([status, code]);
    });
  });

  it('turns over what lies at and under a path in a stretch of time', async () => {
    expect(await items('accounts/till/turnover?asset=CNY')).toEqual([
      { asset: 'CNY', debits: '127', credits: '30' },
    ]);
    expect(await items(`accounts/till%2F1/turnover?after=${FROM}&upTo=${BETWEEN}`)).toEqual([
      { asset: 'CNY', debits: '20', credits: '0' },
      { asset: 'WATER', debits: '0', credits: '0' },
    ]);
    expect(await items('accounts/nowhere/turnover')).toEqual([]);
  });

  describe('the book', () => {
    it('balances at any moment, by kind and by the first segments', async () => {
      const now = await items('trial-balance');
      expect(now).toMatchObject([
        { kind: 'open', asset: 'CNY', debits: '157', credits: '157', path: null },
        { kind: 'open', asset: 'WATER', debits: '5000', credits: '5000' },
      ]);
      const then = await items(`trial-balance?depth=1&effectiveAt=${BETWEEN}`);
      expect(
        then.filter(
          ({ asset, debits, credits }) => asset === 'CNY' && `${String(debits)}${String(credits)}` !== '00',
        ),
      ).toMatchObject([
        { path: 'sales', debits: '0', credits: '120' },
        { path: 'till', debits: '120', credits: '0' },
      ]);
      expect((await items(`trial-balance?recordedAt=${recorded(0)}`))[0]).toMatchObject({
        debits: '100',
        credits: '100',
      });
    });

    it('is a tree whose nodes roll up what lies under them, and not their neighbours', async () => {
      const top = await items('account-tree?asset=CNY');
      expect(top.map(({ path, balance, accounts, own }) => [path, balance, accounts, own])).toEqual([
        ['a', '0', '1', null],
        ['sales', '127', '1', '127'],
        ['till', '97', '2', null],
        ['tilly', '-30', '1', '-30'],
      ]);
      const below = await items('account-tree?prefix=till&depth=2&asset=CNY');
      expect(below.map(({ path, balance, depth }) => [path, balance, depth])).toEqual([
        ['till', '97', 1],
        ['till/1', '90', 2],
        ['till/2', '7', 2],
      ]);
      const first = await get('account-tree?limit=1');
      const second = await get(`account-tree?limit=1&cursor=${encodeURIComponent(String(first.next))}`);
      expect([first.items, second.items]).toMatchObject([[{ path: 'a' }], [{ path: 'sales', asset: 'CNY' }]]);
      const then = await items(`account-tree?asset=CNY&effectiveAt=${BETWEEN}&prefix=till&depth=1`);
      expect(then).toMatchObject([{ path: 'till', balance: '120' }]);
    });
  });

  it('is described for everybody at openapi.json', async () => {
    const { status, body, headers } = await edge.call('GET', 'openapi.json', { as: 'nobody' });
    expect([status, body.openapi]).toEqual([200, '3.1.1']);
    expect(headers.get('content-type')).toContain('application/json');
    expect(Object.keys(body.paths as object)).toContain('/books/{book}/entries');
  });
});
