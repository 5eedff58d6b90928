import { LedgerEdge, transfer } from './ledger-edge';

type Body = Record<string, unknown>;

const FROM = '2026-03-01T00:00:00Z';
const LATER = '2026-03-10T00:00:00Z';
const BETWEEN = '2026-03-05T00:00:00Z';

/** Till 1 gets 100 on the 1st and pays 30 on the 10th; recorded last, 20 come in on the 5th. */
describe('reading the book over HTTP', () => {
  let edge: LedgerEdge;
  let serial = 0;
  const posted: Body[] = [];
  const key = () => `read/${(serial += 1)}`;
  const till = 'accounts/till%2F1';
  const get = async (path: string): Promise<Body> => (await edge.get(path)).body;
  const items = async (path: string): Promise<Body[]> => (await get(path)).items as Body[];
  const post = async (body: object): Promise<void> => {
    posted.push((await edge.post('entries', body, key())).body);
  };
  const recorded = (index: number): string => String(posted[index]?.recordedAt);

  beforeAll(async () => {
    edge = await LedgerEdge.start();
    await edge.admin.query(
      `SELECT ledger.open_asset((SELECT id FROM platform.book WHERE code = 'county'), 'WATER', 'm3', 3)`,
    );
    for (const [path, asset, side] of [
      ['till/1', 'CNY', 'debit'],
      ['till/2', 'CNY', 'debit'],
      ['till/1', 'WATER', 'debit'],
      ['sales', 'CNY', 'credit'],
      ['sales', 'WATER', 'credit'],
      ['tilly', 'CNY', 'credit'],
    ]) {
      await edge.post('accounts', { path, asset, side, floor: null });
    }
    await post(
      transfer('till/1', 'sales', '100', { effectiveAt: FROM, reference: 'invoice 1', memo: 'sale' }),
    );
    await post(transfer('tilly', 'till/1', '30', { effectiveAt: LATER, reference: 'invoice 2' }));
    await post(transfer('till/2', 'sales', '7', { effectiveAt: LATER, memo: 'sale' }));
    const water = { asset: 'WATER' };
    await post({
      kind: 'transfer',
      effectiveAt: LATER,
      postings: [
        { account: 'till/1', ...water, debit: '5000' },
        { account: 'sales', ...water, credit: '5000' },
      ],
    });
    await post(transfer('till/1', 'sales', '20', { effectiveAt: BETWEEN, reference: 'invoice 1' }));
  });
  afterAll(() => edge.stop());

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

  describe('entries', () => {
    const found = async (query: string): Promise<number[]> => {
      const ids = posted.map(({ id }) => id);
      return (await items(`entries?${query}`)).map(({ id }) => ids.indexOf(id));
    };

    it.each<[string, number[]]>([
      ['', [4, 3, 2, 1, 0]],
      ['order=oldest', [0, 1, 2, 3, 4]],
      ['kind=transfer&order=oldest', [0, 1, 2, 3, 4]],
      ['kind=gift', []],
      ['account=till%2F1', [4, 3, 1, 0]],
      ['account=till', []],
      ['prefix=till', [4, 3, 2, 1, 0]],
      ['prefix=tilly', [1]],
      ['asset=WATER', [3]],
      ['account=till%2F1&asset=CNY', [4, 1, 0]],
      ['reference=invoice%201', [4, 0]],
      ['memo=sale', [2, 0]],
      ['memo=sale&account=till%2F1', [0]],
      ['amountMin=30', [3, 1, 0]],
      ['amountMin=20&amountMax=30', [4, 1]],
      [`effectiveAfter=${FROM}&effectiveUpTo=${BETWEEN}`, [4]],
      [`reference=invoice%201&effectiveUpTo=${FROM}`, [0]],
      ['actor=nobody', []],
      ['reverses=00000000-0000-4000-8000-000000000000', []],
      ['hold=00000000-0000-4000-8000-000000000000', []],
    ])('that fit "%s" are found', async (query, wanted) => {
      expect(await found(query)).toEqual(wanted);
    });

    it('are found by who posted and between two moments of recording', async () => {
      const actor = String((await get(`entries/${String(posted[0]?.id)}`)).actor);
      expect(await found(`actor=${actor}`)).toHaveLength(5);
      expect(await found(`recordedAfter=${recorded(0)}&recordedUpTo=${recorded(2)}`)).toEqual([2, 1]);
    });

    it.each(['newest', 'oldest'])(
      'come %s first a page at a time, whatever is posted meanwhile',
      async (order) => {
        const query = `entries?memo=sale&limit=1&order=${order}`;
        const first = await get(query);
        await edge.post('entries', transfer('till/2', 'tilly', '1'), key());
        const rest: Body[] = [];
        for (let { next } = first; next !== null;) {
          const page = await get(`${query}&cursor=${String(next)}`);
          rest.push(...(page.items as Body[]));
          next = page.next;
        }
        const ids = [...(first.items as Body[]), ...rest].map(({ id }) => id);
        const wanted = [posted[0]?.id, posted[2]?.id];
        expect(ids).toEqual(order === 'oldest' ? wanted : wanted.reverse());
      },
    );

    it.each([
      ['kind=Some+Kind', 'KIND_MALFORMED', 'kind'],
      ['account=A', 'ACCOUNT_MALFORMED', 'account'],
      ['amountMin=0', 'AMOUNT_MALFORMED', 'amountMin'],
      ['amountMin=1e3', 'AMOUNT_MALFORMED', 'amountMin'],
      ['amountMax=9223372036854775808', 'AMOUNT_MALFORMED', 'amountMax'],
      ['reference=a%00', 'REFERENCE_MALFORMED', 'reference'],
      ['effectiveAfter=2026-13-01T00:00:00Z', 'INSTANT_MALFORMED', 'effectiveAfter'],
      ['hold=1', 'FIELD_MALFORMED', 'hold'],
      ['cursor=0', 'FIELD_MALFORMED', 'cursor'],
      ['memo=sale&memo=sale', 'FIELD_NOT_TEXT', 'memo'],
      ['page=2', 'FIELD_UNKNOWN', 'page'],
    ])('are not looked for with %s', async (query, code, pointer) => {
      expect((await edge.get(`entries?${query}`)).body).toMatchObject({ status: 422, code, pointer });
    });
  });

  it('is described for everybody at openapi.json', async () => {
    const { status, body, headers } = await edge.call('GET', 'openapi.json', { as: 'nobody' });
    expect([status, body.openapi]).toEqual([200, '3.1.1']);
    expect(headers.get('content-type')).toContain('application/json');
    expect(Object.keys(body.paths as object)).toContain('/books/{book}/entries');
  });
});
