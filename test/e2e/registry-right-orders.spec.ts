import { Client } from 'pg';

import { VILLAGE } from '../invariants/registry-book';
import { COUNTY, OTHER_TOWN, RegistryEdge, type Answer } from './registry-edge';

const TODAY = '2026-03-02';
const FROM = '2026-04-01';

/** Parcel 1 is held by household 1 (66.6667 %) and 2 (33.3333 %), parcel 2 by household 2 alone. */
describe('orders that change who holds a right', () => {
  let edge: RegistryEdge;
  let handler: string;
  let reviewer: string;

  beforeAll(async () => {
    edge = await RegistryEdge.start();
    ({ handler } = await edge.loadCounty());
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
  });
  afterAll(() => edge.stop());

  const sale = (shares: [string, string][], rest: object = {}) => ({
    ...{
      parcelCode: 'XB00002',
      kind: 'management',
      from: FROM,
      reason: 'transfer',
      evidence: '流转合同，档案室3柜',
    },
    shares: shares.map(([partyExternalNo, sharePercent]) => ({
      ...{ partyExternalNo, sharePercent, documentNo: '流转〔2026〕7号' },
    })),
    ...rest,
  });
  const propose = (body: object, query = '', token = handler) =>
    edge.call('POST', `books/county/right-orders${query}`, token, body);
  const decide = (id: string, body: object = {}, token = reviewer) =>
    edge.call('POST', `books/county/right-orders/${id}/decision`, token, body);
  const codeOf = ({ status, body }: Answer) => [status, body.code];
  const holders = async (day: string): Promise<string[]> => {
    const client = new Client({ connectionString: edge.database.adminUrl });
    await client.connect();
    const { rows } = await client.query<{ holder: string }>(
      `SELECT r.party_external_no || ' ' || r.share_ppm AS holder FROM registry.right_current r
         JOIN registry.parcel p ON p.book = r.book AND p.id = r.parcel
        WHERE p.code = 'XB00002' AND r.valid @> $1::date ORDER BY 1`,
      [day],
    );
    await client.end();
    return rows.map((row) => row.holder);
  };

  it('tell in words what would change, in a dry run that records nothing', async () => {
    const { status, body } = await propose(
      sale([
        ['HH00001', '60'],
        ['HH00002', '40'],
      ]),
      '?dryRun=true',
    );
    expect([status, body.id]).toEqual([200, null]);
    expect(body.summary).toEqual({
      zh: '小班 XB00002 的经营权自 2026-04-01 起：HH00002 100 % → HH00001 60 %、HH00002 40 %',
      en: 'From 2026-04-01 the management right to parcel XB00002: HH00002 100 % → HH00001 60 %, HH00002 40 %',
    });
    expect((await edge.call('GET', 'books/county/right-orders', handler)).body.items).toEqual([]);
  });

  it('are refused with every fault of every share', async () => {
    const { status, body } = await propose(
      sale([
        ['HH00001', '60'],
        ['NOBODY', '50'],
        ['HH00001', '1.23456'],
      ]),
    );
    expect([status, body.code]).toEqual([422, 'RIGHTS_REFUSED']);
    expect(body.errors.map(({ row, code }: { row: number; code: string }) => [row, code])).toEqual([
      ...[
        [2, 'SHARES_OVER_WHOLE'],
        [2, 'PARTY_UNKNOWN'],
      ],
      ...[
        [3, 'SHARE_MALFORMED'],
        [3, 'PARTY_REPEATED'],
      ],
    ]);
  });

  it('hold when somebody else approves them, from their day on and not before', async () => {
    const { body } = await propose(
      sale([
        ['HH00001', '60'],
        ['HH00002', '40'],
      ]),
    );
    expect(codeOf(await decide(body.id, {}, handler))).toEqual([403, 'POST_REQUIRED']);
    expect(await holders(FROM)).toEqual(['HH00002 1000000']);
    expect((await decide(body.id)).status).toBe(201);
    expect(await holders('2026-03-31')).toEqual(['HH00002 1000000']);
    expect(await holders(FROM)).toEqual(['HH00001 600000', 'HH00002 400000']);
    expect(codeOf(await decide(body.id))).toEqual([409, 'RIGHT_ORDER_DECIDED']);
    const { items } = (await edge.call('GET', 'books/county/right-orders?state=approved', reviewer)).body;
    expect(items).toMatchObject([
      { id: body.id, state: 'approved', parcel: { code: 'XB00002', village: VILLAGE } },
    ]);
  });

  it('of two for one parcel the first wins, and the second is told what changed', async () => {
    const at = { from: '2026-06-01' };
    const [one, two] = [
      await propose(sale([['HH00001', '100']], at)),
      await propose(sale([['HH00003', '100']], at)),
    ];
    const raced = await Promise.all([decide(one.body.id), decide(two.body.id)]);
    const lost = raced.find(({ status }) => status !== 201)!;
    expect(raced.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(codeOf(lost)).toEqual([409, 'RIGHTS_CHANGED_MEANWHILE']);
    const winner = raced[0]!.status === 201 ? 'HH00001' : 'HH00003';
    expect(lost.body.now).toMatchObject([{ externalNo: winner, sharePpm: '1000000', from: '2026-06-01' }]);
    expect(await holders('2026-06-01')).toEqual([`${winner} 1000000`]);
    const loser = raced[0]!.status === 201 ? two : one;
    expect((await decide(loser.body.id, { rejection: '已有人变更' })).status).toBe(201);
  });

  it('end a right when nobody follows', async () => {
    const { body } = await propose(sale([], { from: '2026-09-01', reason: 'end' }));
    expect(body.summary.zh).toMatch(/→ 无人$/);
    expect((await decide(body.id)).status).toBe(201);
    expect(await holders('2026-08-31')).toHaveLength(1);
    expect(await holders('2026-09-01')).toEqual([]);
  });

  it.each<[string, object, string, number, string]>([
    ['a day that is over', { from: '2026-03-01' }, '', 422, 'RIGHTS_DAY_WRONG'],
    ['no day at all', { from: '2026-02-30' }, '', 422, 'RIGHTS_DAY_WRONG'],
    ['a parcel that is not there', { parcelCode: 'XB99999' }, '', 404, 'PARCEL_UNKNOWN'],
    ['what is so already', { parcelCode: 'XB00001', shares: null }, '', 409, 'RIGHTS_UNCHANGED'],
    ['a day before a share begins', { from: '2026-05-01' }, '', 409, 'RIGHTS_CHANGE_LATER'],
    [
      'somebody’s number as evidence',
      { evidence: '身份证610924195001010013' },
      '',
      422,
      'PERSONAL_NUMBER_IN_TEXT',
    ],
    ['an unknown right', { kind: 'hunting' }, '', 422, 'FIELDS_INVALID'],
  ])('are refused for %s', async (_what, rest, query, status, code) => {
    const same = [
      { partyExternalNo: 'HH00001', sharePercent: '66.6667', documentNo: '合同1号' },
      { partyExternalNo: 'HH00002', sharePercent: '33.3333', documentNo: '合同1号' },
    ];
    const body = { ...sale([['HH00001', '100']]), ...rest };
    const shares = 'shares' in rest ? same : body.shares;
    expect(codeOf(await propose({ ...body, shares }, query))).toEqual([status, code]);
  });

  it('are for those who answer for the parcel’s region', async () => {
    const elsewhere = await edge.staff('forestry-handler', OTHER_TOWN);
    expect(codeOf(await propose(sale([['HH00001', '100']]), '', elsewhere))).toEqual([404, 'PARCEL_UNKNOWN']);
    const { items } = (await edge.call('GET', 'books/county/right-orders', elsewhere)).body;
    expect(items).toEqual([]);
    expect(codeOf(await decide('no-uuid'))).toEqual([404, 'RIGHT_ORDER_UNKNOWN']);
  });

  it('are the only way in which the application’s role can end a share', async () => {
    const client = new Client({ connectionString: edge.database.appUrl });
    await client.connect();
    try {
      for (const sql of [
        `UPDATE registry.right_share SET valid = daterange(lower(valid), '${TODAY}')`,
        `UPDATE registry.right_share SET share_ppm = 1`,
        `UPDATE registry.right_order SET state = 'rejected', rejection = 'x' WHERE state = 'approved'`,
      ]) {
        await expect(client.query(sql)).rejects.toThrow(/only ends|permission denied|decided/);
      }
    } finally {
      await client.end();
    }
  });
});
