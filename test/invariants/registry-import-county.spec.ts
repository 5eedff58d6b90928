import { createHash } from 'node:crypto';

import { csv, parcel, RegistryBook, VILLAGE } from './registry-book';

const ROWS = 100_000;
/** The header is the first row of the file. */
const FIRST_ROW = 2;
interface Spoiled {
  readonly index: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly column: string;
  readonly code: string;
}
const BAD: readonly Spoiled[] = [
  { index: 0, cells: { area_mu: '0' }, column: 'area_mu', code: 'AREA_NOT_POSITIVE' },
  {
    index: ROWS / 2,
    cells: { village_code: '610924999999' },
    column: 'village_code',
    code: 'REGION_UNKNOWN',
  },
  { index: ROWS - 1, cells: { forest_class: 'lawn' }, column: 'forest_class', code: 'VALUE_UNKNOWN' },
];

/** A county's parcels as one file of text; some rows may be spoiled. */
function countyFile(bad: readonly Spoiled[]): string {
  const template = parcel(0);
  const spoiled = new Map(bad.map(({ index, cells }) => [index, cells]));
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const serial = String(index).padStart(6, '0');
    const own = {
      parcel_code: `XB${serial}`,
      land_unit_code: `LU${serial}`,
      certificate_no: `林证字${serial}`,
    };
    return { ...template, ...own, ...spoiled.get(index) };
  });
  return csv('parcels', rows);
}

describe('a county of 100,000 parcels in one file', () => {
  let registry: RegistryBook;
  beforeAll(async () => {
    registry = await RegistryBook.open();
  });
  afterAll(() => registry.close());

  const counts = async () => ({
    parcels: await registry.count('parcel'),
    landUnits: await registry.count('land_unit'),
    imports: await registry.count('import'),
  });

  it('loads nothing when three rows are wrong, and names just these in one pass', async () => {
    const before = await counts();
    const outcome = await registry.import('parcels', countyFile(BAD));
    if (outcome.ok || outcome.reason.code !== 'IMPORT_REFUSED') throw new Error('it was not refused');
    const { total, errors } = outcome.reason;
    expect(total).toBe(BAD.length);
    expect(errors.map(({ row, column, code }) => ({ row, column, code }))).toEqual(
      BAD.map(({ index, column, code }) => ({ row: index + FIRST_ROW, column, code })),
    );
    expect(await counts()).toEqual(before);
  }, 300_000);

  it('loads whole when they are mended', async () => {
    const text = countyFile([]);
    const outcome = await registry.import('parcels', text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    expect(outcome).toMatchObject({ ok: true, value: { rows: ROWS, sha256 } });
    expect(await counts()).toEqual({ parcels: ROWS, landUnits: ROWS, imports: 1 });
    const [sum] = await registry.query(
      `SELECT count(DISTINCT p.land_unit)::int AS units, sum(p.area_mu100)::text AS area, min(p.village) AS village,
              bool_and(p.certificate_no = '林证字' || right(p.code, 6)) AS own
         FROM registry.parcel p WHERE p.book = $1`,
      [registry.book],
    );
    expect(sum).toEqual({ units: ROWS, area: String(1230 * ROWS), village: VILLAGE, own: true });
  }, 300_000);
});
