import { LedgerEdge, transfer, type Answer } from './ledger-edge';

const NOBODY = '00000000-0000-4000-8000-000000000000';

describe('what was posted is put right', () => {
  let edge: LedgerEdge;
  let serial = 0;
  const key = () => `right/${(serial += 1)}`;
  const entry = (body: object, k = key()) => edge.post('entries', body, k);
  const open = (path: string, floor: string | null = '0', side = 'credit') =>
    edge.post('accounts', { path, asset: 'CNY', side, floor });
  const balance = async (path: string): Promise<unknown> =>
    (await edge.get(`accounts/${path}/balance?asset=CNY`)).body.balance;
  const refusedWith = ({ status, body }: Answer): unknown[] => [status, body.code];

  beforeAll(async () => {
    edge = await LedgerEdge.start();
    await open('till', null, 'debit');
  });
  afterAll(() => edge.stop());

  describe('by a reversal', () => {
    const reverse = (of: Answer, body?: object, k = key()) =>
      edge.post(`entries/${String(of.body.id)}/reversals`, body, k);
    const back = (account: string, amount: string) => ({
      postings: [
        { account: 'till', asset: 'CNY', credit: amount },
        { account, asset: 'CNY', debit: amount },
      ],
    });

    it('in parts up to the whole, each under a key of its own', async () => {
      await open('back/1');
      const posted = await entry(transfer('till', 'back/1', '100'));
      const k = key();
      const part = await reverse(posted, { ...back('back/1', '30'), memo: 'too-much' }, k);
      expect([part.status, part.body.postings]).toMatchObject([
        201,
        [
          { account: 'till', credit: '30' },
          { account: 'back/1', debit: '30', balanceAfter: '70' },
        ],
      ]);
      const again = await reverse(posted, { ...back('back/1', '30'), memo: 'too-much' }, k);
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
      expect((await reverse(posted, back('back/1', '71'))).body).toMatchObject({
        ...{ status: 409, code: 'REVERSAL_EXCEEDS', reverses: posted.body.id },
      });
      const rest = await reverse(posted);
      expect(rest.body.postings).toMatchObject([{ credit: '70' }, { debit: '70', balanceAfter: '0' }]);
      expect(refusedWith(await reverse(posted))).toEqual([409, 'REVERSAL_EXCEEDS']);
      expect((await edge.get(`entries/${String(rest.body.id)}`)).body).toMatchObject({
        ...{ kind: 'reversal', reverses: posted.body.id },
      });
      const all = await edge.get(`entries?reverses=${String(posted.body.id)}&order=oldest`);
      expect((all.body.items as { id: string }[]).map(({ id }) => id)).toEqual([part.body.id, rest.body.id]);
    });

    it('by its number as by its id, which is the same request', async () => {
      await open('back/3');
      const posted = await entry(transfer('till', 'back/3', '100'));
      const byName = (name: unknown, body: object, k = key()) =>
        edge.post(`entries/${String(name)}/reversals`, body, k);
      const k = key();
      const part = await byName(posted.body.seq, back('back/3', '30'), k);
      expect([part.status, part.body.postings]).toMatchObject([
        201,
        [
          { account: 'till', credit: '30' },
          { debit: '30', balanceAfter: '70' },
        ],
      ]);
      const again = await byName(posted.body.id, back('back/3', '30'), k);
      expect([again.status, again.text]).toEqual([200, part.text]);
      expect((await byName(posted.body.seq, back('back/3', '71'))).body).toMatchObject({
        ...{ status: 409, code: 'REVERSAL_EXCEEDS', reverses: posted.body.id },
      });
      const made = await edge.get(`entries/${String(part.body.seq)}`);
      expect(made.body).toMatchObject({ kind: 'reversal', reverses: posted.body.id });
    });

    it('of nothing that cannot be taken back', async () => {
      await open('back/2');
      const posted = await entry(transfer('till', 'back/2', '100'));
      const reversal = await reverse(posted, back('back/2', '1'));
      const held = await edge.post(
        'holds',
        { from: 'back/2', asset: 'CNY', amount: '9', expiresAt: '2999-01-01T00:00:00Z' },
        key(),
      );
      const unknown = (id: string) => edge.post(`entries/${id}/reversals`, {}, key());
      expect(refusedWith(await reverse(reversal))).toEqual([409, 'REVERSAL_OF_REVERSAL']);
      expect(refusedWith(await reverse(held))).toEqual([403, 'KIND_NOT_ALLOWED']);
      expect(refusedWith(await unknown(NOBODY))).toEqual([404, 'REVERSAL_UNKNOWN']);
      for (const name of ['999999999', '0', '007', '1e3', 'not-an-id', '1'.repeat(30)]) {
        expect(refusedWith(await unknown(name))).toEqual([404, 'REVERSAL_UNKNOWN']);
      }
      const sideways = {
        postings: [...back('back/2', '1').postings].map(({ account, asset, ...leg }) => ({
          account,
          asset,
          ...('debit' in leg ? { credit: leg.debit } : { debit: leg.credit }),
        })),
      };
      expect(refusedWith(await reverse(posted, sideways))).toEqual([409, 'REVERSAL_EXCEEDS']);
    });
  });

  describe('by an entry that counts at another time', () => {
    it('as far back as the account can bear it', async () => {
      await open('late');
      const at = (effectiveAt: string) => ({ effectiveAt });
      await entry(transfer('till', 'late', '100', at('2026-03-01T00:00:00Z')));
      await entry(transfer('late', 'till', '80', at('2026-03-10T00:00:00Z')));
      await entry(transfer('till', 'late', '50', at('2026-03-20T00:00:00Z')));
      const refused = await entry(transfer('late', 'till', '21', at('2026-03-05T00:00:00Z')));
      expect(refused.body).toMatchObject({
        ...{ status: 409, code: 'BACKDATED_BALANCE_INSUFFICIENT', account: 'late', missing: '1' },
        ...{ at: '2026-03-10T00:00:00.000000Z', pointer: '/postings/0/account' },
      });
      expect((await entry(transfer('late', 'till', '20', at('2026-03-05T00:00:00Z')))).status).toBe(201);
      const times = ['04', '05', '10', '20'].map((day) => `2026-03-${day}T00:00:00Z`);
      const balances = times.map(async (effectiveAt) => {
        const { body } = await edge.get(`accounts/late/balance?asset=CNY&effectiveAt=${effectiveAt}`);
        return body.balance;
      });
      expect(await Promise.all(balances)).toEqual(['100', '80', '0', '50']);
    });

    it('not in the future, and not in the year 9999', async () => {
      for (const effectiveAt of ['9999-12-31T23:59:59Z', new Date(Date.now() + 3_600_000).toISOString()]) {
        expect((await entry(transfer('till', 'late', '1', { effectiveAt }))).body).toMatchObject({
          ...{
            status: 409,
            code: 'EFFECTIVE_IN_FUTURE',
            pointer: '/effectiveAt',
            latest: expect.any(String),
          },
        });
      }
    });
  });

  describe('until the period is closed', () => {
    const ask = (no: unknown, as: string) =>
      edge.call('POST', `books/county/periods/${String(no)}/reopening-requests`, { as });
    const reopen = (no: unknown, as: string) =>
      edge.call('POST', `books/county/periods/${String(no)}/reopenings`, { as });
    const close = (endsAt: string) => edge.post('periods', { endsAt });
    const inJune = () => entry(transfer('till', 'kept', '1', { effectiveAt: '2026-06-15T00:00:00Z' }));
    let other: string;

    beforeAll(async () => {
      await open('kept', null);
      other = await edge.anotherAdministrator();
    });

    it('which refuses what would count in it, and is closed once', async () => {
      expect((await inJune()).status).toBe(201);
      const closed = await close('2026-06-30T16:00:00+08:00');
      expect([closed.status, closed.body]).toMatchObject([
        201,
        { no: '1', state: 'closed', endsAt: '2026-06-30T08:00:00.000000Z', askedBy: null },
      ]);
      const again = await close('2026-06-30T08:00:00Z');
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
      expect(again.body).toEqual(closed.body);
      expect((await inJune()).body).toMatchObject({
        ...{ status: 409, code: 'PERIOD_CLOSED', pointer: '/effectiveAt' },
        closedUntil: '2026-06-30T08:00:00.000000Z',
      });
      const { body } = await edge.get('trial-balance?effectiveAt=2026-06-30T08:00:00Z');
      expect((body.items as object[]).length).toBeGreaterThan(0);
      expect(refusedWith(await close('2026-05-31T08:00:00Z'))).toEqual([409, 'PERIOD_ENDS_TOO_EARLY']);
      expect(refusedWith(await close('2999-01-01T00:00:00Z'))).toEqual([409, 'PERIOD_ENDS_TOO_LATE']);
      expect(refusedWith(await close('2026-06-31T08:00:00Z'))).toEqual([422, 'INSTANT_MALFORMED']);
    });

    it('which only two people reopen, and only the last', async () => {
      const last = await close('2026-07-31T08:00:00Z');
      expect(last.body.no).toBe('2');
      expect(refusedWith(await ask('1', 'administrator'))).toEqual([409, 'PERIOD_NOT_LAST']);
      expect(refusedWith(await reopen('2', other))).toEqual([409, 'REOPENING_NOT_ASKED']);
      const asked = await ask('2', 'administrator');
      expect([asked.status, asked.body.state]).toEqual([201, 'reopening-asked']);
      const again = await ask('2', 'administrator');
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
      expect(refusedWith(await reopen('2', 'administrator'))).toEqual([403, 'SAME_PERSON']);
      const before = await edge.fingerprint();
      for (const no of ['3', '0', 'x'])
        expect(refusedWith(await reopen(no, other))).toEqual([404, 'PERIOD_UNKNOWN']);
      expect(await edge.fingerprint()).toBe(before);
      const reopened = await reopen('2', other);
      expect([reopened.status, reopened.body.state]).toEqual([201, 'reopened']);
      expect(refusedWith(await ask('2', 'administrator'))).toEqual([409, 'PERIOD_REOPENED']);
      expect((await inJune()).status).toBe(409);
      expect(
        (await entry(transfer('till', 'kept', '1', { effectiveAt: '2026-07-15T00:00:00Z' }))).status,
      ).toBe(201);
      const { items } = (await edge.get('periods', 'auditor')).body;
      expect(items).toMatchObject([
        { no: '2', state: 'reopened' },
        { no: '1', state: 'closed' },
      ]);
      expect(await balance('kept')).toBe('2');
    });
  });
});
