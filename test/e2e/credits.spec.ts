import { COUNTY, TOWNSHIP, YEAR } from '../invariants/credits-county';
import { household, OTHER_VILLAGE, parcel, right } from '../invariants/registry-book';
import { BOOK, CreditsEdge } from './credits-edge';

const ISSUE = { ...YEAR, documentNo: '碳汇登记〔2026〕1号' };

describe('credits over HTTP', () => {
  let edge: CreditsEdge;
  let handler: string;
  let registrar: string;
  let reviewer: string;

  beforeAll(async () => {
    edge = await CreditsEdge.start();
    await edge.county.import('parties', [
      household(1),
      household(2),
      household(3, { region_code: OTHER_VILLAGE }),
    ]);
    await edge.county.import('parcels', [parcel(1), parcel(2), parcel(3, { village_code: OTHER_VILLAGE })]);
    await edge.county.import('rights', [right(1, 1), right(2, 2), right(3, 3)]);
    handler = await edge.staff('forestry-handler', COUNTY);
    registrar = await edge.staff('credit-registrar', COUNTY);
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
  });
  afterAll(() => edge.stop());

  const post = (path: string, body: object, token?: string) =>
    edge.post(`books/${BOOK}/${path}`, body, token);

  it('are refused to the unknown, to other posts and beyond a post’s region', async () => {
    const townOnly = await edge.staff('forestry-handler', TOWNSHIP);
    for (const path of ['measurements', 'measurements/recheck', 'issuances']) {
      expect((await post(path, ISSUE)).status).toBe(401);
      expect((await post(path, path === 'issuances' ? ISSUE : YEAR, townOnly)).body).toMatchObject({
        status: 403,
        code: 'POST_REQUIRED',
      });
    }
    expect((await post('measurements', YEAR, reviewer)).body.code).toBe('POST_REQUIRED');
    expect((await post('measurements/recheck', YEAR, handler)).body.code).toBe('POST_REQUIRED');
  });

  it('name every wrong field, and the state does not change', async () => {
    const { status, body } = await post(
      'issuances',
      { from: 'x', to: '2025-12-31', region: '61' },
      registrar,
    );
    expect(status).toBe(422);
    const fields = new Set(body.errors.map(({ field }: { field: string }) => field));
    expect(fields).toEqual(new Set(['from', 'region', 'documentNo']));
    const half = await post('measurements', { from: '2025-01-01', to: '2025-06-30' }, handler);
    expect(half.body).toMatchObject({ status: 422, code: 'PERIOD_WRONG', to: '2025-06-30' });
    const running = await post('measurements', { from: '2026-01-01', to: '2026-12-31' }, handler);
    expect(running.body).toMatchObject({ status: 422, code: 'PERIOD_NOT_OVER', today: '2026-03-02' });
    expect((await post('issuances', ISSUE, registrar)).body).toMatchObject({
      status: 409,
      code: 'NOTHING_TO_ISSUE',
    });
  });

  it('are measured, re-checked by another and issued by a third', async () => {
    const measured = await post('measurements', YEAR, handler);
    expect(measured).toMatchObject({
      status: 201,
      body: { parcels: 3, grams: '9225000', areaMu100: '3690', note: '示例系数，非核定值', warnings: [] },
    });
    expect((await post('issuances', ISSUE, registrar)).body).toMatchObject({
      status: 409,
      code: 'MEASUREMENTS_NOT_RECHECKED',
      region: TOWNSHIP,
      parcels: 2,
    });
    expect(await post('measurements/recheck', YEAR, reviewer)).toMatchObject({
      status: 201,
      body: { parcels: 3, grams: '9225000' },
    });
    const issued = await post('issuances', { ...ISSUE, region: TOWNSHIP }, registrar);
    expect(issued.status).toBe(201);
    expect(issued.body.items).toMatchObject([
      {
        code: '610924100-2025-g1',
        grade: 'G1',
        region: TOWNSHIP,
        parties: 2,
        grams: '6150000',
        bufferGrams: '615000',
        firstSerial: '610924100-2025-G1-1-1',
        lastSerial: '610924100-2025-G1-6150000-6150000',
      },
    ]);
    // The county's other township is still to come; the first is not issued again.
    const rest = await post('issuances', ISSUE, registrar);
    expect(rest.body.items.map(({ code }: { code: string }) => code)).toEqual(['610924101-2025-g1']);
    expect((await post('issuances', ISSUE, registrar)).body.code).toBe('NOTHING_TO_ISSUE');
  });

  it('let no registrar issue what they measured', async () => {
    await edge.county.import('parcels', [parcel(4)]);
    await edge.county.import('rights', [right(4, 1)]);
    expect((await post('measurements', YEAR, registrar)).status).toBe(201);
    expect((await post('measurements/recheck', YEAR, reviewer)).status).toBe(201);
    expect((await post('issuances', ISSUE, registrar)).body).toMatchObject({
      status: 403,
      code: 'STEP_BY_SAME_PERSON',
      step: 'issue',
      before: 'measure',
    });
  });

  it('show a household its own, with the reckoning, and nothing of its neighbour', async () => {
    const daughter = await edge.person(household(1).phone!);
    const { status, body } = await edge.get(`books/${BOOK}/my/credits`, daughter);
    expect(status).toBe(200);
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      name: household(1).name,
      // The parcel of the test before is measured and re-checked, not issued.
      measuredGrams: '6150000',
      issuedGrams: '3075000',
      holdingGrams: '2767500',
      bufferGrams: '307500',
      reservedGrams: '0',
      soldGrams: '0',
      retiredGrams: '0',
    });
    expect(
      body.items[0].parcels.map((one: { parcelCode: string; state: string }) => [one.parcelCode, one.state]),
    ).toEqual([
      ['XB00001', 'issued'],
      ['XB00004', 'rechecked'],
    ]);
    expect(body.items[0].parcels[0].explanation).toMatchObject({ areaMu100: '1230', gramsPerMu: '250000' });
    expect(JSON.stringify(body)).not.toContain('XB00002');
    const stranger = await edge.person('13700000009');
    expect((await edge.get(`books/${BOOK}/my/credits`, stranger)).body).toEqual({ items: [] });
    expect((await edge.get(`books/${BOOK}/my/credits`, handler)).body.code).toBe('PERSON_REQUIRED');
  });

  it('are public by serial and by issuance, and name no person', async () => {
    const serial = await edge.get(`public/books/${BOOK}/serials/610924100-2025-G1-2767500-2767501`);
    expect(serial).toMatchObject({
      status: 200,
      body: {
        issuance: { documentNo: ISSUE.documentNo, verification: '县级复核，非独立第三方核证' },
        items: [
          { state: 'holding', grams: '1', village: '610924100001' },
          { state: 'buffer', grams: '1' },
        ],
      },
    });
    const list = await edge.get(`public/books/${BOOK}/issuances`);
    expect(list.body.items.map(({ code }: { code: string }) => code)).toEqual([
      '610924100-2025-g1',
      '610924101-2025-g1',
    ]);
    for (const { body } of [serial, list]) expect(JSON.stringify(body)).not.toContain('测试户');
    const wrong = await edge.get(`public/books/${BOOK}/serials/610924100-2025-G1-6150001`);
    expect(wrong.body).toMatchObject({ status: 404, code: 'SERIAL_UNKNOWN' });
    const malformed = await edge.get(`public/books/${BOOK}/serials/${encodeURIComponent('=cmd()')}`);
    expect(malformed.body).toMatchObject({ status: 422, code: 'SERIAL_MALFORMED' });
  });
});
