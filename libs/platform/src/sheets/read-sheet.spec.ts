import { randomBytes } from 'node:crypto';

import {
  partsOf,
  sheetOfTexts,
  textCell,
  workbookOf,
  zipOf,
  type WorkbookWish,
} from '../../../../test/support/workbooks';
import { readSheet, type SheetWish } from './read-sheet';

const WISH: SheetWish = { rowsMax: 100, columnsMax: 20, notes: ['说明'] };
const read = async (bytes: Buffer, wish = WISH) => readSheet(bytes, wish);
const readWorkbook = async (wish: WorkbookWish) => read(await workbookOf(wish));

async function cellsOf(xml: string, wish: Partial<WorkbookWish> = {}): Promise<unknown[]> {
  const sheet = await readWorkbook({ sheets: { one: xml }, ...wish });
  if (!sheet.ok) throw new Error(JSON.stringify(sheet.reason));
  return sheet.value.rows.map(({ row, cells }) => [row, ...cells]);
}

async function faultsOf(xml: string, wish: Partial<WorkbookWish> = {}): Promise<unknown[]> {
  const sheet = await readWorkbook({ sheets: { one: xml }, ...wish });
  if (!sheet.ok) return [sheet.reason.code];
  return sheet.value.faults.map(({ code, row, column, value }) => [code, row, column, value]);
}

const oneCell = (cell: string): string => `<sheetData><row r="1">${cell}</row></sheetData>`;
const number = (value: string, style = 0): string => oneCell(`<c r="A1" s="${style}"><v>${value}</v></c>`);
const STYLES =
  '<numFmts count="2"><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="171" formatCode="[Red]0.00&quot;亩&quot;"/></numFmts>' +
  '<cellXfs>' +
  [0, 14, 170, 171, 9, 22].map((id) => `<xf numFmtId="${id}"/>`).join('') +
  '</cellXfs>';

describe('a workbook', () => {
  it('reads as what a person sees: shared, rich and inline texts, phonetic signs left out', async () => {
    const strings = [
      '<t>户主</t>',
      '<r><t>张</t></r><r><rPr/><t>三</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh>',
    ];
    const row = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>' + textCell('D1', ' 有 & 空 ');
    expect(await cellsOf(oneCell(row), { strings })).toEqual([[1, '户主', '张三', '', ' 有 & 空 ']]);
  });

  it.each([
    ['12.3', '12.3'],
    ['12.30', '12.3'],
    ['0.30000000000000004', '0.3'],
    ['1.2E1', '12'],
    ['1E-5', '0.00001'],
    ['610924100001', '610924100001'],
    ['123456789012345', '123456789012345'],
    ['-1', '-1'],
  ])('with the number %s says %s', async (value, text) => {
    expect(await cellsOf(number(value))).toEqual([[1, text]]);
  });

  it.each(['6.1092419500101099E+17', '610924195001010990', '1000000000000000', '6217990000000001234'])(
    'with the number %s, which spreadsheets round, is refused by the cell',
    async (value) => {
      expect(await faultsOf(number(value))).toEqual([['CELL_NUMBER_ROUNDED', 1, 0, value]]);
    },
  );

  it.each([
    ['46053', 1, '2026-01-31'],
    ['46053', 2, '2026-01-31'],
    ['46053', 3, '46053'],
    ['0.5', 4, '50%'],
    ['61', 1, '1900-03-01'],
  ])('shows %s in style %i as %s', async (value, style, text) => {
    expect(await cellsOf(number(value, style), { styles: STYLES })).toEqual([[1, text]]);
  });

  it('counts days from 1904 where it says so', async () => {
    expect(await cellsOf(number('44591', 1), { styles: STYLES, isFrom1904: true })).toEqual([
      [1, '2026-01-31'],
    ]);
  });

  it.each(['46053.5', '60', '0', '3000000', '-1'])(
    'with the day %s is refused by the cell',
    async (value) => {
      expect(await faultsOf(number(value, 1), { styles: STYLES })).toEqual([
        ['CELL_DATE_WRONG', 1, 0, value],
      ]);
    },
  );

  it('reads truth values and ISO days, and what XML cannot hold', async () => {
    const row =
      '<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="d"><v>2026-01-31T00:00:00</v></c>' +
      textCell('D1', 'a_x000A_b_x005F_x0041_');
    expect(await cellsOf(oneCell(row))).toEqual([[1, 'true', 'false', '2026-01-31', 'a\nb_x0041_']]);
  });

  it('tells every formula and error of all rows in one pass, and trusts no remembered value', async () => {
    const rows = sheetOfTexts([
      ['a', 'b'],
      ['1', '<c r="B2"><f>A2*2</f><v>2</v></c>'],
      ['<c r="A3" t="e"><v>#N/A</v></c>', '<c r="B3" t="str"><f>A1</f><v>=cmd</v></c>'],
      ['4', 'right'],
    ]);
    expect(await faultsOf(rows)).toEqual([
      ['CELL_FORMULA', 2, 1, '='],
      ['CELL_ERROR', 3, 0, '#N/A'],
      ['CELL_FORMULA', 3, 1, '='],
    ]);
    expect(await cellsOf(rows)).toEqual([
      [1, 'a', 'b'],
      [2, '1', null],
      [3, null, null],
      [4, '4', 'right'],
    ]);
  });

  it('names merged cells where there is data, and no others', async () => {
    const merged =
      '<mergeCells><mergeCell ref="A2:B2"/><mergeCell ref="F1:G1"/><mergeCell ref="A90:B90"/></mergeCells>';
    expect(
      await faultsOf(
        sheetOfTexts(
          [
            ['a', 'b'],
            ['1', ''],
          ],
          merged,
        ),
      ),
    ).toEqual([['CELLS_MERGED', 2, 0, 'A2:B2']]);
  });

  it('names hidden rows with data and hidden columns of the data', async () => {
    const xml =
      '<cols><col min="2" max="2" hidden="1"/><col min="9" max="16384" hidden="true"/></cols>' +
      `<sheetData><row r="1">${textCell('A1', 'a')}${textCell('B1', 'b')}</row>` +
      `<row r="2" hidden="1">${textCell('A2', '1')}</row><row r="3" hidden="1"/></sheetData>`;
    expect(await faultsOf(xml)).toEqual([
      ['ROW_HIDDEN', 2, null, null],
      ['COLUMN_HIDDEN', 1, 1, null],
    ]);
  });

  it('passes over a million rows of nothing', async () => {
    const empty = Array.from(
      { length: 1_000_000 },
      (_, index) => `<row r="${index + 2}"><c r="A${index + 2}" s="1"/></row>`,
    );
    const xml = `<sheetData><row r="1">${textCell('A1', 'a')}</row>${empty.join('')}</sheetData>`;
    expect(await cellsOf(xml)).toEqual([[1, 'a']]);
  });

  it('with more rows than wished is refused at the first of them', async () => {
    const rows = Array.from({ length: 101 }, () => ['a']);
    expect(await faultsOf(sheetOfTexts(rows))).toEqual(['FILE_TOO_LONG']);
  });

  it('with a text far outside the columns names the cell', async () => {
    expect(await faultsOf(oneCell(textCell('A1', 'a') + textCell('AA1', 'x')))).toEqual([
      ['CELL_OUTSIDE', 1, 26, 'x'],
    ]);
  });

  it('reads the first sheet; one that only explains is passed over, one with data is refused', async () => {
    const data = sheetOfTexts([['a']]);
    const other = (name: string, xml: string) => readWorkbook({ sheets: { one: data, [name]: xml } });
    expect(await other('two', '<sheetData/>')).toMatchObject({ ok: true, value: { name: 'one' } });
    expect(await other('说明', data)).toMatchObject({ ok: true });
    expect(await other('two', data)).toMatchObject({
      ok: false,
      reason: { code: 'SHEETS_SEVERAL', value: 'two' },
    });
    expect(await other('.hidden', data)).toMatchObject({ ok: false, reason: { code: 'SHEETS_SEVERAL' } });
  });

  it('with links of cells is read, and nobody follows them', async () => {
    const link = `<Relationships><Relationship Id="r1" Type="http://x/hyperlink" Target="http://example.invalid" TargetMode="External"/></Relationships>`;
    const parts = { 'xl/worksheets/_rels/sheet1.xml.rels': link };
    expect(await cellsOf(sheetOfTexts([['a']]), { parts })).toEqual([[1, 'a']]);
  });
});

describe('a hostile workbook', () => {
  const DATA = sheetOfTexts([['a']]);
  const EXTERNAL =
    '<Relationship Id="x" Type="http://x/externalLinkPath" Target="http://x" TargetMode="External"/>';
  const wishes: readonly (readonly [string, WorkbookWish, string])[] = [
    ['links to another file', { sheets: { one: DATA }, workbookRelations: EXTERNAL }, 'FILE_EXTERNAL_LINKS'],
    [
      'a part of another file',
      { sheets: { one: DATA }, parts: { 'xl/externalLinks/externalLink1.xml': '<x/>' } },
      'FILE_EXTERNAL_LINKS',
    ],
    [
      'connections',
      { sheets: { one: DATA }, parts: { 'xl/connections.xml': '<x/>' } },
      'FILE_EXTERNAL_LINKS',
    ],
    ['macros', { sheets: { one: DATA }, parts: { 'xl/vbaProject.bin': 'x' } }, 'FILE_MACROS'],
    [
      'the type of one with macros',
      { sheets: { one: DATA }, mainType: 'application/vnd.ms-excel.sheet.macroEnabled.main+xml' },
      'FILE_MACROS',
    ],
    [
      'a document type',
      {
        sheets: { one: DATA },
        parts: { 'xl/worksheets/sheet1.xml': '<!DOCTYPE x [<!ENTITY a "aa">]><worksheet/>' },
      },
      'FILE_DTD',
    ],
    [
      'an entity',
      { sheets: { one: oneCell('<c r="A1" t="inlineStr"><is><t>&lol;</t></is></c>') } },
      'FILE_DAMAGED',
    ],
    ['XML that does not end', { sheets: { one: '<sheetData><row r="1">' } }, 'FILE_DAMAGED'],
    ['XML a thousand deep', { sheets: { one: '<a>'.repeat(1000) + '</a>'.repeat(1000) } }, 'FILE_DAMAGED'],
    [
      'rows out of order',
      { sheets: { one: '<sheetData><row r="2"/><row r="1"/></sheetData>' } },
      'FILE_DAMAGED',
    ],
    [
      'a string that is not there',
      { sheets: { one: oneCell('<c r="A1" t="s"><v>7</v></c>') } },
      'FILE_DAMAGED',
    ],
    ['a word for a number', { sheets: { one: number('x') } }, 'FILE_DAMAGED'],
    [
      'a text that is no UTF-8',
      { sheets: { one: DATA }, parts: { 'xl/worksheets/sheet1.xml': Buffer.from([0x3c, 0xff]) } },
      'FILE_DAMAGED',
    ],
    [
      'a text of two megabytes',
      { sheets: { one: oneCell(`<c r="A1" t="inlineStr"><is><t>${randomText()}</t></is></c>`) } },
      'FILE_DAMAGED',
    ],
    ['no sheet', { sheets: {} }, 'FILE_NOT_WORKBOOK'],
    ['hidden sheets only', { sheets: { '.a': DATA } }, 'FILE_NOT_WORKBOOK'],
    [
      'another main part',
      { sheets: { one: DATA }, mainType: 'application/vnd.ms-excel.sheet.binary' },
      'FILE_NOT_WORKBOOK',
    ],
  ];
  it.each(wishes)('with %s is refused', async (_what, wish, code) => {
    expect(await readWorkbook(wish)).toMatchObject({
      ok: false,
      reason: { code, expected: { zh: expect.any(String) } },
    });
  });

  function randomText(): string {
    return randomBytes(1_000_000).toString('hex');
  }

  it('that unpacks to a thousand times its size is refused before it is unpacked', async () => {
    const bytes = await workbookOf({ sheets: { one: ' '.repeat(8 * 1024 * 1024) } });
    expect(bytes.length).toBeLessThan(50_000);
    expect(await read(bytes)).toMatchObject({ ok: false, reason: { code: 'FILE_ZIP_BOMB' } });
  });

  it('that unpacks to more than it says is refused where it begins to', async () => {
    const bytes = await workbookOf({ sheets: { one: DATA + ' '.repeat(100_000) } });
    // The last directory entry is the sheet's; its uncompressed size stands 24 bytes in.
    const at = bytes.lastIndexOf(Buffer.from('504b0102', 'hex'));
    bytes.writeUInt32LE(50, at + 24);
    expect(await read(bytes)).toMatchObject({ ok: false, reason: { code: 'FILE_ZIP_BOMB' } });
  });

  it('whose checksum does not fit is refused', async () => {
    const bytes = await workbookOf({ sheets: { one: DATA } });
    const at = bytes.lastIndexOf(Buffer.from('504b0102', 'hex'));
    bytes.writeUInt32LE(7, at + 16);
    expect(await read(bytes)).toMatchObject({ ok: false, reason: { code: 'FILE_DAMAGED' } });
  });

  it('with thousands of parts is refused', async () => {
    const parts = Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`x/${index}`, '']));
    expect(await readWorkbook({ sheets: { one: DATA }, parts })).toMatchObject({
      ok: false,
      reason: { code: 'FILE_TOO_LARGE' },
    });
  });

  it('with two parts of one name is refused', async () => {
    const bytes = await zipOf({ ...partsOf({ sheets: { one: DATA } }), 'xl/workbook2xml': 'x' });
    const twice = Buffer.from(
      bytes.toString('latin1').replaceAll('xl/workbook2xml', 'xl/workbook.xml'),
      'latin1',
    );
    expect(await read(twice)).toMatchObject({ ok: false, reason: { code: 'FILE_DAMAGED' } });
  });

  it.each([
    ['an old or encrypted workbook', Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), 'FILE_OLD_OR_ENCRYPTED'],
    ['the beginning of a zip', Buffer.from('504b030414000000', 'hex'), 'FILE_DAMAGED'],
    ['a text', Buffer.from('a,b\n'), 'FILE_NOT_WORKBOOK'],
  ])('that is %s is refused', async (_what, bytes, code) => {
    expect(await read(bytes)).toMatchObject({ ok: false, reason: { code } });
  });

  it('that is some other zip is refused', async () => {
    expect(
      await read(await zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' })),
    ).toMatchObject({
      ok: false,
      reason: { code: 'FILE_NOT_WORKBOOK' },
    });
  });

  it('cut off at any place is refused or read, and never anything else', async () => {
    const bytes = await workbookOf({ sheets: { one: DATA } });
    for (let end = 4; end < bytes.length; end += 97) {
      expect(await read(bytes.subarray(0, end))).toMatchObject({ ok: false });
    }
  });
});
