import { Client } from 'pg';

import { RegistryEdge, COUNTY, type Answer } from './registry-edge';

const FROM = '2026-03-01';

/** Parcel 1 is held by household 1 (66.6667 %) and 2 (33.3333 %), parcels 2 and 3 by household 2 and nobody. */
describe('orders that split, merge and renumber parcels', () => {
  let edge: RegistryEdge;
  let handler: string;
  let reviewer: string;

  beforeEach(async () => {
    edge = await RegistryEdge.start();
    ({ handler } = await edge.loadCounty());
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
  });
  afterEach(() => edge.stop());

  const split = (code: string, areas: readonly string[], rest: object = {}) => ({
    ...{ kind: 'split', parcelCodes: [code], from: FROM, evidence: '分户协议，档案室3柜' },
    children: areas.map((area_mu, index) => ({ code: `${code}-${index + 1}`, cells: { area_mu } })),
    ...rest,
  });
  const propose = (body: object, query = '') =>
    edge.call('POST', `books/county/land-orders${query}`, handler, body);
  const decide = (id: string, body: object = {}) =>
    edge.call('POST', `books/county/land-orders/${id}/decision`, reviewer, body);
  const codeOf = ({ status, body }: Answer) => [status, body.code];
  const parcel = async (code: string, query = '') =>
    (await edge.call('GET', `books/county/parcels/${code}?${query}`, handler)).body;
  const codesOn = async (day: string): Promise<string[]> => {
    const { items } = (await edge.call('GET', `books/county/parcels?day=${day}`, handler)).body;
    return items.map(({ code }: { code: string }) => code);
  };
  const sharesOf = async (code: string, day: string) =>
    (await parcel(code, `day=${day}`)).rights.map(
      ({ partyExternalNo, sharePpm }: Record<string, string>) => `${partyExternalNo} ${sharePpm}`,
    );

  it('split a parcel: the parts take over with the same rights, and the whole stays readable', async () => {
    const dry = await propose(split('XB00001', ['6.00', '6.30']), '?dryRun=true');
    expect([dry.status, dry.body.id]).toEqual([200, null]);
    expect(dry.body.summary.en).toBe(
      'From 2026-03-01: XB00001 12.30 mu split into XB00001-1 6.00 mu, XB00001-2 6.30 mu',
    );
    const { body } = await propose(split('XB00001', ['6.00', '6.30']));
    expect(await decide(body.id)).toMatchObject({ status: 201 });
    expect(await codesOn('2026-02-28')).toEqual(['XB00001', 'XB00002', 'XB00003']);
    expect(await codesOn(FROM)).toEqual(['XB00001-1', 'XB00001-2', 'XB00002', 'XB00003']);
    expect(await sharesOf('XB00001', '2026-02-28')).toEqual(['HH00001 666667', 'HH00002 333333']);
    expect(await sharesOf('XB00001', FROM)).toEqual([]);
    expect(await sharesOf('XB00001-2', FROM)).toEqual(['HH00001 666667', 'HH00002 333333']);
    expect(await parcel('XB00001')).toMatchObject({
      closedOn: FROM,
      facts: null,
      became: ['XB00001-1', 'XB00001-2'],
    });
    expect(await parcel('XB00001', 'day=2026-02-28')).toMatchObject({ facts: { areaMu100: '1230' } });
    expect(await parcel('XB00001-1')).toMatchObject({
      ...{
        cameFrom: ['XB00001'],
        landUnitCode: 'XB00001-1',
        facts: { areaMu100: '600', ageGroup: 'middle' },
      },
      landOrders: [{ id: body.id, kind: 'split' }],
    });
    for (const [path, order] of [
      ['parcel-orders', { parcelCode: 'XB00001', reason: 'survey', changes: { area_mu: '9' } }],
      ['right-orders', { parcelCode: 'XB00001', kind: 'management', reason: 'end', shares: [] }],
      ['land-orders', split('XB00001', ['6.00', '6.30'])],
    ] as const) {
      const body_ = { from: '2026-03-02', evidence: '材料', ...order };
      expect(codeOf(await edge.call('POST', `books/county/${path}`, handler, body_))).toEqual([
        409,
        'PARCEL_CLOSED',
      ]);
    }
  });

  it('merge parcels: rights go by the areas', async () => {
    await edge.upload(
      'rights',
      handler,
      'parcel_code,party_external_no,right_kind,share_percent,valid_from,valid_to,document_no\n' +
        'XB00003,HH00001,management,100,2026-01-01,,合同9号\n',
    );
    const body = {
      ...{ kind: 'merge', parcelCodes: ['XB00002', 'XB00003'], from: FROM, evidence: '合并申请' },
      children: [{ code: 'XB9', cells: { scope_decision: '' } }],
    };
    const proposed = await propose(body);
    expect(codeOf(proposed)).toEqual([201, undefined]);
    expect((await decide(proposed.body.id)).status).toBe(201);
    expect(await parcel('XB9')).toMatchObject({
      cameFrom: ['XB00002', 'XB00003'],
      facts: { areaMu100: '2460' },
    });
    expect(await sharesOf('XB9', FROM)).toEqual(['HH00001 500000', 'HH00002 500000']);
  });

  it('renumber a parcel, and leave an order about the former number to be proposed anew', async () => {
    const change = { parcelCode: 'XB00002', from: '2026-03-02', reason: 'survey', evidence: '材料' };
    const waiting = await edge.call('POST', 'books/county/parcel-orders', handler, {
      ...change,
      changes: { area_mu: '9' },
    });
    const renumber = {
      kind: 'renumber',
      parcelCodes: ['XB00002'],
      children: [{ code: '610924-1', cells: {} }],
    };
    const proposed = await propose({ ...renumber, from: FROM, evidence: '编号调整' });
    expect((await decide(proposed.body.id)).status).toBe(201);
    const decided = await edge.call(
      'POST',
      `books/county/parcel-orders/${waiting.body.id}/decision`,
      reviewer,
      {},
    );
    expect(codeOf(decided)).toEqual([409, 'PARCEL_CLOSED']);
    expect(await parcel('610924-1')).toMatchObject({
      facts: { areaMu100: '1230', certificateNo: '林证字00000002' },
    });
  });

  it('of two for one parcel the first wins, and the second is told what changed', async () => {
    const [one, two] = [
      await propose(split('XB00001', ['6.00', '6.30'])),
      await propose({
        ...split('XB00001', ['1.00', '11.30']),
        children: split('XB7', ['1.00', '11.30']).children,
      }),
    ];
    const raced = await Promise.all([decide(one.body.id), decide(two.body.id)]);
    expect(raced.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(raced.find(({ status }) => status === 409)!.body).toMatchObject({
      code: 'LAND_CHANGED_MEANWHILE',
      parcels: [{ parcel: 'XB00001', changed: ['facts', 'rights'], closedOn: FROM }],
    });
    const sum = (await edge.call('GET', `books/county/parcels?day=${FROM}`, handler)).body.items
      .filter(({ code }: { code: string }) => /-\d$/.test(code))
      .reduce((total: number, { areaMu100 }: { areaMu100: string }) => total + Number(areaMu100), 0);
    expect(sum).toBe(1230);
  });

  it('are refused with every fault, and for what the registry says of the parcels', async () => {
    const { status, body } = await propose(split('XB00001', ['6.00', 'x']));
    expect([
      status,
      body.code,
      body.errors.map(({ row, code }: Record<string, unknown>) => [row, code]),
    ]).toEqual([422, 'LAND_ORDER_REFUSED', [[2, 'AREA_MALFORMED']]]);
    const differing = await propose(split('XB00001', ['6.00', '7.00']));
    expect(differing.body.errors).toMatchObject([{ row: 0, field: 'area_mu', code: 'AREAS_DIFFER' }]);
    expect((await propose(split('XB00001', ['6.00', '7.00'], { surveyNo: '测绘1号' }))).status).toBe(201);
    const taken = split('XB00001', ['6.00', '6.30']);
    expect(
      codeOf(
        await propose({ ...taken, children: [{ ...taken.children[0], code: 'XB00002' }, taken.children[1]] }),
      ),
    ).toEqual([409, 'LAND_CODES_TAKEN']);
    expect(codeOf(await propose(split('XB404', ['1', '2'])))).toEqual([404, 'PARCEL_UNKNOWN']);
    expect(codeOf(await propose(split('XB00001', ['6', '6.30'], { from: '2020-01-01' })))).toEqual([
      422,
      'LAND_ORDER_DAY_WRONG',
    ]);
    const ahead = await propose(split('XB00001', ['6', '6.30'], { from: '2026-03-09' }));
    expect(codeOf(await decide(ahead.body.id))).toEqual([409, 'LAND_ORDER_EARLY']);
  });

  it('name all parcels of a land unit: what was credited is known of the unit', async () => {
    const header =
      'parcel_code,land_unit_code,village_code,forest_class,age_group,origin,public_welfare_level,tenure,area_mu,';
    const rest = 'right_registered,certificate_no,scope_decision,scope_from,scope_to\n';
    const row = 'XB50,LU00001,610924100001,broadleaf,middle,natural,national,individual,1.00,true,,,,\n';
    expect((await edge.upload('parcels', handler, header + rest + row)).status).toBe(201);
    expect(await propose(split('XB00001', ['6.00', '6.30']))).toMatchObject({
      status: 409,
      body: { code: 'LAND_SHARED', parcels: ['XB50'] },
    });
  });

  it('are the only way in which the application’s role can say where land comes from', async () => {
    const client = new Client({ connectionString: edge.database.appUrl });
    await client.connect();
    try {
      for (const sql of [
        `INSERT INTO registry.land_unit_origin SELECT book, id, id, id FROM registry.land_unit`,
        `UPDATE registry.parcel SET closed_by = NULL`,
        `UPDATE registry.land_order SET children = '[]'`,
      ]) {
        await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
      }
    } finally {
      await client.end();
    }
  });
});
