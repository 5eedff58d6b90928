import { readSheet } from '@app/platform';
import { COUNTY, TOWNSHIP } from '../invariants/credits-county';
import { household, OTHER_VILLAGE, parcel, right, VILLAGE } from '../invariants/registry-book';
import { BOOK, CreditsEdge, type Answer } from './credits-edge';

const KINDS = ['one-book', 'balance-sheet', 'gep', 'lulucf', 'reserve', 'audit'];
/** What no report may say of grams that are no reduction by law (claims.md). */
const FORBIDDEN = /抵消|中和|零排放|净零|减排量|核证|永久|种树|投资|增值|收益/;

/** Four households in the first village, one in the other; tea grows on the last plot. */
describe('the reports over HTTP', () => {
  let edge: CreditsEdge;
  let staff: string;
  const read = (kind: string, query = '') => edge.get(`books/${BOOK}/reports/${kind}?${query}`, staff);
  const readPublic = (kind: string, query = '') => edge.get(`public/books/${BOOK}/reports/${kind}?${query}`);
  const table = ({ body }: Answer, name: string) =>
    (body.tables as { name: string; rows: unknown[][] }[]).find((one) => one.name === name)?.rows;

  beforeAll(async () => {
    edge = await CreditsEdge.start();
    const { county } = edge;
    await county.import('parties', [
      ...[1, 2, 3, 4].map((serial) => household(serial)),
      household(5, { region_code: OTHER_VILLAGE }),
    ]);
    await county.import('parcels', [
      ...[1, 2, 3, 4].map((serial) => parcel(serial)),
      parcel(5, { village_code: OTHER_VILLAGE, forest_class: 'tea', age_group: 'young' }),
      parcel(6, { forest_class: 'farmland-reserved' }),
    ]);
    await county.import(
      'rights',
      [1, 2, 3, 4, 5].map((serial) => right(serial, serial)),
    );
    await county.measure();
    await county.recheck();
    staff = await edge.staff('auditor', COUNTY);
  });
  afterAll(() => edge.stop());

  it('come with what they are of and a fingerprint that is the same tomorrow', async () => {
    for (const kind of KINDS) {
      const query = 'day=2026-03-02&against=2026-03-01';
      const { status, body } = await read(kind, query);
      expect([kind, status]).toEqual([kind, 200]);
      expect(body).toMatchObject({ kind, book: BOOK, region: COUNTY, day: '2026-03-02', from: '2026-03-01' });
      expect(body.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect((await read(kind, query)).body.sha256).toBe(body.sha256);
      expect(JSON.stringify(body)).not.toMatch(/测试户|HH0/);
      expect(JSON.stringify(body)).not.toMatch(FORBIDDEN);
    }
  });

  it('come as workbooks too, each table a sheet, in the units people read and with the same fingerprint', async () => {
    for (const kind of KINDS) {
      const { status, type, sha256, body } = await edge.file(`books/${BOOK}/reports/${kind}.xlsx`, staff);
      expect([kind, status, type]).toEqual([kind, 200, expect.stringContaining('spreadsheetml')]);
      const report = (await read(kind)).body as { sha256: string; tables: { title: { zh: string } }[] };
      expect(sha256).toBe(report.sha256);
      const [first, ...others] = report.tables.map(({ title }) => title.zh);
      const sheet = await readSheet(body, { columnsMax: 20, rowsMax: 1_000, notes: ['说明', ...others] });
      expect([kind, sheet.ok && sheet.value.name]).toEqual([kind, first]);
      if (kind !== 'one-book' || !sheet.ok) continue;
      const [heading, broadleaf] = sheet.value.rows.map(({ cells }) => cells);
      expect(heading?.slice(0, 3)).toEqual(['类型', '地块数', '面积（亩）']);
      expect(broadleaf?.slice(0, 3)).toEqual(['阔叶林', '4', '49.2']);
    }
    expect((await readPublic('audit.xlsx')).body.code).toBe('REPORT_UNKNOWN');
  });

  it('of a rehearsal say first that it is one', async () => {
    for (const kind of KINDS) {
      const [first] = (await read(kind)).body.notes as unknown[];
      expect(first).toEqual({
        zh: expect.stringMatching(/^【演练】/),
        en: expect.stringMatching(/^REHEARSAL/),
      });
    }
  });

  it('say where their figures are illustrative', async () => {
    for (const kind of ['one-book', 'balance-sheet', 'gep', 'audit']) {
      expect(JSON.stringify((await read(kind)).body.notes)).toContain('示例系数，非核定值');
    }
  });

  it('keep from the public what leaves with an office, and places where it would tell of somebody', async () => {
    expect((await readPublic('audit')).body.code).toBe('REPORT_UNKNOWN');
    expect((await readPublic('x')).status).toBe(404);
    expect((await readPublic('reserve', `region=${OTHER_VILLAGE}`)).body.code).toBe('PLACE_WITHHELD');
    for (const kind of KINDS.slice(0, -1)) expect((await readPublic(kind)).status).toBe(200);
  });

  it('balance: opening and increase less decrease are the closing, and worth nothing without a price', async () => {
    const answer = await read('balance-sheet', 'against=2026-03-01');
    for (const name of ['area', 'volume', 'stock']) {
      for (const [, opening, increase, decrease, closing, difference] of table(answer, name)!) {
        const [a, b, c, d] = [opening, increase, decrease, closing].map((cell) => BigInt(String(cell)));
        expect([name, a! + b! - c!, difference]).toEqual([name, d, '0']);
      }
    }
    expect(table(answer, 'area')).toContainEqual([
      ...[{ zh: '阔叶林', en: 'Broadleaf' }, '0', '4920', '0', '4920', '0'],
    ]);
    expect(table(answer, 'value')!.every((row) => row.slice(2).every((cell) => cell === null))).toBe(true);
  });

  it('tell activity data in hectares, with what was not in the book before', async () => {
    const answer = await read('lulucf', 'against=2026-03-01');
    // 12.30 mu are 0.82 ha; four plots of broadleaf.
    expect(table(answer, 'closing')).toContainEqual([
      null,
      { zh: '阔叶林', en: 'Broadleaf' },
      { zh: '中龄林', en: 'Middle-aged' },
      { zh: '天然', en: 'Natural' },
      ...['4', '4920', '32800'],
    ]);
    expect(
      table(answer, 'conversion')!
        .map(([, , parcels]) => parcels)
        .sort(),
    ).toEqual(['1', '1', '4']);
  });

  it('list the reserve by village for staff, and by township for everybody', async () => {
    expect(table(await read('reserve'), 'reserve')).toEqual([
      [expect.any(String), VILLAGE, { zh: '划定耕地', en: 'Reserved as farmland' }, '1', '1230'],
    ]);
    const rows = table(await readPublic('reserve'), 'reserve')!;
    expect(rows).toMatchObject([
      [{ zh: '其他村镇（合并）' }, null, { en: 'Reserved as farmland' }, '1', '1230'],
    ]);
  });

  describe('figures they are made with', () => {
    const price = {
      ...{ kind: 'stock-price', forestClass: 'broadleaf', unit: 'fen-per-mu', amount: '100000' },
      ...{ validFrom: '2026-01-01', source: '县发改〔2026〕3号', illustrative: false },
    };
    let handler: string;
    let reviewer: string;
    const propose = (body: object, token = handler) =>
      edge.post(`books/${BOOK}/accounting-figures`, body, token);
    const decide = (figure: string, token = reviewer, body = {}) =>
      edge.post(`books/${BOOK}/accounting-figures/${figure}/decision`, body, token);

    beforeAll(async () => {
      handler = await edge.staff('forestry-handler', COUNTY);
      reviewer = await edge.staff('forestry-reviewer', COUNTY);
    });

    it('count when another person approved them, from their day on and not before it was decided', async () => {
      expect((await propose({ ...price, forestClass: 'oak', amount: 'x' })).body).toMatchObject({
        code: 'FIGURE_REFUSED',
        errors: [{ field: 'forestClass' }, { field: 'amount' }],
      });
      const { status, body } = await propose(price);
      expect(status).toBe(201);
      expect((await decide(body.id, handler)).body.code).toBe('POST_REQUIRED');
      expect((await decide(body.id)).status).toBe(201);
      expect((await decide(body.id)).body.code).toBe('FIGURE_DECIDED');
      const again = await propose(price);
      expect((await decide(again.body.id)).body).toMatchObject({ code: 'FIGURE_SAME_DAY', other: body.id });
      expect((await decide(again.body.id, reviewer, { rejection: '重复' })).status).toBe(201);
      const shown = (await edge.get(`public/books/${BOOK}/accounting-figures`)).body.items;
      expect(shown.filter(({ isOwn }: { isOwn: boolean }) => isOwn)).toMatchObject([{ amount: '100000' }]);
      // Of the day before there was no price, so there is still no value to compare with.
      expect(table(await read('balance-sheet', 'against=2026-03-01'), 'value')![0]![1]).toBeNull();
      await edge.county.advanceTo('2026-03-03T01:00:00Z');
      const values = table(await read('balance-sheet', 'against=2026-03-02'), 'value')!;
      // 49.20 mu at 1,000.00 yuan.
      expect(values[0]).toEqual([
        { zh: '阔叶林', en: 'Broadleaf' },
        price.source,
        ...['4920000', '0', '0', '0', '4920000'],
      ]);
    });
  });

  describe('a voucher of a tea plot', () => {
    let registrar: string;
    const issue = (parcelCodes: string[], token = registrar, given = {}) =>
      edge.post(`books/${BOOK}/green-vouchers`, { year: 2025, parcelCodes, ...given }, token);

    beforeAll(async () => {
      registrar = await edge.staff('credit-registrar', COUNTY);
    });

    it('is refused for every plot that is not tea, not measured or not there, at once', async () => {
      const { status, body } = await issue(['XB00001', 'XB00005', 'XB00006', 'XB99999']);
      expect([status, body]).toMatchObject([
        422,
        {
          code: 'VOUCHERS_REFUSED',
          total: 3,
          errors: [
            { parcelCode: 'XB00001', fault: 'not-tea' },
            { parcelCode: 'XB00006', fault: 'not-tea' },
            { parcelCode: 'XB99999', fault: 'unknown' },
          ],
        },
      ]);
      expect((await issue(['XB00005'], registrar, { year: 2024 })).body.errors).toEqual([
        { parcelCode: 'XB00005', fault: 'not-measured' },
      ]);
      const town = await edge.staff('credit-registrar', TOWNSHIP);
      expect((await issue(['XB00005'], town, { region: TOWNSHIP })).body.errors[0].fault).toBe('unknown');
    });

    it('says plot, year and method, and no grams, price or claim; whoever has its number checks it', async () => {
      const [{ number }] = (await issue(['XB00005'])).body.items;
      expect((await issue(['XB00005'])).body.items).toEqual([{ parcelCode: 'XB00005', number }]);
      const { status, body } = await edge.get(`public/green-vouchers/${String(number).toLowerCase()}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        ...{ number, parcelCode: 'XB00005', village: OTHER_VILLAGE, year: 2025, forestClass: 'tea' },
        ...{ coefficientSet: 'illustrative-1', intact: true, note: '示例系数，非核定值' },
        says: [expect.stringContaining('演练'), expect.any(String), expect.any(String)],
      });
      expect(Object.keys(body).join()).not.toMatch(/grams|fen|price/i);
      expect(JSON.stringify(body)).not.toMatch(/测试户|HH0/);
      const wrong = await edge.get('public/green-vouchers/LP-0000-0000-0000-0000-1');
      expect([wrong.status, wrong.body.code]).toEqual([404, 'VOUCHER_UNKNOWN']);
      await edge.county.owner(`UPDATE credits.green_voucher SET year = 2024`);
      expect((await edge.get(`public/green-vouchers/${number}`)).body.intact).toBe(false);
      await edge.county.owner(`UPDATE credits.green_voucher SET year = 2025`);
    });

    it('is shown to the grower', async () => {
      const grower = await edge.person('13910000005');
      expect((await edge.get(`books/${BOOK}/my/green-vouchers`, grower)).body.items).toMatchObject([
        { parcelCode: 'XB00005', year: 2025 },
      ]);
      const another = await edge.person('13910000001');
      expect((await edge.get(`books/${BOOK}/my/green-vouchers`, another)).body.items).toEqual([]);
    });
  });
});
