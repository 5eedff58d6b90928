import { Client } from 'pg';

import { BUYER, HostileCounty } from './hostile-county';
import { SECRETS } from './hostile-edge';
import { FILES } from './hostile-files';
import { ADDRESSES, BODIES, MONEY } from './hostile-requests';

const CASES = [...FILES, ...BODIES, ...ADDRESSES, ...MONEY].map(
  ([fact, send, status, code, facts]) => [fact, { send, status, code, facts: facts ?? {} }] as const,
);

/** As many answers, whatever their order, of one request sent so often at once. */
const atOnce = async (times: number, send: () => Promise<{ status: number }>): Promise<number[]> =>
  (await Promise.all(Array.from({ length: times }, send))).map(({ status }) => status).sort();
const many = (times: number, status: number) => Array<number>(times).fill(status);

describe('hostile input to the API as it is shipped', () => {
  let county: HostileCounty;

  beforeAll(async () => {
    county = await HostileCounty.open();
  });
  afterAll(() => county.edge.stop());

  it.each(CASES)(
    '%s is refused by name, and nothing changes',
    async (_fact, { send, status, code, facts }) => {
      const before = await county.edge.state();
      const answer = await send(county);
      expect(answer).toMatchObject({
        status,
        type: expect.stringContaining('application/problem+json'),
        body: { status, code, title: expect.any(String), detail: expect.any(String), ...facts },
      });
      expect(answer.body.detail).not.toBe(code);
      expect(answer.text).not.toMatch(/\.[jt]s:\d+|node_modules|SELECT |INSERT /);
      for (const secret of SECRETS) expect(answer.text).not.toContain(secret);
      expect(await county.edge.state()).toBe(before);
    },
  );

  it('a parcel nobody has a right to is counted and gets no line', () => {
    expect(county.leftOut).toMatchObject({ withoutRight: 1 });
  });

  it('an entry sent 20 times at once is made once', async () => {
    const before = await county.edge.state();
    expect(await atOnce(20, () => county.entry('7', 'twenty'))).toEqual([...many(19, 200), 201]);
    expect(await county.edge.state()).not.toBe(before);
    const { body } = await county.get('books/county/accounts/box/statement?asset=CNY', 'administrator');
    expect(body.items.map(({ credit }: { credit: string }) => credit)).toEqual(['7', '500']);
  });

  it('a notice sent 10 times at once pays once; a refund asked for 10 times at once is given once', async () => {
    const market = async () => (await county.get('books/county/figures/market')).body;
    expect(await atOnce(10, () => county.notice())).toEqual([...many(9, 200), 201]);
    expect((await county.notice({ noticeNo: 'n-2' })).body.code).toBe('ORDER_ALREADY_PAID');
    expect(await market()).toMatchObject({ proceeds: '200', unsplit: '200' });
    expect(await atOnce(10, () => county.refund(BUYER))).toEqual([200, ...many(9, 409)]);
    expect(await market()).toMatchObject({ proceeds: '0', unsplit: '0', custody: '0' });
  });

  it('the book verifies after all of it', async () => {
    const { body } = await county.get('books/county/verify', 'auditor');
    expect(body).toMatchObject({ ok: true, findings: [] });
  });

  it.each([
    'public/books',
    'public/books/county/card-products',
    'public/books/county/issuances',
    'public/books/county/rosters',
    'public/books/county/serials/610924100-2025-G1-1-3000',
    'books/county/figures/fiscal',
    'health',
  ])('%s is for everybody, names nobody’s number and stays in no browser', async (path) => {
    const { status, text, headers } = await county.get(path);
    expect(status).toBe(200);
    for (const secret of SECRETS) expect(text).not.toContain(secret);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('pages are told to run and be framed by nothing but their own', async () => {
    const { headers } = await county.get('health');
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    'INSERT INTO ledger.entry DEFAULT VALUES',
    'UPDATE ledger.account SET debits = 0',
    'DELETE FROM ledger.posting',
    'TRUNCATE ledger.entry',
    'SET ROLE tanhui_owner',
  ])('the application may not %s', async (sql) => {
    const app = new Client({ connectionString: county.edge.database.appUrl });
    await app.connect();
    await expect(app.query(sql)).rejects.toMatchObject({ code: '42501' });
    await app.end();
  });
});
