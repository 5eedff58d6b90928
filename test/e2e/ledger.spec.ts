import { LedgerEdge, transfer } from './ledger-edge';

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('the ledger over HTTP', () => {
  let edge: LedgerEdge;
  let serial = 0;
  const key = () => `test/${(serial += 1)}`;
  const entry = (body: object | string, idempotencyKey?: string) =>
    edge.post('entries', body, idempotencyKey);
  const open = (path: string, floor: string | null = '0', side = 'credit') =>
    edge.post('accounts', { path, asset: 'CNY', side, floor });

  beforeAll(async () => {
    edge = await LedgerEdge.start();
    await open('till', null, 'debit');
    await open('a');
    await open('b');
    await entry(transfer('till', 'a', '1000', { effectiveAt: '2025-12-31T16:00:00Z' }), key());
  });
  afterAll(() => edge.stop());

  describe('accounts', () => {
    it('open with a side and a floor, and answer the same opening again with the same account', async () => {
      const first = await open('opened/1', '-50', 'debit');
      expect([first.status, first.body]).toEqual([
        201,
        {
          path: 'opened/1',
          asset: 'CNY',
          kind: 'open',
          side: 'debit',
          floor: '-50',
          debits: '0',
          credits: '0',
          balance: '0',
          version: '0',
          openedAt: expect.any(String),
          closedAt: null,
        },
      ]);
      const again = await open('opened/1', '-50', 'debit');
      expect([again.status, again.body]).toEqual([200, first.body]);
    });

    it.each<[string, object, number, string]>([
      [
        'in other terms than before',
        { path: 'a', asset: 'CNY', side: 'debit', floor: '0' },
        409,
        'ACCOUNT_EXISTS',
      ],
      [
        'under a domain kind',
        { path: 'held/1', asset: 'CNY', side: 'credit', floor: '0' },
        403,
        'ACCOUNT_PATH_RESERVED',
      ],
      [
        'of an asset that is not there',
        { path: 'c', asset: 'USD', side: 'credit', floor: '0' },
        404,
        'ASSET_UNKNOWN',
      ],
      [
        'with capitals in the path',
        { path: 'C', asset: 'CNY', side: 'credit', floor: '0' },
        422,
        'ACCOUNT_MALFORMED',
      ],
      [
        'with an empty segment',
        { path: 'c//d', asset: 'CNY', side: 'credit', floor: '0' },
        422,
        'ACCOUNT_MALFORMED',
      ],
      ['on a side that is none', { path: 'c', asset: 'CNY', side: 'left', floor: '0' }, 422, 'SIDE_UNKNOWN'],
      ['without a floor said', { path: 'c', asset: 'CNY', side: 'credit' }, 422, 'FIELD_MISSING'],
      [
        'with a floor above zero',
        { path: 'c', asset: 'CNY', side: 'credit', floor: '5' },
        422,
        'FLOOR_MALFORMED',
      ],
      [
        'with a floor as a number',
        { path: 'c', asset: 'CNY', side: 'credit', floor: 0 },
        422,
        'FLOOR_MALFORMED',
      ],
    ])('do not open %s', async (_title, body, status, code) => {
      const answer = await edge.post('accounts', body);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    });

    it('are shown by their path, and page by page under a prefix', async () => {
      for (const name of ['x', 'y', 'z']) await open(`listed/${name}`);
      await open('listed-not');
      const shown = await edge.get('accounts/listed%2Fx');
      expect(shown.body).toMatchObject({ path: 'listed/x', items: [{ asset: 'CNY', balance: '0' }] });
      const first = await edge.get('accounts?prefix=listed&limit=2');
      const cursor = encodeURIComponent(String(first.body.next));
      const second = await edge.get(`accounts?prefix=listed&limit=2&cursor=${cursor}`);
      const paths = [first, second].map(({ body }) =>
        (body.items as { path: string }[]).map(({ path }) => path),
      );
      expect(paths).toEqual([['listed/x', 'listed/y'], ['listed/z']]);
      expect(second.body.next).toBeNull();
      expect((await edge.get('accounts/listed%2Fw')).body).toMatchObject({
        status: 404,
        code: 'ACCOUNT_UNKNOWN',
      });
    });

    it('close for good when they are empty', async () => {
      await open('closing');
      await entry(transfer('a', 'closing', '1'), key());
      const close = () => edge.post('accounts/closing/closings', { asset: 'CNY' });
      expect((await close()).body).toMatchObject({ status: 409, code: 'BALANCE_NOT_ZERO', balance: '1' });
      await entry(transfer('closing', 'a', '1'), key());
      const closed = await close();
      expect([closed.status, closed.headers.get('idempotency-replayed')]).toEqual([200, null]);
      expect(closed.body.closedAt).toEqual(expect.any(String));
      const again = await close();
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
      expect(again.body).toEqual(closed.body);
      expect((await entry(transfer('a', 'closing', '1'), key())).body).toMatchObject({
        status: 409,
        code: 'ACCOUNT_CLOSED',
        account: 'closing',
      });
    });
  });

  it('changes the floor of an open account, not above its balance', async () => {
    await open('floored', '-50');
    await entry(transfer('floored', 'a', '30'), key());
    const set = (floor: string | null) => edge.post('accounts/floored/floors', { asset: 'CNY', floor });
    expect((await set('0')).body).toMatchObject({ status: 409, code: 'BALANCE_INSUFFICIENT', missing: '30' });
    const changed = await set('-30');
    expect([changed.status, changed.body.floor, changed.body.balance]).toEqual([200, '-30', '-30']);
    expect(changed.headers.get('idempotency-replayed')).toBeNull();
    expect((await set('-30')).headers.get('idempotency-replayed')).toBe('true');
    expect((await entry(transfer('floored', 'a', '1'), key())).body.code).toBe('BALANCE_INSUFFICIENT');
    expect((await set(null)).body.floor).toBeNull();
    expect((await entry(transfer('floored', 'a', '1'), key())).status).toBe(201);
  });

  describe('an entry', () => {
    it('is posted once and answered with its number, times and balances as strings', async () => {
      const { status, body, headers } = await entry(
        transfer('a', 'b', '250', {
          reference: '票据 1',
          memo: 'first-one',
          effectiveAt: '2026-01-02T08:00:00+08:00',
        }),
        'order-1:a/b_c.d',
      );
      expect(status).toBe(201);
      expect(headers.get('idempotency-replayed')).toBeNull();
      expect(body).toEqual({
        id: expect.stringMatching(UUID),
        seq: expect.stringMatching(/^\d+$/),
        recordedAt: expect.stringMatching(ISO),
        effectiveAt: '2026-01-02T00:00:00.000000Z',
        postings: [
          {
            account: 'a',
            asset: 'CNY',
            debit: '250',
            balanceAfter: expect.any(String),
            version: expect.any(String),
          },
          { account: 'b', asset: 'CNY', credit: '250', balanceAfter: '250', version: '1' },
        ],
      });
      const byId = await edge.get(`entries/${String(body.id)}`);
      const bySeq = await edge.get(`entries/${String(body.seq)}`);
      expect(byId.body).toEqual(bySeq.body);
      expect(byId.body).toMatchObject({
        ...body,
        kind: 'transfer',
        reference: '票据 1',
        memo: 'first-one',
        reverses: null,
      });
    });

    it('comes back to the same key with the same body, marked as a replay', async () => {
      const k = key();
      const first = await entry(transfer('till', 'a', '5'), k);
      await entry(transfer('till', 'a', '5'), key());
      const again = await entry(transfer('till', 'a', '5'), k);
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
      expect(again.body).toEqual(first.body);
    });

    it('is refused to the same key with another body, naming the field', async () => {
      const k = key();
      await entry(transfer('till', 'a', '5'), k);
      const other = await entry(transfer('till', 'a', '6'), k);
      expect([other.status, other.body]).toEqual([
        409,
        expect.objectContaining({ code: 'KEY_REUSED', field: 'postings' }),
      ]);
    });

    it('is one, when one key comes twenty times at once', async () => {
      await open('once');
      const k = key();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => entry(transfer('till', 'once', '7'), k)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(19).fill(200), 201]);
      expect(new Set(answers.map(({ body }) => body.seq)).size).toBe(1);
      expect((await edge.get('accounts/once')).body).toMatchObject({ items: [{ balance: '7' }] });
    });

    it('is posted when its conditions are so, and refused by the first that is not', async () => {
      await open('counted');
      await entry(transfer('till', 'counted', '60'), key());
      const when = (...conditions: object[]) =>
        entry(
          transfer('till', 'b', '1', {
            conditions: conditions.map((one) => ({ account: 'counted', asset: 'CNY', ...one })),
          }),
          key(),
        );
      const fine = [{ balance: '60' }, { balanceAtLeast: '60' }, { balanceAtMost: '60' }, { version: '1' }];
      expect((await when(...fine)).status).toBe(201);
      const refused = await when(...fine, { balanceAtLeast: '100' });
      expect(refused.body).toMatchObject({
        ...{ status: 409, code: 'CONDITION_FAILED', condition: '4', pointer: '/conditions/4' },
        ...{ account: 'counted', is: 'balance-at-least', expected: '100', actual: '60' },
      });
      expect((await when({ version: '2' })).body).toMatchObject({
        is: 'version',
        expected: '2',
        actual: '1',
      });
    });

    it('that is refused stays refused under its key', async () => {
      await open('short');
      const k = key();
      const first = await entry(transfer('short', 'b', '9'), k);
      expect([first.status, first.body]).toEqual([
        409,
        expect.objectContaining({
          code: 'BALANCE_INSUFFICIENT',
          account: 'short',
          asset: 'CNY',
          missing: '9',
        }),
      ]);
      await entry(transfer('till', 'short', '9'), key());
      expect((await entry(transfer('short', 'b', '9'), k)).body).toEqual(first.body);
      expect((await entry(transfer('short', 'b', '9'), key())).status).toBe(201);
    });
  });

  describe('the book', () => {
    it('shows a statement newest first, a page at a time', async () => {
      await open('paged');
      for (const amount of ['1', '2', '3'])
        await entry(transfer('till', 'paged', amount, { memo: 'm' }), key());
      const first = await edge.get('accounts/paged/statement?asset=CNY&limit=2');
      const second = await edge.get(
        `accounts/paged/statement?asset=CNY&limit=2&cursor=${encodeURIComponent(String(first.body.next))}`,
      );
      const lines = [...(first.body.items as object[]), ...(second.body.items as object[])];
      expect(lines).toMatchObject([
        { version: '3', credit: '3', balanceAfter: '6', kind: 'transfer', memo: 'm' },
        { version: '2', credit: '2', balanceAfter: '3' },
        { version: '1', credit: '1', balanceAfter: '1' },
      ]);
      expect(second.body.next).toBeNull();
    });

    it('balances by kind and asset, and verifies', async () => {
      const { items } = (await edge.get('trial-balance')).body as {
        items: { debits: string; credits: string }[];
      };
      const sum = (side: 'debits' | 'credits') => items.reduce((total, row) => total + BigInt(row[side]), 0n);
      expect(sum('debits')).toBe(sum('credits'));
      expect(sum('debits')).toBeGreaterThan(1_000n);
      expect((await edge.get('verify', 'auditor')).body).toMatchObject({ ok: true, findings: [] });
    });

    it('is written by the administrator and read by the auditor too, by nobody else', async () => {
      const body = transfer('till', 'a', '1');
      for (const [as, read, written] of [
        ['nobody', 401, 401],
        ['card-operator', 403, 403],
        ['auditor', 200, 403],
        ['administrator', 200, 201],
      ] as const) {
        expect((await edge.get('trial-balance', as)).status).toBe(read);
        const post = await edge.call('POST', 'books/county/entries', { body, key: key(), as });
        expect(post.status).toBe(written);
      }
    });

    it('that does not exist is 404', async () => {
      const answer = await edge.call('GET', 'books/nowhere/trial-balance');
      expect([answer.status, answer.body.code]).toEqual([404, 'BOOK_UNKNOWN']);
    });
  });
});
