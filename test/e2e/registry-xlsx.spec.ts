import { consent, csv, HEADERS, household, parcel, right, OTHER_VILLAGE } from '../invariants/registry-book';
import { sheetOfTexts, textsOfCsv, workbookOf, type WorkbookWish } from '../support/workbooks';
import { OTHER_TOWN, RegistryEdge, TOWN } from './registry-edge';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const KINDS = ['parties', 'parcels', 'rights', 'consents'] as const;
type Kind = (typeof KINDS)[number];

/** A parcel of which all is known that a bureau may know. */
const SURVEYED = {
  ...parcel(60),
  ...{
    land_kind: '乔木林地',
    forest_use: 'protection',
    forest_subuse: '水源涵养林',
    forest_category: '公益林',
  },
  ...{ national_protection: '2', programme: '天然林保护', origin_detail: '天然', dominant_species: '马尾松' },
  ...{ canopy: '0.65', volume_m3: '83.125', land_protection: '2', land_tenure: '集体', tree_tenure: '个人' },
  ...{ operator_kind: '农户', sink_zone: '是', compartment: '012', sub_compartment: '3', patch: '1' },
  ...{ map_patch_no: 'T0012', land_parcel_code: '610924100001JB00001' },
  ...{ real_estate_unit_no: '610924100001JB00001L00000001' },
  ...{ real_estate_certificate_no: '陕(2023)紫阳县不动产权第0001234号', certificate_area_mu: '12.00' },
};

describe('workbooks of the registry over HTTP', () => {
  let edge: RegistryEdge;
  let administrator: string;
  let otherAdministrator: string;
  let handler: string;

  beforeAll(async () => {
    edge = await RegistryEdge.start();
    administrator = await edge.staff('administrator', '610924');
    otherAdministrator = await edge.staff('administrator', '610921', 'other');
    ({ handler } = await edge.loadCounty());
  });
  afterAll(() => edge.stop());

  const send = async (kind: Kind, wish: WorkbookWish | Buffer, query = '', token = administrator) =>
    edge.upload(kind, token, Buffer.isBuffer(wish) ? wish : await workbookOf(wish), query, XLSX);
  const workbook = (kind: Kind, rows: Parameters<typeof csv>[1], after = ''): WorkbookWish => ({
    sheets: { 表: sheetOfTexts(textsOfCsv(csv(kind, rows)), after) },
  });
  const download = (path: string, token = administrator) =>
    edge.download(`books/county/exports/${path}`, token);

  it('load as CSV files do, with what they do told before', async () => {
    const file = workbook('parcels', [parcel(70), parcel(71, { forest_class: 'tea', area_mu: '1.05' })]);
    const dry = await send('parcels', file, '?dryRun=true');
    expect(dry).toMatchObject({
      status: 200,
      body: { id: null, rows: 2, format: 'xlsx', encoding: null, dryRun: true, summary: { groupsTotal: 2 } },
    });
    const [head, units, group] = dry.body.summary.lines as { zh: string; en: string }[];
    expect(head?.zh).toBe('新增小班 2 个，共 13.35 亩，其中已确权且在补偿范围内的 2 个');
    expect(units?.en).toBe('land units: 2 new, 0 that the book has');
    expect(group?.zh).toMatch(/（610924100001）：阔叶林 1，12.30 亩$/);
    expect(dry.body.summary.groups[1]).toMatchObject({ word: 'tea', rows: 1, areaMu100: '105' });
    expect((await send('parcels', file)).status).toBe(201);
  });

  it('tell what differs from the book, which a file never changes', async () => {
    const refused = await send('parcels', workbook('parcels', [parcel(70), parcel(71, { area_mu: '2' })]));
    expect(refused.body).toMatchObject({
      code: 'IMPORT_REFUSED',
      total: 2,
      codes: [{ code: 'ALREADY_IN_BOOK', rows: 2 }],
    });
    expect(refused.body.errors.map(({ expected }: { expected: { en: string } }) => expected.en)).toEqual([
      'a parcel the book does not have yet; the book has it, the same: take the row out',
      'a parcel the book does not have yet; the book has it with area_mu 1.05, forest_class tea; a change is an order',
    ]);
    expect(refused.body.summary.lines[2].zh).toBe('账中已有的小班 2 个，不会改动');
  });

  it('in Chinese headings and words load too, days and numbers as a spreadsheet keeps them', async () => {
    const headings = ['小班编号', '权利人编号', '权利类型', '份额（%）', '起始日期', '截止日期', '依据文号'];
    const cells = [
      'XB00070',
      'HH00001',
      '经营权',
      '<c r="D2"><v>50</v></c>',
      '<c r="E2" s="1"><v>43831</v></c>',
      '',
      '合同1号',
    ];
    const wish = {
      sheets: { 表: sheetOfTexts([headings, cells]) },
      styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
    };
    expect(await send('rights', wish)).toMatchObject({ status: 201, body: { rows: 1 } });
    const { bytes } = await download('rights.csv');
    expect(bytes.toString()).toContain('\r\nXB00070,HH00001,management,50,2020-01-01,,合同1号\r\n');
  });

  describe('that are hostile are refused by name and load nothing:', () => {
    const good = () => workbook('parties', [household(80)]);
    const first = sheetOfTexts([HEADERS.parties.split(',')]);
    const cases: readonly (readonly [string, () => WorkbookWish | Buffer, string, number])[] = [
      ['one with macros', () => ({ ...good(), parts: { 'xl/vbaProject.bin': 'x' } }), 'FILE_MACROS', 1],
      [
        'one with links to other files',
        () => ({ ...good(), parts: { 'xl/externalLinks/e.xml': '<x/>' } }),
        'FILE_EXTERNAL_LINKS',
        1,
      ],
      [
        'one that unpacks to eight megabytes',
        () => ({ sheets: { 表: ' '.repeat(2 ** 23) } }),
        'FILE_ZIP_BOMB',
        1,
      ],
      ['an old or encrypted one', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'FILE_OLD_OR_ENCRYPTED', 1],
      [
        'one with a document type',
        () => ({ ...good(), parts: { 'xl/worksheets/sheet1.xml': '<!DOCTYPE a><worksheet/>' } }),
        'FILE_DTD',
        1,
      ],
      ['one cut in half', () => Buffer.from('504b0304aaaa', 'hex'), 'FILE_DAMAGED', 1],
      [
        'one with merged cells',
        () => workbook('parties', [household(80)], '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'),
        'CELLS_MERGED',
        2,
      ],
      [
        'one with data on two sheets',
        () => ({ sheets: { ...good().sheets, 另: first } }),
        'SHEETS_SEVERAL',
        1,
      ],
      ['one with headings only', () => ({ sheets: { 表: first } }), 'FILE_EMPTY', 1],
    ];
    it.each(cases)('%s', async (_what, wish, code, row) => {
      const answer = await send('parties', wish());
      expect([answer.status, answer.body.code]).toEqual([422, 'IMPORT_REFUSED']);
      expect(answer.body.errors).toEqual([
        expect.objectContaining({ code, row, expected: { zh: expect.any(String), en: expect.any(String) } }),
      ]);
    });

    it('one with a formula, a rounded ID number, a hidden row and a day in another form, all told at once', async () => {
      const [header, ...rows] = textsOfCsv(csv('parties', [household(80), household(81), household(82)]));
      rows[0]![4] = '<c r="E2"><v>6.1092419500101099E+17</v></c>';
      rows[1]![2] = '<c r="C3" t="str"><f>"测"&amp;"试"</f><v>测试</v></c>';
      const xml = sheetOfTexts([header!, ...rows]).replace('<row r="4"', '<row r="4" hidden="1"');
      const answer = await send('parties', { sheets: { 表: xml } });
      const told = answer.body.errors.map(({ row, column, code }: Record<string, unknown>) => [
        row,
        column,
        code,
      ]);
      expect(told).toEqual([
        [2, 'id_number', 'CELL_NUMBER_ROUNDED'],
        [3, 'name', 'CELL_FORMULA'],
        [4, null, 'ROW_HIDDEN'],
      ]);
      const days = await send('consents', workbook('consents', [consent(1, { signed_on: '2026/1/5' })]));
      expect(days.body.errors).toMatchObject([
        { row: 2, column: 'signed_on', code: 'DATE_MALFORMED', expected: { zh: '写作 2026-01-05' } },
      ]);
    });
  });

  it('with three bad rows among many name the three in one pass and load nothing', async () => {
    const bad: Record<number, Record<string, string>> = {
      200: { area_mu: '0' },
      1_100: { forest_class: 'pine' },
      1_999: { village_code: '610924999999' },
    };
    const rows = Array.from({ length: 2_000 }, (_, index) => parcel(10_000 + index, bad[index] ?? {}));
    const answer = await send('parcels', workbook('parcels', rows));
    expect(answer.body.errors.map(({ row, column }: Record<string, unknown>) => [row, column])).toEqual([
      [202, 'area_mu'],
      [1_102, 'forest_class'],
      [2_001, 'village_code'],
    ]);
    const { bytes } = await download('parcels.csv');
    expect(bytes.toString()).not.toContain('XB10000');
  });

  describe('an export', () => {
    it('goes into an empty book and comes out of it the same, as CSV byte by byte and as a workbook', async () => {
      const surveyed = await send('parcels', {
        sheets: { 表: sheetOfTexts([Object.keys(SURVEYED), Object.values(SURVEYED)]) },
      });
      expect(surveyed.status).toBe(201);
      const fresh = await RegistryEdge.start();
      try {
        const newcomer = await fresh.staff('administrator', '610924');
        for (const [index, kind] of KINDS.entries()) {
          const isCsv = index % 2 === 0;
          const { bytes } = await download(`${kind}.${isCsv ? 'csv' : 'xlsx'}?personal=whole`);
          const loaded = await fresh.upload(kind, newcomer, bytes, '', isCsv ? 'text/csv' : XLSX);
          expect([kind, loaded.status]).toEqual([kind, 201]);
        }
        for (const kind of KINDS) {
          for (const format of ['csv', 'xlsx']) {
            const path = `${kind}.${format}?personal=whole`;
            const here = await download(path);
            const there = await fresh.download(`books/county/exports/${path}`, newcomer);
            expect([path, there.bytes.equals(here.bytes)]).toEqual([path, true]);
          }
        }
      } finally {
        await fresh.stop();
      }
    });

    it('masks what is personal unless whole is asked for by who may', async () => {
      const masked = (await download('parties.csv', handler)).bytes.toString();
      expect(masked).toContain('HH00001,household,测试户1,610924100001,610924********');
      expect(masked).toContain('**** 0001');
      expect(masked).not.toContain(household(1).bank_account);
      expect(masked).not.toContain(household(1).phone);
      const whole = await download('parties.csv?personal=whole');
      expect(whole.bytes.toString()).toContain(`${household(1).id_number},${household(1).phone}`);
      const refused = await edge.call('GET', 'books/county/exports/parties.csv?personal=whole', handler);
      expect([refused.status, refused.body.code]).toEqual([403, 'POST_REQUIRED']);
      const audited = await edge.audited('registry.export-parties');
      expect(audited.at(-1)).toMatchObject({ kind: 'parties', personal: 'whole' });
    });

    it('shows only what lies in the reader’s regions', async () => {
      const town = await edge.staff('town-finance', TOWN);
      const other = await edge.staff('town-finance', OTHER_TOWN);
      const own = (await download('parties.csv', town)).bytes.toString();
      const theirs = (await download('parties.csv', other)).bytes.toString();
      expect([own.includes(OTHER_VILLAGE), theirs.includes(OTHER_VILLAGE)]).toEqual([false, true]);
      const beyond = await edge.call('GET', `books/county/exports/parties.csv?region=${OTHER_TOWN}`, town);
      expect([beyond.status, beyond.body.code]).toEqual([403, 'POST_REQUIRED']);
      const foreign = await edge.call('GET', 'books/county/exports/parties.csv', otherAdministrator);
      expect(foreign.status).toBe(403);
    });

    it('of a day has the rights that held on it, without a day all of them', async () => {
      const lines = async (query: string) =>
        (await download(`rights.csv${query}`)).bytes.toString().split('\r\n');
      const ended = 'XB00003,HH00001,management,100,2020-01-01,2025-12-31,合同1号';
      expect((await lines('')).includes(ended)).toBe(true);
      expect((await lines('?day=2025-12-31')).includes(ended)).toBe(true);
      expect((await lines('?day=2026-01-01')).includes(ended)).toBe(false);
    });

    it('of no such file, day or region says what would be right', async () => {
      const answers = [];
      for (const path of [
        'people.csv',
        'parties.pdf',
        'parties',
        'rights.csv?day=2026',
        'rights.csv?region=x',
      ]) {
        const { status, body } = await edge.call('GET', `books/county/exports/${path}`, administrator);
        answers.push([path, status, body.code]);
      }
      expect(answers).toEqual([
        ['people.csv', 404, 'EXPORT_UNKNOWN'],
        ['parties.pdf', 404, 'EXPORT_UNKNOWN'],
        ['parties', 404, 'EXPORT_UNKNOWN'],
        ['rights.csv?day=2026', 422, 'FIELDS_INVALID'],
        ['rights.csv?region=x', 422, 'FIELDS_INVALID'],
      ]);
      expect((await edge.call('GET', 'books/county/exports/parties.csv')).status).toBe(401);
    });
  });

  it('a template is filled in and loads as it is', async () => {
    for (const kind of KINDS) {
      const template = await edge.download(`books/county/imports/${kind}/template.xlsx`, handler);
      expect([kind, template.status, template.headers.get('content-type')]).toEqual([kind, 200, XLSX]);
      // Nothing but the heading is in it: the sheet that explains is passed over.
      const empty = await send(kind, template.bytes);
      expect(empty.body.errors).toMatchObject([{ row: 1, code: 'FILE_EMPTY' }]);
    }
    const clerk = await edge.staff('card-operator', '610924');
    expect((await edge.download('books/county/imports/parties/template.xlsx', clerk)).status).toBe(403);
  });

  it('a right is loaded whose parcel and party came from workbooks', async () => {
    await send('parties', workbook('parties', [household(90)]));
    await send('parcels', workbook('parcels', [parcel(90)]));
    const answer = await send('rights', workbook('rights', [right(90, 90, { share_percent: '60' })]));
    expect(answer.status).toBe(201);
    expect(answer.body.summary.lines.map(({ en }: { en: string }) => en)).toEqual([
      '1 new shares of 1 parcels, held by 1 parties',
      'the shares of 1 rights stay below 100 %',
      '610924100001 (610924100001): 1 management',
    ]);
  });
});
