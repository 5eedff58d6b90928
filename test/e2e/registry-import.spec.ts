import { csv, FOREIGN_VILLAGE, HEADERS, household, OTHER_VILLAGE, parcel } from '../invariants/registry-book';
import { OTHER_TOWN, RegistryEdge, TOWN } from './registry-edge';

describe('an import over HTTP', () => {
  let edge: RegistryEdge;
  let handler: string;
  let townFinance: string;
  let otherTownFinance: string;
  let household1: string;

  beforeAll(async () => {
    edge = await RegistryEdge.start();
    ({ handler } = await edge.loadCounty());
    townFinance = await edge.staff('town-finance', TOWN);
    otherTownFinance = await edge.staff('town-finance', OTHER_TOWN);
    household1 = await edge.person(household(1).phone!);
  });
  afterAll(() => edge.stop());
  it('answers 201 with id, rows and digest, and lists itself', async () => {
    const answer = await edge.upload('parties', handler, csv('parties', [household(20)]));
    expect(answer).toEqual({
      status: 201,
      body: {
        id: expect.any(String),
        kind: 'parties',
        rows: 1,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        format: 'csv',
        encoding: 'UTF-8',
        dryRun: false,
        summary: { lines: expect.any(Array), groups: [expect.any(Object)], groupsTotal: 1 },
      },
    });
    const list = await edge.call('GET', 'books/county/imports', handler);
    expect(list.body.items.map(({ id }: { id: string }) => id)).toContain(answer.body.id);
  });

  it('answers a refusal as problem+json with the rows, personal values masked', async () => {
    const wrong = household(30, { id_number: '610924195001010990', phone: '1' });
    const answer = await edge.upload('parties', handler, csv('parties', [wrong]));
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      type: 'urn:tanhui:problem:import-refused',
      code: 'IMPORT_REFUSED',
      total: 2,
      errors: [
        { row: 2, column: 'phone', value: '*', code: 'PHONE_MALFORMED' },
        {
          row: 2,
          column: 'id_number',
          value: '610924********0990',
          code: 'ID_NUMBER_CHECKSUM',
          expected: { zh: expect.any(String), en: expect.any(String) },
        },
      ],
    });
    expect(JSON.stringify(answer.body)).not.toContain('610924195001010990');
  });

  it('as a dry run answers 200 and loads nothing', async () => {
    const file = csv('parties', [household(31)]);
    const dry = await edge.upload('parties', handler, file, '?dryRun=true');
    expect(dry).toMatchObject({ status: 200, body: { id: null, rows: 1, dryRun: true } });
    expect((await edge.upload('parties', handler, file)).status).toBe(201);
  });

  it('of the same file again answers 409', async () => {
    const file = csv('parties', [household(32)]);
    const first = await edge.upload('parties', handler, file);
    const again = await edge.upload('parties', handler, file);
    expect([first.status, again.status]).toEqual([201, 409]);
    expect(again.body).toMatchObject({ code: 'IMPORT_REPEATED', importId: first.body.id });
  });

  it('of an unknown kind, an empty body or JSON says what would be right', async () => {
    const unknown = await edge.upload('people', handler, 'x');
    const empty = await edge.upload('parties', handler, '');
    const json = await edge.call('POST', 'books/county/imports/parties', handler, { rows: [] });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'IMPORT_KIND_UNKNOWN']);
    expect([empty.status, empty.body.errors[0].code]).toEqual([422, 'FILE_EMPTY']);
    expect([json.status, json.body.code]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
  });

  it('needs the post, and stays within the importer’s region', async () => {
    const parcels = csv('parcels', [parcel(40)]);
    expect((await edge.upload('parcels', townFinance, parcels)).body.code).toBe('POST_REQUIRED');
    expect((await edge.upload('parcels', household1, parcels)).status).toBe(403);
    expect((await edge.call('POST', 'books/county/imports/parcels', undefined, {})).status).toBe(401);
    const elsewhere = csv('parties', [household(41, { region_code: OTHER_VILLAGE })]);
    const refused = await edge.upload('parties', townFinance, elsewhere);
    expect(refused.body.errors[0]).toMatchObject({ row: 2, code: 'REGION_OUTSIDE_SCOPE' });
    expect((await edge.upload('parties', otherTownFinance, elsewhere)).status).toBe(201);
  });

  it('by a post of another book is refused', async () => {
    const foreigner = await edge.staff('forestry-handler', '610921', 'other');
    const file = csv('parties', [household(42, { region_code: FOREIGN_VILLAGE })]);
    expect((await edge.upload('parties', foreigner, file)).body.code).toBe('POST_REQUIRED');
  });

  it('with a wrong header says so', async () => {
    const answer = await edge.upload('rights', handler, `${HEADERS.rights},note\n`);
    expect(answer.body.errors[0]).toMatchObject({ row: 1, column: 'note', code: 'COLUMN_UNKNOWN' });
  });
});
