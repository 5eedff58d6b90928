import { readSheet } from '@app/platform';
import { FundsHttpModule } from '../../apps/api/src/funds/funds-http.module';
import { csvOf, INDICATOR, workbook } from './funds-words';
import { COUNTY, RegistryEdge, TOWN } from './registry-edge';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

describe('sources, indicators and their files over HTTP', () => {
  let edge: RegistryEdge;
  let keeper: string;
  let review: string;
  let auditor: string;

  beforeAll(async () => {
    edge = await RegistryEdge.start([FundsHttpModule]);
    keeper = await edge.staff('indicator-keeper', COUNTY);
    review = await edge.staff('finance-review', COUNTY);
    auditor = await edge.staff('auditor', COUNTY);
  });
  afterAll(() => edge.stop());

  const get = async (path: string, token = auditor) =>
    (await edge.call('GET', `books/county/${path}`, token)).body;
  const post = (path: string, body: object, token = keeper) =>
    edge.call('POST', `books/county/${path}`, token, body);
  const load = (content: string | Buffer, query = '', token = keeper) =>
    edge.sendFile(
      `books/county/indicator-imports${query}`,
      token,
      content,
      typeof content === 'string' ? 'text/csv' : XLSX,
    );

  it('begins with the eight usual sources and takes a fund of the county’s own, by document', async () => {
    const { items } = await get('fund-sources');
    expect(items.map(({ code }: { code: string }) => code)).toEqual([
      ...['central', 'provincial', 'city', 'county', 'donation', 'transfer', 'card-income', 'cross-region'],
    ]);
    const fund = {
      ...{ code: 'central-forestry', kind: 'central', nameZh: '中央林业草原生态保护恢复资金' },
      ...{ nameEn: 'Central forestry fund', from: '2025-01-01', documentNo: '财资环〔2024〕9号' },
    };
    expect((await post('fund-sources', fund)).status).toBe(201);
    expect(await post('fund-sources', fund)).toMatchObject({
      status: 409,
      body: { code: 'FUND_SOURCE_EXISTS' },
    });
    expect(await post('fund-sources', { ...fund, code: 'X' })).toMatchObject({
      ...{ status: 422, body: { code: 'FUNDS_FIELD_WRONG', field: 'code' } },
    });
    expect((await post('fund-sources', { ...fund, code: 'y' }, review)).status).toBe(403);
  });

  it('calls a source otherwise from a day on, and indicators by the name of their day', async () => {
    const name = { nameZh: '省级林业专项', nameEn: 'Provincial forestry', documentNo: '陕财〔2026〕1号' };
    const renamed = await post('fund-sources/provincial/names', { ...name, from: '2026-02-01' });
    expect(renamed).toMatchObject({ status: 201, body: { code: 'provincial' } });
    expect(await post('fund-sources/provincial/names', { ...name, from: '2026-01-01' })).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_IN_FORCE', from: '2026-02-01', documentNo: '陕财〔2026〕1号' },
    });
    expect(await post('fund-sources/nowhere/names', { ...name, from: '2026-03-01' })).toMatchObject({
      ...{ status: 404, body: { code: 'FUND_SOURCE_UNKNOWN' } },
    });
    const { items } = await get('fund-sources');
    expect(items).toContainEqual(expect.objectContaining({ code: 'provincial', nameZh: '省级林业专项' }));
    const draft = { ...INDICATOR, docNo: 'A1', fundSource: 'provincial', amountFen: '300' };
    for (const arrivedOn of ['2026-01-31', '2026-02-01']) {
      expect((await post('indicators', { ...draft, projectCode: arrivedOn, arrivedOn })).status).toBe(201);
    }
    const names = await edge.look<{ name: string }>(
      `SELECT v.name_zh AS name FROM funds.indicator_source v JOIN funds.indicator i ON i.id = v.indicator
        WHERE i.doc_no = 'A1' ORDER BY i.arrived_on`,
    );
    expect(names.map(({ name: called }) => called)).toEqual(['省级财政', '省级林业专项']);
  });

  it('wants a source of every indicator, and one that the book has', async () => {
    expect(await post('indicators', { ...INDICATOR, fundSource: undefined })).toMatchObject({
      ...{ status: 422, body: { code: 'FIELDS_INVALID' } },
    });
    expect(await post('indicators', { ...INDICATOR, fundSource: 'elsewhere' })).toMatchObject({
      status: 404,
      body: { code: 'FUND_SOURCE_UNKNOWN', fundSource: 'elsewhere' },
    });
    expect((await post('indicators', INDICATOR)).status).toBe(201);
    const { items } = await get('fund-sources?year=2026');
    expect(items).toContainEqual(
      expect.objectContaining({
        ...{ code: 'central', indicators: 1, allottedFen: '1000000', availableFen: '1000000', paidFen: '0' },
      }),
    );
    expect((await get('fund-sources?year=2025')).items).toContainEqual(
      expect.objectContaining({ code: 'central', indicators: 0, allottedFen: '0' }),
    );
  });

  it('tells every fault of a file at once with what would be right, and loads none of its rows', async () => {
    const before = (await get('indicators')).items.length;
    const refused = await load(
      csvOf([
        { doc_no: 'F1' },
        { doc_no: 'F2', amount_yuan: '"7,392,575.00"', year: '2026年度' },
        { doc_no: 'F3', arrived_on: '2026/3/1', fund_source: '某某基金' },
        { doc_no: 'F4', function_item: '21106', source_kind: '上年' },
        { doc_no: 'F1' },
        { doc_no: INDICATOR.docNo, project_code: INDICATOR.projectCode, amount_yuan: '0' },
      ]),
    );
    expect(refused).toMatchObject({ status: 422, body: { code: 'IMPORT_REFUSED', total: 8 } });
    expect(
      refused.body.errors.map(
        ({ row, column, code, expected }: { [field: string]: unknown; expected: { zh: string } }) => [
          ...[row, column, code, expected.zh],
        ],
      ),
    ).toEqual([
      [3, 'year', 'NUMBER_WRONG', '写作 2026'],
      [3, 'amount_yuan', 'NUMBER_WRONG', '写作 7392575.00'],
      [4, 'arrived_on', 'DATE_MALFORMED', '写作 2026-03-01'],
      [4, 'fund_source', 'VALUE_UNKNOWN', expect.stringContaining('中央财政（central）')],
      [5, 'source_kind', 'VALUE_UNKNOWN', expect.stringContaining('提前下达')],
      [6, 'doc_no', 'REPEATED_IN_FILE', expect.stringContaining('第 2 行')],
      [7, 'amount_yuan', 'NUMBER_WRONG', expect.stringContaining('大于 0')],
      [7, 'doc_no', 'ALREADY_IN_BOOK', expect.stringContaining('指标调整')],
    ]);
    expect((await get('indicators')).items).toHaveLength(before);
  });

  it('loads a CSV after its dry run, once, for the keeper only', async () => {
    const file = csvOf([{ doc_no: 'F1' }, { doc_no: 'F2', fund_source: 'donation', amount_yuan: '0.01' }]);
    expect(await load(file, '?dryRun=true')).toMatchObject({
      status: 200,
      body: { id: null, rows: 2, totalFen: '739257501', dryRun: true },
    });
    expect((await load(file, '', review)).status).toBe(403);
    expect(await load(file)).toMatchObject({ status: 201, body: { rows: 2, format: 'csv', dryRun: false } });
    expect(await load(file)).toMatchObject({ status: 409, body: { code: 'IMPORT_REPEATED', rows: 2 } });
    const { items } = await get('indicators?docNo=F2');
    expect(items).toMatchObject([{ docNo: 'F2', fundSource: 'donation', availableFen: '1' }]);
    expect(await edge.audited('funds.import-indicators')).toMatchObject([{ dryRun: true }, { rows: 2 }]);
  });

  it('gives a template whose headings it reads back from a workbook', async () => {
    const { bytes } = await edge.download('books/county/indicator-imports/template.xlsx', keeper);
    const sheet = await readSheet(bytes, { rowsMax: 10, columnsMax: 20, notes: ['填写说明'] });
    if (!sheet.ok) throw new Error(sheet.reason.code);
    const headings = sheet.value.rows[0]!.cells.map(String);
    expect(headings[0]).toBe('指标文号*');
    const file = await workbook(headings, [{ doc_no: 'X1', fund_source: '省级林业专项', direct: '是' }]);
    expect(await load(file)).toMatchObject({ status: 201, body: { format: 'xlsx', totalFen: '739257500' } });
    const loaded = (await get('indicator-imports')).items as { rows: number; totalFen: string }[];
    expect(loaded.map(({ rows, totalFen }) => `${rows} ${totalFen}`).sort()).toEqual([
      '1 739257500',
      '2 739257501',
    ]);
  });

  it('lists by year, source, kind and number, a page at a time in an order that stays', async () => {
    const numbers = async (query: string) =>
      (await get(`indicators?${query}`)).items.map(({ docNo }: { docNo: string }) => docNo);
    expect(await numbers('sourceKind=initial')).toEqual(['F1', 'F2', 'X1']);
    expect(await numbers('fundSource=donation')).toEqual(['F2']);
    expect(await numbers('projectCode=2026-02-01')).toEqual(['A1']);
    expect(await numbers('year=2025')).toEqual([]);
    const all = await numbers('');
    const first = await get('indicators?limit=2');
    const rest = await get(`indicators?limit=500&cursor=${first.next}`);
    expect([...first.items, ...rest.items].map(({ docNo }) => docNo)).toEqual(all);
    expect(rest.next).toBeNull();
    for (const query of ['limit=0', 'limit=501', 'year=26', 'cursor=x', 'sourceKind=gift']) {
      expect((await edge.call('GET', `books/county/indicators?${query}`, auditor)).status).toBe(422);
    }
  });

  it('lists what lies idle by the book’s clock, the longest first, and in a workbook', async () => {
    const limit = { days: 60, from: '2026-01-01', documentNo: '县财〔2026〕2号' };
    expect((await post('day-limits/idle', limit)).status).toBe(403);
    expect((await post('day-limits/idle', limit, review)).status).toBe(201);
    expect(await post('day-limits/idle', { ...limit, days: 30 }, review)).toMatchObject({
      ...{ status: 409, body: { code: 'ALREADY_IN_FORCE' } },
    });
    expect((await post('day-limits/never', limit, review)).status).toBe(404);
    const { day, limit: held, items } = await get('idle-funds');
    expect(held).toMatchObject({ days: 60, documentNo: '县财〔2026〕2号' });
    const days = items.map(({ idleDays }: { idleDays: number }) => idleDays);
    expect(days).toEqual([...days].sort((a, b) => b - a));
    for (const { arrivedOn, idleDays, overLimit } of items) {
      const passed = (Date.parse(day) - Date.parse(arrivedOn)) / 86_400_000;
      expect({ idleDays, overLimit }).toEqual({ idleDays: passed, overLimit: passed > 60 });
    }
    const { bytes, headers } = await edge.download('books/county/idle-funds.xlsx', auditor);
    expect(headers.get('content-disposition')).toContain(`idle-funds-610924-${day}.xlsx`);
    const sheet = await readSheet(bytes, { rowsMax: 100, columnsMax: 20 });
    if (!sheet.ok) throw new Error(sheet.reason.code);
    expect(sheet.value.rows).toHaveLength(items.length + 1);
    expect(sheet.value.rows[1]!.cells).toEqual(expect.arrayContaining([items[0].docNo, String(days[0])]));
  });

  it('keeps all of it from who has no post here', async () => {
    const town = await edge.staff('indicator-keeper', TOWN);
    expect((await post('indicators', INDICATOR, town)).status).toBe(403);
    const clerk = await edge.staff('village-clerk', COUNTY);
    for (const path of ['indicators', 'fund-sources', 'idle-funds', 'indicator-imports']) {
      expect((await edge.call('GET', `books/county/${path}`, clerk)).status).toBe(403);
    }
  });
});
