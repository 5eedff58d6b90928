import { LedgerEdge, transfer, type Answer } from './ledger-edge';

describe('a hold over HTTP', () => {
  let edge: LedgerEdge;
  let serial = 0;
  const key = () => `hold/${(serial += 1)}`;

  beforeAll(async () => {
    edge = await LedgerEdge.start();
    for (const [path, side, floor] of [
      ['till', 'debit', null],
      ['a', 'credit', '0'],
      ['b', 'credit', '0'],
    ]) {
      await edge.post('accounts', { path, asset: 'CNY', side, floor });
    }
    await edge.post('entries', transfer('till', 'a', '1000'), key());
  });
  afterAll(() => edge.stop());

  const later = () => new Date(Date.now() + 3_600_000).toISOString();
  const place = (body: object = {}, k = key()): Promise<Answer> =>
    edge.post('holds', { from: 'a', asset: 'CNY', amount: '40', expiresAt: later(), ...body }, k);

  const at = (placed: Answer): string => `holds/${String(placed.body.id)}`;
  const step = (placed: Answer, way: 'commits' | 'releases', body: object, k = key()) =>
    edge.post(`${at(placed)}/${way}`, body, k);

  it('is paid out and given back in parts until nothing is left of it', async () => {
    const placed = await place();
    expect(placed.status).toBe(201);
    expect((await edge.get(at(placed))).body).toMatchObject({ state: 'held', account: 'a', left: '40' });
    const k = key();
    expect((await step(placed, 'commits', { to: 'b', amount: '10' }, k)).status).toBe(201);
    const again = await step(placed, 'commits', { to: 'b', amount: '10' }, k);
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    expect((await step(placed, 'releases', { amount: '5' })).status).toBe(201);
    expect((await step(placed, 'commits', { to: 'b', amount: '26' })).body).toMatchObject({
      ...{ status: 409, code: 'HOLD_AMOUNT_EXCEEDED', left: '25' },
    });
    expect((await edge.get(at(placed))).body).toMatchObject({
      ...{ state: 'held', amount: '40', left: '25', committed: '10', released: '5', endedSeq: null },
    });
    const last = await step(placed, 'commits', { to: 'b' });
    expect(last.body.postings).toMatchObject([{ debit: '25' }, { account: 'b', credit: '25' }]);
    expect((await step(placed, 'releases', {})).body).toMatchObject({
      ...{ status: 409, code: 'HOLD_ENDED', state: 'committed' },
    });
    expect((await edge.get(at(placed))).body).toMatchObject({
      ...{ state: 'committed', left: '0', endedSeq: last.body.seq },
    });
    expect((await edge.get(`entries/${String(last.body.id)}`)).body).toMatchObject({
      ...{ kind: 'ledger.commit-hold', hold: { id: placed.body.id, as: 'commit' } },
    });
  });

  it('is listed by its state, a page at a time, oldest first', async () => {
    const placed = [await place(), await place(), await place()].map(({ body }) => body.id);
    await edge.post(`holds/${String(placed[1])}/releases`, {}, key());
    const held: unknown[] = [];
    for (let next: unknown = ''; next !== null;) {
      const cursor = next === '' ? '' : `&cursor=${String(next)}`;
      const { body } = await edge.get(`holds?state=held&limit=1${cursor}`);
      held.push(...(body.items as { id: string }[]).map(({ id }) => id));
      next = body.next;
    }
    expect(held.slice(-2)).toEqual([placed[0], placed[2]]);
    const released = (await edge.get('holds?state=released')).body.items as { id: string }[];
    expect(released.map(({ id }) => id)).toContain(placed[1]);
  });

  it('gives all back when it is released', async () => {
    const balance = async () => (await edge.get('accounts/a')).body;
    const before = await balance();
    const placed = await place();
    expect((await edge.call('POST', `books/county/${at(placed)}/releases`, { key: key() })).status).toBe(201);
    const items = (body: Record<string, unknown>) => (body.items as { balance: string }[])[0]!.balance;
    expect(items(await balance())).toBe(items(before));
  });

  it.each<[string, object, number, string]>([
    ['no amount', { amount: undefined }, 422, 'FIELD_MISSING'],
    ['an amount as a number', { amount: 40 }, 422, 'AMOUNT_NOT_TEXT'],
    ['a time that has passed', { expiresAt: '2020-01-01T00:00:00Z' }, 409, 'HOLD_EXPIRED'],
    ['more than there is', { amount: '99999999' }, 409, 'BALANCE_INSUFFICIENT'],
    ['an account that is not there', { from: 'nowhere' }, 404, 'ACCOUNT_UNKNOWN'],
  ])('is not placed with %s', async (_title, body, status, code) => {
    const answer = await place(body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('that does not exist is neither shown nor ended', async () => {
    for (const id of ['nothing', '00000000-0000-4000-8000-000000000000']) {
      expect((await edge.get(`holds/${id}`)).body.code).toBe('HOLD_UNKNOWN');
      expect((await edge.post(`holds/${id}/releases`, {}, key())).body.code).toBe('HOLD_UNKNOWN');
    }
  });
});
