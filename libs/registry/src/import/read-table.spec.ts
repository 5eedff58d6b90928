import { createHash } from 'node:crypto';

import { sheetOfTexts, workbookOf } from '../../../../test/support/workbooks';
import { ImportErrors } from './import-error';
import { readTable, ROWS_MAX, type ImportTable } from './read-table';
import { TableColumns } from './table-header';

const HEADINGS: Readonly<Record<string, string>> = { name: '名称', note: '备注', more: '其他' };
const COLUMNS = new TableColumns(['name', 'note'], [], (column) => HEADINGS[column] ?? column);
const read = (content: string | Buffer, columns = COLUMNS): Promise<ImportTable> =>
  readTable(Buffer.from(content), columns);
const cellsOf = (file: ImportTable) => file.rows.map(({ row, cells }) => [row, ...cells]);
const errorsOf = (file: ImportTable) => file.errors.first.map(({ row, column, code }) => [row, column, code]);
/** 姓名 in GB18030. */
const GB18030_NAME = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]);

describe('a CSV file', () => {
  it('reads the same with BOM and CRLF as without', async () => {
    const plain = await read('name,note\n甲,1\n乙,2\n');
    const windows = await read('\ufeffname,note\r\n甲,1\r\n乙,2\r\n');
    expect(cellsOf(plain)).toEqual([
      [2, '甲', '1'],
      [3, '乙', '2'],
    ]);
    expect(cellsOf(windows)).toEqual(cellsOf(plain));
    expect(windows.errors.total).toBe(0);
  });

  it('keeps commas and doubled quotes inside quotes', async () => {
    expect(cellsOf(await read('name,note\n"甲,乙","他说""好"""\n'))).toEqual([[2, '甲,乙', '他说"好"']]);
  });

  it('counts rows as a spreadsheet does: empty ones count and are passed over', async () => {
    expect(cellsOf(await read('name,note\n\n甲,1\n,\n乙,2\n'))).toEqual([
      [3, '甲', '1'],
      [5, '乙', '2'],
    ]);
  });

  it('takes white space off every cell', async () => {
    expect(cellsOf(await read('name,note\n\u3000甲 , "\u30001 "\n'))).toEqual([[2, '甲', '1']]);
  });

  it('is known by the digest of its bytes', async () => {
    const bytes = Buffer.from('\ufeffname,note\r\n甲,1\r\n');
    expect((await read(bytes)).sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('names every column that is missing, unknown or there twice', async () => {
    expect(errorsOf(await read('name,nota\n甲,1\n'))).toEqual([
      [1, 'note', 'COLUMN_MISSING'],
      [1, 'nota', 'COLUMN_UNKNOWN'],
    ]);
    expect(errorsOf(await read('name,note,name\n甲,1,乙\n'))).toEqual([[1, 'name', 'COLUMN_REPEATED']]);
  });

  it('says what the header should be in both languages', async () => {
    expect((await read('name\n甲\n')).errors.first[0]?.expected).toEqual({
      zh: '第一行应为：name,note，或模板中的中文表头',
      en: 'the first row is: name,note; or the headings of the template',
    });
  });

  it('with a row too long or too short names the row and still reads the others', async () => {
    const file = await read('name,note\n甲\n乙,2\n丙,3,4\n');
    expect(errorsOf(file)).toEqual([
      [2, null, 'ROW_LENGTH'],
      [4, null, 'ROW_LENGTH'],
    ]);
    expect(cellsOf(file)).toEqual([[3, '乙', '2']]);
  });

  it('of GB18030 is read, and says so', async () => {
    const bytes = Buffer.concat([Buffer.from('name,note\nA,1\n'), GB18030_NAME, Buffer.from(',2\n')]);
    const file = await read(bytes);
    expect([file.encoding, ...cellsOf(file)]).toEqual(['GB18030', [2, 'A', '1'], [3, '姓名', '2']]);
    expect((await read('name,note\n甲,1\n')).encoding).toBe('UTF-8');
  });

  it('of UTF-8 with a damaged line is not taken for GB18030', async () => {
    const file = await read(Buffer.concat([Buffer.from('name,note\n甲,1\n乙,2\n'), GB18030_NAME]));
    expect(errorsOf(file)).toEqual([[4, null, 'FILE_NOT_UTF8']]);
    expect(file.rows).toEqual([]);
  });

  it('may have its columns in any order, by either name, the optional ones or not', async () => {
    expect(cellsOf(await read('备注*,name\n1,甲\n'))).toEqual([[2, '甲', '1']]);
    const columns = new TableColumns(
      ['name', 'note', 'more'],
      ['more'],
      (column) => HEADINGS[column] ?? column,
    );
    expect(cellsOf(await read('name,note\n甲,1\n', columns))).toEqual([[2, '甲', '1', '']]);
    expect(cellsOf(await read('其他,name,note\nx,甲,1\n', columns))).toEqual([[2, '甲', '1', 'x']]);
  });

  it('with digits of full width has digits', async () => {
    expect(cellsOf(await read('name,note\n甲（一）,１２．３０\nＡ,ｘ－１\n'))).toEqual([
      [2, '甲（一）', '12.30'],
      [3, 'A', 'x-1'],
    ]);
  });

  it('of UTF-16 is recognised by its mark', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('name,note\n', 'utf16le')]);
    expect((await read(bytes)).errors.first[0]?.expected.en).toContain('UTF-16');
  });

  it.each([
    ['line feeds', '\na'],
    ['commas', ',a'],
  ])('of tens of millions of %s is refused before it is parsed', async (_what, piece) => {
    const before = performance.now();
    const file = await read(`name,note${piece.repeat(20_000_000)}`);
    expect(errorsOf(file)).toEqual([[ROWS_MAX + 2, null, 'FILE_TOO_LONG']]);
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  it.each([
    ['', 'FILE_EMPTY'],
    ['\ufeff\n', 'FILE_EMPTY'],
    ['name,note\n', 'FILE_EMPTY'],
    ['name,note\n"甲,1\n', 'CSV_MALFORMED'],
    ['name,note\n甲"乙,1\n', 'CSV_MALFORMED'],
  ])('with %j is refused as %s', async (content, code) => {
    expect(errorsOf(await read(content)).map(([, , found]) => found)).toEqual([code]);
  });

  it('whose quote is not closed names the row where it opens', async () => {
    expect(errorsOf(await read('name,note\n甲,1\n"乙,2\n丙,3\n'))).toEqual([[3, null, 'CSV_MALFORMED']]);
  });

  it('has at most 100,000 rows', async () => {
    const most = `name,note\n${'a,1\n'.repeat(ROWS_MAX)}`;
    expect((await read(most)).rows).toHaveLength(ROWS_MAX);
    expect(errorsOf(await read(`${most}b,2\n`))).toEqual([[ROWS_MAX + 2, null, 'FILE_TOO_LONG']]);
    expect((await read(`${most}${',\n'.repeat(1_000_000)}`)).rows).toHaveLength(ROWS_MAX);
  });
});

describe('a workbook', () => {
  it('reads into the same rows as a CSV file', async () => {
    const bytes = await workbookOf({
      sheets: {
        表: sheetOfTexts([
          ['名称', '备注'],
          [' 甲 ', '１'],
          ['', ''],
          ['乙', ''],
        ]),
      },
    });
    const file = await read(bytes);
    expect([file.format, file.encoding, file.errors.total]).toEqual(['xlsx', null, 0]);
    expect(cellsOf(file)).toEqual([
      [2, '甲', '1'],
      [4, '乙', ''],
    ]);
  });

  it('names the columns of its faults, and every other fault with them', async () => {
    const rows = [
      ['名称', 'note'],
      ['<c r="A2"><f>1</f></c>', '1'],
      ['甲', '1', 'x'],
    ];
    const file = await read(await workbookOf({ sheets: { 表: sheetOfTexts(rows) } }));
    expect(errorsOf(file)).toEqual([
      [2, 'name', 'CELL_FORMULA'],
      [3, null, 'CELL_OUTSIDE'],
    ]);
    expect(cellsOf(file)).toEqual([[2, null, '1']]);
  });

  it('that cannot be read is refused as a whole', async () => {
    const old = Buffer.from('d0cf11e0a1b11ae100000000', 'hex');
    expect(errorsOf(await read(old))).toEqual([[1, null, 'FILE_OLD_OR_ENCRYPTED']]);
  });
});

describe('the errors of a file', () => {
  const PROBLEM = { code: 'VALUE_UNKNOWN', expected: { zh: '对', en: 'right' } } as const;
  const valueShown = (column: string, value: string): string | null => {
    const errors = new ImportErrors();
    errors.add({ row: 2, column, value }, PROBLEM);
    return errors.first[0]!.value;
  };

  it('come by row, the first 200 of all that were counted', async () => {
    const errors = new ImportErrors();
    for (let row = 300; row > 1; row -= 1) errors.add({ row, column: 'name', value: 'x' }, PROBLEM);
    expect(errors.total).toBe(299);
    expect(errors.first).toHaveLength(200);
    expect(errors.first[0]?.row).toBe(2);
  });

  it('mask personal numbers by column, and by shape under a wrong heading', async () => {
    expect(valueShown('id_number', '11010519491231002X')).toBe('110105********002X');
    expect(valueShown('phone', '13812345678')).toBe('138****5678');
    expect(valueShown('bank_account', '6217990000000001234')).toBe('**** 1234');
    expect(valueShown('name', '张三11010519491231002X')).toBe('张三110105********002X');
    expect(valueShown('region_code', '6217990000000001234')).toBe('**** 1234');
    expect(valueShown('external_no', '13812345678')).toBe('138****5678');
    expect(valueShown('parcel_code', '6109241000010010012')).toBe('6109241000010010012');
  });
});
