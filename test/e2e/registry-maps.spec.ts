import { household, OTHER_VILLAGE, VILLAGE } from '../invariants/registry-book';
import { geoJson, zip, type TestFeature } from '../support/map-bytes';
import { COUNTY, OTHER_TOWN, RegistryEdge, TOWN } from './registry-edge';

const square = (name: string, west: number): TestFeature => ({
  name,
  rings: [
    [
      [west, 32.5],
      [west + 0.001, 32.5],
      [west + 0.001, 32.501],
      [west, 32.501],
      [west, 32.5],
    ],
  ],
});
const FILE = geoJson([square('XB00001', 108.4), square('XB00002', 108.41)]);

describe('maps over HTTP', () => {
  let edge: RegistryEdge;
  let handler: string;
  let townFinance: string;

  beforeAll(async () => {
    edge = await RegistryEdge.start();
    ({ handler } = await edge.loadCounty());
    townFinance = await edge.staff('town-finance', TOWN);
  });
  afterAll(() => edge.stop());

  it('are tried, loaded once, and listed with how far they were compared', async () => {
    const dry = await edge.uploadMap(handler, FILE, '?dryRun=true');
    expect([dry.status, dry.body.id, dry.body.features]).toEqual([200, null, 2]);
    const file = await edge.uploadMap(handler, FILE);
    expect([file.status, file.body.format]).toEqual([201, 'geojson']);
    expect(await edge.uploadMap(handler, FILE)).toMatchObject({
      status: 409,
      body: { code: 'MAP_REPEATED' },
    });
    const { body } = await edge.call('GET', 'books/county/map-files', handler);
    expect(body.items).toMatchObject([{ id: file.body.id, features: 2, checkedTo: 0 }]);
  });

  it('are refused with the feature and what would be right', async () => {
    const { status, body } = await edge.uploadMap(
      handler,
      geoJson([square('XB00001', 108.4), square('no', 108.5)]),
    );
    expect([status, body.code, body.total]).toEqual([422, 'MAP_REFUSED', 1]);
    expect(body.errors).toMatchObject([
      {
        feature: 2,
        name: 'no',
        code: 'PARCEL_UNKNOWN',
        expected: { zh: expect.stringContaining('小班') as string },
      },
    ]);
  });

  it('are matched by another field when it is named', async () => {
    const byName = geoJson([square('XB00003', 108.42)], { field: '我的编号' });
    expect(await edge.uploadMap(handler, byName)).toMatchObject({
      body: { errors: [{ code: 'FIELD_MISSING' }] },
    });
    const { status, body } = await edge.uploadMap(
      handler,
      byName,
      `?field=${encodeURIComponent('我的编号')}`,
    );
    expect([status, body.field]).toEqual([201, '我的编号']);
  });

  it('of a geodatabase are refused with the way to convert', async () => {
    const { body } = await edge.uploadMap(handler, zip({ 'a.gdb/a00000001.gdbtable': 'x' }));
    expect(body.errors).toMatchObject([{ feature: null, code: 'FORMAT_NOT_READ' }]);
  });

  it('are drawn for staff of the region, and for nobody else', async () => {
    const drawn = await edge.call('GET', `books/county/village-maps/${VILLAGE}`, townFinance);
    expect(drawn.status).toBe(200);
    expect(drawn.body.parcels[0]).toMatchObject({ code: 'XB00001', areaMu100: '1230', holders: 2 });
    const list = await edge.call('GET', 'books/county/village-maps', townFinance);
    expect(list.body.items).toMatchObject([{ village: VILLAGE, shapes: 3 }]);
    const elsewhere = await edge.staff('town-finance', OTHER_TOWN);
    expect((await edge.call('GET', 'books/county/village-maps', elsewhere)).body.items).toEqual([]);
    for (const token of [elsewhere, await edge.person(household(1).phone!)]) {
      const answer = await edge.call('GET', `books/county/village-maps/${VILLAGE}`, token);
      expect([answer.status, answer.body.code]).toEqual([403, 'POST_REQUIRED']);
    }
    expect((await edge.call('GET', `books/county/village-maps/${VILLAGE}`)).status).toBe(401);
  });

  it('are loaded by foresters only, in the village they name', async () => {
    expect((await edge.uploadMap(townFinance, FILE)).status).toBe(403);
    const ofTown = await edge.staff('forestry-handler', TOWN);
    expect((await edge.uploadMap(ofTown, FILE, `?village=${OTHER_VILLAGE}`)).status).toBe(403);
    expect((await edge.uploadMap(ofTown, FILE, '?village=x')).body.code).toBe('FIELDS_INVALID');
    expect((await edge.uploadMap(ofTown, FILE, '?key=owner')).body.code).toBe('FIELDS_INVALID');
  });

  it('show the public one point a village, and none where parcels are few', async () => {
    const { status, body } = await edge.call('GET', `public/books/county/villages/${VILLAGE}/centroid`);
    expect([status, body.centroid, typeof body.name]).toEqual([200, null, 'string']);
    for (const code of [COUNTY, '610921100001', '999999999999']) {
      const answer = await edge.call('GET', `public/books/county/villages/${code}/centroid`);
      expect([answer.status, answer.body.code]).toEqual([404, 'REGION_UNKNOWN']);
    }
  });
});
