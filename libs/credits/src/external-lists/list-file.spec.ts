import { LIST_COLUMNS, readList } from './list-file';
import { listSummaryOf } from './list-summary.rules';

const HEADER = LIST_COLUMNS.join(',');
const GOOD = 'VCS-77,610924100001,,林证字1,XB00001,,12.30,2024-01-01,2043-12-31';
const read = (text: string) => readList(Buffer.from(text));
const faultsOf = async (...rows: string[]) =>
  (await read([HEADER, ...rows].join('\n'))).errors.map(({ row, column, code }) => [row, column, code]);
const ENTRY = {
  ...{ row: 2, projectNo: 'VCS-77', place: '610924100001', unitNo: null, certificateNo: '林证字1' },
  ...{ parcelCode: 'XB00001', landUnitCode: null, areaMu100: 1230n },
  ...{ from: '2024-01-01', to: '2043-12-31' },
};

describe('a list of another registry', () => {
  it('gives its entries with the row a spreadsheet shows', async () => {
    expect(await read(`\uFEFF${HEADER}\r\n${GOOD}\r\n`)).toMatchObject({
      ...{ total: 0, format: 'csv', encoding: 'UTF-8', entries: [ENTRY] },
    });
  });

  it('may have the headings of people, in any order, and leave out what it does not know', async () => {
    const text = '计入期止,区划代码,项目编号*,计入期起\n2043-12-31,610924100001,VCS-77,2024-01-01\n';
    const { entries } = await read(text);
    const unknown = { certificateNo: null, parcelCode: null, areaMu100: null };
    expect(entries).toEqual([{ ...ENTRY, ...unknown }]);
  });

  it('is refused with every fault of every row in one pass, and then gives none', async () => {
    const rows = [
      GOOD,
      'VCS-77,61092,,,=1+1,,0,2024-02-30,2043-12-31',
      ',610924,,,,,,2024-01-01,2023-12-31',
      'A,610924,,,13912345678,,,2024-01-01,2024-12-31',
      'A,610924',
      GOOD,
      'A,610924,,,,,,2024/1/2,2024-01-01',
      'A,610924,,,,,,2024-01-02,2024-01-01',
      'A,610924,,,,,,1890-01-02,2024-01-01',
    ];
    expect(await faultsOf(...rows)).toEqual([
      [3, 'place', 'REGION_MALFORMED'],
      [3, 'parcel_code', 'CELL_FORMULA'],
      [3, 'area_mu', 'AREA_NOT_POSITIVE'],
      [3, 'from', 'DATE_MALFORMED'],
      [4, 'project_no', 'CELL_EMPTY'],
      [5, 'parcel_code', 'PERSONAL_NUMBER_AS_CODE'],
      [6, null, 'ROW_LENGTH'],
      [7, null, 'REPEATED_IN_FILE'],
      [8, 'from', 'DATE_MALFORMED'],
      [9, 'to', 'DAYS_REVERSED'],
      [10, 'from', 'DATE_MALFORMED'],
    ]);
    const { entries, errors } = await read([HEADER, ...rows].join('\n'));
    expect(entries).toEqual([]);
    expect(errors.find(({ row }) => row === 8)?.expected.zh).toBe('写作 2024-01-02');
    expect(JSON.stringify(errors)).not.toContain('13912345678');
  });

  it.each([
    ['', 1, 'FILE_EMPTY'],
    ['a,b\n1,2', 1, 'COLUMN_MISSING'],
    [HEADER, 1, 'FILE_EMPTY'],
    [`${HEADER}\n"VCS`, 2, 'CSV_MALFORMED'],
    [`${HEADER}\n${`${GOOD}\n`.repeat(10_001)}`, 10_002, 'FILE_TOO_LONG'],
  ])('is no list: %#', async (text, row, code) => {
    expect((await read(text)).errors).toEqual(
      expect.arrayContaining([expect.objectContaining({ row, code }) as unknown]),
    );
  });

  it('is told by project, with what is to be looked into', async () => {
    const { entries } = await read([HEADER, GOOD, 'A-1,610924,,,,,,2024-01-01,2024-12-31'].join('\n'));
    const { lines, projects } = listSummaryOf(entries, new Set([2]), { claims: 1, landHeld: 0, possible: 1 });
    expect(projects).toEqual([
      { projectNo: 'A-1', rows: 1, matched: 0, areaMu100: 0n },
      { projectNo: 'VCS-77', rows: 1, matched: 1, areaMu100: 1230n },
    ]);
    expect(lines.map(({ zh }) => zh)).toEqual([
      '清单 2 条，项目 2 个；1 条认出本账簿的林地，占用 1 段无人占用的日期',
      '待核对：0 处林地的日期已被占用，1 条只是区划和面积相近',
      '项目 A-1：1 条，认出 0 条',
      '项目 VCS-77：1 条，认出 1 条，列明 12.30 亩',
    ]);
  });
});
