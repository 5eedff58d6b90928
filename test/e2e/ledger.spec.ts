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
