import fc from 'fast-check';
import { fromBufferPromise } from 'yauzl';

import { readSheet } from './read-sheet';
import type { SheetToWrite } from './sheet-xml';
import { writeWorkbook } from './write-workbook';

const COLUMNS = [
  { heading: '名称', width: 10 },
  { heading: '面积', width: 10, form: 'hundredths' as const },
  { heading: '日期', width: 10, form: 'day' as const },
  { heading: '类型', width: 10, choices: ['竹林', '茶园'] },
];
const sheet = (rows: SheetToWrite['rows']): SheetToWrite => ({ name: '表 <1>', columns: COLUMNS, rows });

async function written(...sheets: SheetToWrite[]): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of writeWorkbook(sheets)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function readBack(bytes: Buffer): Promise<(readonly (string | null)[])[]> {
  const read = await readSheet(bytes, { rowsMax: 1000, columnsMax: 10 });
  if (!read.ok || read.value.faultsTotal > 0) throw new Error(JSON.stringify(read));
  return read.value.rows.slice(1).map(({ cells }) => cells);
}

describe('a workbook that was written', () => {
  it('says the same when it is read', async () => {
    const rows = [
      ['=1+1', '12.30', '2026-01-31', '竹林'],
      ['a & <b> "c" _x0041_ \u0007', '100000000.00', '1900-01-02', '@茶园'],
    ];
    expect(await readBack(await written(sheet([rows])))).toEqual([
      ['=1+1', '12.3', '2026-01-31', '竹林'],
      ['a & <b> "c" _x0041_ \u0007', '100000000', '1900-01-02', '@茶园'],
    ]);
  });

  it('says the same whatever the texts are', async () => {
    const text = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 30 })
      .filter((one) => one.trim() !== '' && !/\p{Surrogate}/u.test(one));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (texts) => {
        expect(await readBack(await written(sheet([texts.map((one) => [one])])))).toEqual(
          texts.map((one) => [one]),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('has the same bytes for the same rows', async () => {
    const rows = [[['a', '1.00', '2026-01-31', '茶园']]];
    expect((await written(sheet(rows))).equals(await written(sheet(rows)))).toBe(true);
  });

  it('offers what may be chosen, and no formula anywhere', async () => {
    const bytes = await written(sheet([[['=HYPERLINK("http://x")', '=1', '=2', '=3']]]));
    const zip = await fromBufferPromise(bytes);
    let xml = '';
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== 'xl/worksheets/sheet1.xml') continue;
      for await (const piece of await zip.openReadStreamPromise(entry)) xml += String(piece);
    }
    expect(xml).toContain('<formula1>&quot;竹林,茶园&quot;</formula1>');
    expect(xml).not.toMatch(/<f[ >]/);
    expect(xml.match(/t="inlineStr"/g)).toHaveLength(8);
  });

  it('reads no more rows when nobody listens any more', async () => {
    let [asked, ended] = [0, false];
    async function* endless(): AsyncGenerator<string[][]> {
      try {
        for (;;) {
          asked += 1;
          yield Array.from({ length: 500 }, (_, index) => [`${asked}-${index}-${Math.random()}`]);
          await new Promise((next) => setImmediate(next));
        }
      } finally {
        ended = true;
      }
    }
    for await (const piece of writeWorkbook([sheet(endless())])) if (piece.length > 1_000) break;
    await new Promise((next) => setTimeout(next, 50));
    expect([asked > 0, ended]).toEqual([true, true]);
  });

  it('fails as its rows fail', async () => {
    async function* failing(): AsyncGenerator<string[][]> {
      yield [['a']];
      await Promise.resolve();
      throw new Error('the database went away');
    }
    await expect(written(sheet(failing()))).rejects.toThrow('the database went away');
  });
});
