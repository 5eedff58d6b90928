import { LIST_COLUMNS, externalScheme } from '@app/credits';
import { COUNTY, TOWNSHIP } from '../invariants/credits-county';
import { OTHER_VILLAGE, parcel, right, household, VILLAGE } from '../invariants/registry-book';
import { sheetOfTexts, workbookOf } from '../support/workbooks';
import { BOOK, CreditsEdge, type Answer } from './credits-edge';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PERIOD = { from: '2020-01-01', to: '2039-12-31' };
type Cells = Partial<Record<(typeof LIST_COLUMNS)[number], string>>;

const listOf = (...rows: Cells[]): string =>
  [
    LIST_COLUMNS.join(','),
    ...rows.map((row) =>
      LIST_COLUMNS.map(
        (column) => ({ project_no: 'VCS-77', place: VILLAGE, ...PERIOD, ...row })[column] ?? '',
      ).join(),
    ),
  ].join('\n');

/** Parcels 1 and 2 are issued for 2025; parcel 3 is larger and lies in the other village. */
describe('lists of other registries over HTTP', () => {
  let edge: CreditsEdge;
  let registrar: string;
  let reviewer: string;

  beforeAll(async () => {
    edge = await CreditsEdge.start();
    const { county } = edge;
    await county.import('parties', [household(1)]);
    await county.import('parcels', [parcel(1), parcel(2)]);
    await county.import('rights', [right(1, 1), right(2, 1)]);
    await county.issueAll();
    await county.import('parcels', [
      parcel(3, { village_code: OTHER_VILLAGE, area_mu: '100.00' }),
      parcel(4),
      parcel(5),
    ]);
    await county.import('rights', [right(3, 1), right(4, 1), right(5, 1)]);
    registrar = await edge.staff('credit-registrar', COUNTY);
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
  });
  afterAll(() => edge.stop());

  const at = (path: string) => `books/${BOOK}/${path}`;
  const codeOf = ({ status, body }: Answer) => [status, body.code];
  const take = (
    file: string | Uint8Array,
    rest: Readonly<Record<string, string>> = {},
    token = registrar,
    type?: string,
  ) => {
    const terms = { registry: 'VCS', listOn: '2026-02-28', source: '网站下载', ...rest };
    return edge.upload(at(`external-lists?${new URLSearchParams(terms)}`), token, file, type);
  };
  const landOf = async (code: string) => (await edge.get(`public/books/${BOOK}/land/${code}`)).body;
  const found = async (query = '') => (await edge.get(at(`overlap-findings${query}`), registrar)).body;

  it('are missed as long as none was imported, and everybody is told so', async () => {
    const { uniqueness } = await landOf('XB00001');
    expect(uniqueness).toEqual({
      zh: '在本账簿内不重复登记；其他登记机构凭导入的清单核对，尚未导入过清单',
      en: 'Counted once within this book; other registries are checked by imported lists, none imported yet',
      ...{ lastImportedOn: null, checks: [] },
    });
    const page = await edge.get(`public/books/${BOOK}/one-book`);
    const serial = await edge.get(`public/books/${BOOK}/serials/${TOWNSHIP}-2025-G1-1`);
    expect([page.body.uniqueness, serial.body.uniqueness]).toEqual([uniqueness, uniqueness]);
  });

  it('are refused with every row that is wrong, and then nothing is taken in', async () => {
    const csv = listOf({ parcel_code: 'XB00004' }, { to: '2019-12-31' }, { place: 'x', from: '' });
    const { status, body } = await take(csv);
    expect([status, body.code, body.total]).toEqual([422, 'EXTERNAL_LIST_REFUSED', 3]);
    expect(body.errors.map(({ row, column }: { row: number; column: string }) => [row, column])).toEqual([
      [3, 'to'],
      [4, 'place'],
      [4, 'from'],
    ]);
    expect(codeOf(await take(listOf({ parcel_code: 'XB00004' }), { listOn: '2026-03-03' }))).toEqual([
      ...[422, 'EXTERNAL_LIST_TERMS_REFUSED'],
    ]);
    expect((await landOf('XB00004')).landUnits[0].claims).toEqual([]);
  });

  it('are tried first: told whole, with the overlaps, and nothing is recorded', async () => {
    const csv = listOf({ parcel_code: 'XB00004' }, { certificate_no: '林证字00000001' });
    const { status, body } = await take(csv, { dryRun: 'true' });
    expect([status, body]).toMatchObject([
      200,
      {
        ...{ id: null, dryRun: true, format: 'csv', encoding: 'UTF-8', entries: 2, matched: 2, claims: 3 },
        findings: { landHeld: 1, possible: 0 },
        overlaps: [{ row: 3, kind: 'land-held', evidence: { landUnit: 'LU00001' } }],
        summary: { projects: [{ projectNo: 'VCS-77', rows: 2, matched: 2 }], projectsTotal: 1 },
      },
    ]);
    expect(body.summary.lines[0].zh).toBe(
      '清单 2 条，项目 1 个；2 条认出本账簿的林地，占用 3 段无人占用的日期',
    );
    expect((await landOf('XB00004')).landUnits[0].claims).toEqual([]);
    expect((await found('?open=false')).items).toEqual([]);
    expect((await edge.get(at('external-lists'), registrar)).body.items).toEqual([]);
  });

  it('have a template, which comes back filled in as a workbook', async () => {
    const { status, type, body } = await edge.file(at('external-lists/template.xlsx'), registrar);
    expect([status, type]).toEqual([200, XLSX]);
    expect((await take(body, { dryRun: 'true' }, registrar, XLSX)).body).toMatchObject({
      ...{ code: 'EXTERNAL_LIST_REFUSED', errors: [{ code: 'FILE_EMPTY' }] },
    });
    const filled = await workbookOf({
      sheets: {
        清单: sheetOfTexts([
          ['项目编号*', '区划代码*', '小班编号', '计入期起*', '计入期止*'],
          ['VCS-77', VILLAGE, 'XB00004', PERIOD.from, PERIOD.to],
          ['VCS-77', VILLAGE, 'XB00005', '2020/1/1', PERIOD.to],
        ]),
      },
    });
    const refused = await take(filled, { dryRun: 'true' }, registrar, XLSX);
    expect([refused.status, refused.body]).toMatchObject([
      422,
      {
        ...{ total: 1, codes: [{ code: 'DATE_MALFORMED', rows: 1 }] },
        errors: [{ row: 3, column: 'from', value: '2020/1/1', expected: { zh: '写作 2020-01-01' } }],
      },
    ]);
    const json = await edge.post(at('external-lists?registry=VCS&listOn=2026-02-28&source=x'), {}, registrar);
    expect(codeOf(json)).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
  });

  it('hold the land they name by parcel, certificate or land unit, for days that nobody holds', async () => {
    const taken = await take(
      listOf(
        { parcel_code: 'XB00004' },
        { certificate_no: '林证字00000001' },
        { land_unit_code: 'LU00005', project_no: 'VCS-78' },
        { parcel_code: 'XB77777', area_mu: '98.00', place: OTHER_VILLAGE },
        { area_mu: '50.00', place: OTHER_VILLAGE },
      ),
    );
    expect([taken.status, taken.body]).toMatchObject([
      201,
      { entries: 5, matched: 3, claims: 4, findings: { landHeld: 1, possible: 1 } },
    ]);
    expect((await landOf('XB00004')).landUnits).toEqual([
      { landUnit: 'LU00004', claims: [{ ...PERIOD, scheme: 'external:VCS/VCS-77', issuance: null }] },
    ]);
    expect((await landOf('LU00001')).landUnits[0].claims).toEqual([
      { from: '2020-01-01', to: '2024-12-31', scheme: 'external:VCS/VCS-77', issuance: null },
      { from: '2025-01-01', to: '2025-12-31', scheme: 'county-ledger', issuance: `${TOWNSHIP}-2025-g1` },
      { from: '2026-01-01', to: '2039-12-31', scheme: 'external:VCS/VCS-77', issuance: null },
    ]);
  });

  it('become findings with their evidence where the land is held, or only looks like it', async () => {
    const { items } = await found();
    const byKind = new Map(items.map((item: { kind: string }) => [item.kind, item]));
    expect(byKind.get('land-held')).toMatchObject({
      ...{ row: 3, projectNo: 'VCS-77', registry: 'VCS', listOn: '2026-02-28', ...PERIOD },
      evidence: {
        ...{ landUnit: 'LU00001', scheme: externalScheme('VCS', 'VCS-77') },
        held: [
          { from: '2025-01-01', to: '2025-12-31', scheme: 'county-ledger', issuance: `${TOWNSHIP}-2025-g1` },
        ],
      },
    });
    expect(byKind.get('possible')).toMatchObject({ row: 5, evidence: { parcels: 1, examples: ['XB00003'] } });
    expect(items).toHaveLength(2);
    const first = await found('?limit=1');
    const second = await found(`?limit=1&cursor=${first.next}`);
    expect([first.items.length, second.items.length, second.next]).toEqual([1, 1, null]);
  });

  it('keep this book from issuing what they hold', async () => {
    const measured = await edge.post(at('measurements'), { from: '2025-01-01', to: '2025-12-31' }, registrar);
    expect(measured.body).toMatchObject({ parcels: 1, skipped: { measuredBefore: 2, creditedBefore: 2 } });
  });

  it('show the day of the last import wherever something is said to be counted once', async () => {
    const page = await edge.get(`public/books/${BOOK}/one-book`);
    expect(page.body.uniqueness).toEqual({
      zh: '在本账簿内不重复登记；其他登记机构凭导入的清单核对，最近导入：2026-03-02',
      en: 'Counted once within this book; other registries are checked by imported lists, last imported on 2026-03-02',
      lastImportedOn: '2026-03-02',
      checks: [{ registry: 'VCS', listOn: '2026-02-28', importedOn: '2026-03-02' }],
    });
  });

  it('are taken in once, and a newer one adds what is new', async () => {
    const csv = listOf({ parcel_code: 'XB00004' });
    expect((await take(csv, { listOn: '2026-03-01' })).body).toMatchObject({ matched: 1, claims: 0 });
    expect(codeOf(await take(csv, { listOn: '2026-03-01' }))).toEqual([409, 'EXTERNAL_LIST_REPEATED']);
  });

  it('tell when two projects of other registries claim the same land', async () => {
    const taken = await take(listOf({ parcel_code: 'XB00004', project_no: 'GS-1' }), { registry: 'GS' });
    expect(taken.body).toMatchObject({ claims: 0, findings: { landHeld: 1 } });
  });

  it('have their findings cleared by somebody who did not import them, once', async () => {
    const { id } = (await found()).items[0];
    const clear = (body: object, token = reviewer, finding = id) =>
      edge.post(at(`overlap-findings/${finding}/clearance`), body, token);
    expect(codeOf(await clear({ clearance: '电话13912345678核实' }))).toEqual([
      422,
      'PERSONAL_NUMBER_IN_TEXT',
    ]);
    expect(codeOf(await clear({ clearance: '已核实' }, registrar))).toEqual([403, 'POST_REQUIRED']);
    expect((await clear({ clearance: '面积不同，非同一地块' })).status).toBe(201);
    expect(codeOf(await clear({ clearance: '再次' }))).toEqual([409, 'OVERLAP_CLEARED']);
    expect(codeOf(await clear({ clearance: '再次' }, reviewer, 'no-uuid'))).toEqual([404, 'OVERLAP_UNKNOWN']);
    expect((await found()).items).toHaveLength(2);
    expect((await found('?open=false')).items).toHaveLength(3);
  });

  it('let go of land only by an order of two people, and never of what was credited there', async () => {
    const order = { registry: 'VCS', projectNo: 'VCS-77', reason: '清单有误', documentNo: '复函〔2026〕1号' };
    const propose = (body: object) => edge.post(at('external-releases'), body, registrar);
    expect(codeOf(await propose({ ...order, projectNo: 'VCS-0' }))).toEqual([404, 'EXTERNAL_SCHEME_UNKNOWN']);
    const credited = { creditedFrom: '2020-01-01', creditedTo: '2022-12-31' };
    const { body } = await propose({ ...order, ...credited });
    expect((await landOf('XB00004')).landUnits[0].claims).toMatchObject([PERIOD]);
    const decided = await edge.post(at(`external-releases/${body.id}/decision`), {}, reviewer);
    expect(decided.status).toBe(201);
    expect((await landOf('XB00004')).landUnits[0].claims).toMatchObject([
      { from: '2020-01-01', to: '2022-12-31', scheme: 'external:VCS/VCS-77' },
    ]);
    expect((await landOf('LU00001')).landUnits[0].claims).toMatchObject([
      { from: '2020-01-01', to: '2022-12-31' },
      { from: '2025-01-01', to: '2025-12-31', scheme: 'county-ledger' },
    ]);
    expect((await landOf('XB00005')).landUnits[0].claims).toMatchObject([{ scheme: 'external:VCS/VCS-78' }]);
  });

  it('are for those who hold the post, and land that is not there is nobody’s', async () => {
    expect(codeOf(await take(listOf({}), {}, reviewer))).toEqual([403, 'POST_REQUIRED']);
    expect(codeOf(await edge.get(`public/books/${BOOK}/land/XB99999`))).toEqual([404, 'LAND_UNKNOWN']);
    expect(codeOf(await take(listOf({}), { registry: 'a/b' }))).toEqual([422, 'FIELDS_INVALID']);
  });
});
