import { LedgerEdge, transfer } from './ledger-edge';

describe('accounts over HTTP', () => {
  let edge: LedgerEdge;
  let serial = 0;
  const key = () => `test/${(serial += 1)}`;
  const entry = (body: object, idempotencyKey: string) => edge.post('entries', body, idempotencyKey);
  const open = (path: string, floor: string | null = '0', side = 'credit') =>
    edge.post('accounts', { path, asset: 'CNY', side, floor });

  beforeAll(async () => {
    edge = await LedgerEdge.start();
    await open('till', null, 'debit');
    await open('a');
    await entry(transfer('till', 'a', '1000'), key());
  });
  afterAll(() => edge.stop());

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

  it('change the floor of an open account, not above its balance', async () => {
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
});
