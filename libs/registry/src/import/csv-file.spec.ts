import { createHash } from 'node:crypto';

import { readCsv, ROWS_MAX, type CsvFile } from './csv-file';
import { ImportErrors } from './import-error';

const COLUMNS = ['name', 'note'];
const read = (content: string | Buffer): CsvFile => readCsv(Buffer.from(content), COLUMNS);
const cellsOf = (file: CsvFile) => file.rows.map(({ row, cells }) => [row, ...cells]);
const errorsOf = (file: CsvFile) => file.errors.first.map(({ row, column, code }) => [row, column, code]);
/** 姓名 in GB18030. */
const GB18030_NAME = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]);

describe('a CSV file', () => {
  it('reads the same with BOM and CRLF as without', () => {
    const plain = read('name,note\n甲,1\n乙,2\n');
    const windows = read('\ufeffname,note\r\n甲,1\r\n乙,2\r\n');
    expect(cellsOf(plain)).toEqual([
      [2, '甲', '1'],
      [3, '乙', '2'],
    ]);
    expect(cellsOf(windows)).toEqual(cellsOf(plain));
    expect(windows.errors.total).toBe(0);
  });

  it('keeps commas and doubled quotes inside quotes', () => {
    expect(cellsOf(read('name,note\n"甲,乙","他说""好"""\n'))).toEqual([[2, '甲,乙', '他说"好"']]);
  });

  it('counts rows as a spreadsheet does: empty ones count and are passed over', () => {
    expect(cellsOf(read('name,note\n\n甲,1\n,\n乙,2\n'))).toEqual([
      [3, '甲', '1'],
      [5, '乙', '2'],
    ]);
  });

  it('takes white space off every cell', () => {
    expect(cellsOf(read('name,note\n\u3000甲 , "\u30001 "\n'))).toEqual([[2, '甲', '1']]);
  });

  it('is known by the digest of its bytes', () => {
    const bytes = Buffer.from('\ufeffname,note\r\n甲,1\r\n');
    expect(readCsv(bytes, COLUMNS).sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('names every column that is missing, unknown or there twice', () => {
    expect(errorsOf(read('name,nota\n甲,1\n'))).toEqual([
      [1, 'note', 'COLUMN_MISSING'],
      [1, 'nota', 'COLUMN_UNKNOWN'],
    ]);
    expect(errorsOf(read('name,note,name\n甲,1,乙\n'))).toEqual([[1, 'name', 'COLUMN_REPEATED']]);
    expect(errorsOf(read('note,name\n1,甲\n'))).toEqual([[1, null, 'COLUMN_ORDER']]);
  });

  it('says what the header should be in both languages', () => {
    expect(read('name\n甲\n').errors.first[0]?.expected).toEqual({
      zh: '第一行应为：name,note',
      en: 'the first row is: name,note',
    });
  });

  it('with a row too long or too short names the row and still reads the others', () => {
    const file = read('name,note\n甲\n乙,2\n丙,3,4\n');
    expect(errorsOf(file)).toEqual([
      [2, null, 'ROW_LENGTH'],
      [4, null, 'ROW_LENGTH'],
    ]);
    expect(cellsOf(file)).toEqual([[3, '乙', '2']]);
  });

  it('that is not UTF-8 names the line and guesses GB18030', () => {
    const bytes = Buffer.concat([Buffer.from('name,note\nA,1\n'), GB18030_NAME, Buffer.from(',2\n')]);
    const file = read(bytes);
    expect(errorsOf(file)).toEqual([[3, null, 'FILE_NOT_UTF8']]);
    expect(file.errors.first[0]?.expected.zh).toContain('GB18030');
    expect(file.rows).toEqual([]);
  });

  it('of UTF-16 is recognised by its mark', () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('name,note\n', 'utf16le')]);
    expect(read(bytes).errors.first[0]?.expected.en).toContain('UTF-16');
  });

  it.each([
    ['line feeds', '\na'],
    ['commas', ',a'],
  ])('of tens of millions of %s is refused before it is parsed', (_what, piece) => {
    const before = performance.now();
    const file = read(`name,note${piece.repeat(20_000_000)}`);
    expect(errorsOf(file)).toEqual([[ROWS_MAX + 2, null, 'FILE_TOO_LONG']]);
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  it.each([
    ['', 'FILE_EMPTY'],
    ['\ufeff\n', 'FILE_EMPTY'],
    ['name,note\n', 'FILE_EMPTY'],
    ['name,note\n"甲,1\n', 'CSV_MALFORMED'],
    ['name,note\n甲"乙,1\n', 'CSV_MALFORMED'],
  ])('with %j is refused as %s', (content, code) => {
    expect(errorsOf(read(content)).map(([, , found]) => found)).toEqual([code]);
  });

  it('whose quote is not closed names the row where it opens', () => {
    expect(errorsOf(read('name,note\n甲,1\n"乙,2\n丙,3\n'))).toEqual([[3, null, 'CSV_MALFORMED']]);
  });

  it('has at most 100,000 rows', () => {
    const most = `name,note\n${'a,1\n'.repeat(ROWS_MAX)}`;
    expect(read(most).rows).toHaveLength(ROWS_MAX);
    expect(errorsOf(read(`${most}b,2\n`))).toEqual([[ROWS_MAX + 2, null, 'FILE_TOO_LONG']]);
    expect(read(`${most}${',\n'.repeat(1_000_000)}`).rows).toHaveLength(ROWS_MAX);
  });
});

describe('the errors of a file', () => {
  const PROBLEM = { code: 'VALUE_UNKNOWN', expected: { zh: '对', en: 'right' } } as const;
  const valueShown = (column: string, value: string): string | null => {
    const errors = new ImportErrors();
    errors.add({ row: 2, column, value }, PROBLEM);
    return errors.first[0]!.value;
  };

  it('come by row, the first 200 of all that were counted', () => {
    const errors = new ImportErrors();
    for (let row = 300; row > 1; row -= 1) errors.add({ row, column: 'name', value: 'x' }, PROBLEM);
    expect(errors.total).toBe(299);
    expect(errors.first).toHaveLength(200);
    expect(errors.first[0]?.row).toBe(2);
  });

  it('mask personal numbers by column, and by shape under a wrong heading', () => {
    expect(valueShown('id_number', '11010519491231002X')).toBe('110105********002X');
    expect(valueShown('phone', '13812345678')).toBe('138****5678');
    expect(valueShown('bank_account', '6217990000000001234')).toBe('**** 1234');
    expect(valueShown('name', '张三11010519491231002X')).toBe('张三110105********002X');
    expect(valueShown('region_code', '6217990000000001234')).toBe('**** 1234');
    expect(valueShown('external_no', '13812345678')).toBe('138****5678');
    expect(valueShown('parcel_code', '6109241000010010012')).toBe('6109241000010010012');
  });
});
