import { Client } from 'pg';

import { COUNTY, OTHER_TOWN, RegistryEdge, type Answer } from './registry-edge';

const TODAY = '2026-03-02';
const SHA256 = 'a'.repeat(64);

describe('orders that change facts of a parcel', () => {
  let edge: RegistryEdge;
  let handler: string;
  let reviewer: string;

  beforeAll(async () => {
    edge = await RegistryEdge.start();
    ({ handler } = await edge.loadCounty());
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
  });
  afterAll(() => edge.stop());

  const order = (changes: object, rest: object = {}) => ({
    ...{ parcelCode: 'XB00001', from: TODAY, reason: 'survey', evidence: '二类调查，档案室2柜', changes },
    ...rest,
  });
  const propose = (body: object, query = '', token = handler) =>
    edge.call('POST', `books/county/parcel-orders${query}`, token, body);
  const decide = (id: string, body: object = {}, token = reviewer) =>
    edge.call('POST', `books/county/parcel-orders/${id}/decision`, token, body);
  const codeOf = ({ status, body }: Answer) => [status, body.code];
  const parcel = async (query: string, code = 'XB00001', token = handler) =>
    (await edge.call('GET', `books/county/parcels/${code}?${query}`, token)).body;
  const approve = async (changes: object, rest: object = {}): Promise<void> => {
    const proposed = await propose(order(changes, rest));
    expect(codeOf(proposed)).toEqual([201, undefined]);
    expect((await decide(proposed.body.id)).status).toBe(201);
  };

  it('tell in words what would change, in a dry run that records nothing', async () => {
    const { status, body } = await propose(
      order({ area_mu: '13.00', forest_class: 'mixed' }),
      '?dryRun=true',
    );
    expect([status, body.id, body.credited]).toEqual([200, null, []]);
    expect(body.summary.zh).toMatch(
      /^小班 XB00001 自 2026-03-02 起：林分类别 阔叶林 → .+；面积 12.30 亩 → 13.00 亩$/,
    );
    expect(body.after).toEqual({ forest_class: 'mixed', area_mu100: '1300' });
    expect((await edge.call('GET', 'books/county/parcel-orders', handler)).body.items).toEqual([]);
  });

  it('hold when somebody else approves them, from their day on, and the days before keep what they had', async () => {
    const { body } = await propose(order({ area_mu: '13.00' }, { evidenceSha256: SHA256 }));
    expect(codeOf(await decide(body.id, {}, handler))).toEqual([403, 'POST_REQUIRED']);
    expect((await parcel('')).facts.areaMu100).toBe('1230');
    expect((await decide(body.id)).status).toBe(201);
    expect(codeOf(await decide(body.id))).toEqual([409, 'PARCEL_ORDER_DECIDED']);
    expect((await parcel('')).facts.areaMu100).toBe('1300');
    expect((await parcel('day=2026-03-01')).facts.areaMu100).toBe('1230');
    const { orders, history, rights } = await parcel('day=2026-03-01');
    expect(orders).toMatchObject([{ id: body.id, state: 'approved', evidenceSha256: SHA256 }]);
    expect(history.filter((piece: { supersededAt: unknown }) => piece.supersededAt === null)).toMatchObject([
      { from: null, to: '2026-03-01', facts: { areaMu100: '1230' }, order: null },
      { from: TODAY, to: null, facts: { areaMu100: '1300' }, order: body.id },
    ]);
    expect(rights.map(({ partyExternalNo }: { partyExternalNo: string }) => partyExternalNo)).toEqual([
      'HH00001',
      'HH00002',
    ]);
  });

  it('mend a fault for the days on which it was one, and what was believed before stays known', async () => {
    await approve({ age_group: 'mature' }, { from: '2025-01-01', reason: 'correction' });
    expect((await parcel('day=2024-12-31')).facts).toMatchObject({ ageGroup: 'middle', areaMu100: '1230' });
    expect((await parcel('day=2025-06-30')).facts).toMatchObject({ ageGroup: 'mature', areaMu100: '1230' });
    expect((await parcel('')).facts).toMatchObject({ ageGroup: 'mature', areaMu100: '1300' });
    expect((await parcel('day=2025-06-30&knownOn=2026-03-01')).facts).toBeNull();
  });

  it('are refused with every fault of every column, with what would be right', async () => {
    const { status, body } = await propose(order({ area_mu: '0', forest_class: 'jungle', canopy: '1.5' }));
    expect([status, body.code]).toEqual([422, 'PARCEL_FACTS_REFUSED']);
    expect(body.errors.map(({ field, code }: Record<string, string>) => `${field} ${code}`)).toEqual([
      'forest_class VALUE_UNKNOWN',
      'area_mu AREA_NOT_POSITIVE',
      'canopy NUMBER_WRONG',
    ]);
    expect(body.errors[2].expected.zh).toContain('0.65');
  });

  it('of two for one parcel the first wins, and the second is told what changed', async () => {
    const at = { parcelCode: 'XB00002' };
    const [one, two] = [
      await propose(order({ area_mu: '20.00' }, at)),
      await propose(order({ area_mu: '30.00' }, at)),
    ];
    const raced = await Promise.all([decide(one.body.id), decide(two.body.id)]);
    expect(raced.map(({ status }) => status).sort()).toEqual([201, 409]);
    const lost = raced.find(({ status }) => status === 409)!;
    expect(lost.body.code).toBe('PARCEL_CHANGED_MEANWHILE');
    const won = raced[0]!.status === 201 ? '20.00' : '30.00';
    expect(lost.body.changed).toMatchObject([{ zh: expect.stringContaining(`面积 12.30 亩 → ${won} 亩`) }]);
    expect((await parcel('', 'XB00002')).facts.areaMu100).toBe(won.replace('.', ''));
    const loser = raced[0]!.status === 201 ? two : one;
    expect((await decide(loser.body.id, { rejection: '已有人变更' })).status).toBe(201);
  });

  it('wait for their day', async () => {
    const { body } = await propose(order({ area_mu: '15.00' }, { from: '2026-03-03' }));
    expect(await decide(body.id)).toMatchObject({
      status: 409,
      body: { code: 'PARCEL_ORDER_EARLY', from: '2026-03-03', today: TODAY },
    });
    expect((await decide(body.id, { rejection: '撤回' })).status).toBe(201);
  });

  it.each<[string, object, number, string]>([
    ['a parcel that is not there', { parcelCode: 'XB99999' }, 404, 'PARCEL_UNKNOWN'],
    ['what is so already', { changes: { area_mu: '13' } }, 409, 'PARCEL_UNCHANGED'],
    ['a day that there is not', { from: '2026-02-30' }, 422, 'PARCEL_ORDER_DAY_WRONG'],
    ['a day years ahead', { from: '2036-03-02' }, 422, 'PARCEL_ORDER_DAY_WRONG'],
    [
      'somebody’s number as evidence',
      { evidence: '身份证610924195001010013' },
      422,
      'PERSONAL_NUMBER_IN_TEXT',
    ],
    ['a hash that is none', { evidenceSha256: 'x' }, 422, 'FIELDS_INVALID'],
    ['cells that are no texts', { changes: { area_mu: 13 } }, 422, 'FIELDS_INVALID'],
    ['another reason', { reason: 'mood' }, 422, 'FIELDS_INVALID'],
  ])('are refused for %s', async (_what, rest, status, code) => {
    expect(codeOf(await propose(order({ area_mu: '14.00' }, rest)))).toEqual([status, code]);
  });

  it('are for those who answer for the parcel’s region, and so is the parcel', async () => {
    const elsewhere = await edge.staff('forestry-handler', OTHER_TOWN);
    expect(codeOf(await propose(order({ area_mu: '14' }), '', elsewhere))).toEqual([404, 'PARCEL_UNKNOWN']);
    expect((await parcel('', 'XB00001', elsewhere)).code).toBe('PARCEL_UNKNOWN');
    expect((await edge.call('GET', 'books/county/parcel-orders', elsewhere)).body.items).toEqual([]);
    expect((await edge.call('GET', 'books/county/parcels', elsewhere)).body.items).toEqual([]);
    expect(codeOf(await decide('no-uuid'))).toEqual([404, 'PARCEL_ORDER_UNKNOWN']);
  });

  it('leave a list of parcels as of any day, page by page', async () => {
    const page = (query: string) => edge.call('GET', `books/county/parcels?${query}`, handler);
    const first = (await page('limit=2&day=2026-03-01')).body;
    expect(first.items.map(({ code, areaMu100 }: Record<string, string>) => [code, areaMu100])).toEqual([
      ['XB00001', '1230'],
      ['XB00002', '1230'],
    ]);
    const second = (await page(`limit=2&day=2026-03-01&cursor=${first.next}`)).body;
    expect([second.items.length, second.items[0].code, second.next]).toEqual([1, 'XB00003', null]);
    expect((await page('q=XB00002')).body.items).toMatchObject([{ code: 'XB00002' }]);
    expect((await page('day=2026-02-30')).body.code).toBe('FIELDS_INVALID');
  });

  it('are the only way in which the application’s role can change a parcel or its past', async () => {
    const client = new Client({ connectionString: edge.database.appUrl });
    await client.connect();
    try {
      for (const sql of [
        `UPDATE registry.parcel SET area_mu100 = 1`,
        `UPDATE registry.parcel SET valid = '[2026-01-01,)'`,
        `UPDATE registry.parcel_past SET area_mu100 = 1`,
        `DELETE FROM registry.parcel_past`,
        `INSERT INTO registry.parcel_past SELECT * FROM registry.parcel_past`,
        `UPDATE registry.parcel_order SET state = 'rejected', rejection = 'x' WHERE state = 'approved'`,
        `UPDATE registry.parcel_order SET after = '{"area_mu100": "1"}'`,
        `INSERT INTO registry.parcel_order (book, id, parcel, from_day, reason, before, after, evidence, version, state,
                proposed_by, proposed_at, decided_by, decided_at)
         SELECT book, gen_random_uuid(), id, '2026-01-01', 'other', '{}', '{"area_mu100": "1"}', 'x', version, 'approved',
                'a', now(), 'b', now() FROM registry.parcel`,
      ]) {
        await expect(client.query(sql)).rejects.toThrow(/permission denied|proposed first|cannot insert/);
      }
    } finally {
      await client.end();
    }
  });
});
