import { Client } from 'pg';

import { FraudGuards, type Guard } from '@app/registry';
import { COUNTY, HEADERS, parcel, RegistryBook } from './registry-book';

const LAND_CODE = '610924100001JB00001';
const TAXONOMY = {
  ...{ land_kind: 'arbor', forest_use: 'protection', forest_subuse: 'water-conservation' },
  ...{ forest_category: 'public-welfare', national_protection: '2', programme: 'natural-forest' },
  ...{ origin_detail: 'natural', dominant_species: '马尾松', canopy: '0.65', volume_m3: '83.125' },
  ...{
    land_protection: '2',
    land_tenure: 'collective',
    tree_tenure: 'individual',
    operator_kind: 'household',
  },
  ...{ sink_zone: '是', compartment: '12', sub_compartment: '3', patch: '1', map_patch_no: 'T0012' },
  ...{ land_parcel_code: LAND_CODE, real_estate_unit_no: `${LAND_CODE}L00000001` },
  ...{ real_estate_certificate_no: '陕(2023)紫阳县不动产权第0001234号', certificate_area_mu: '12.00' },
};
type Cells = Readonly<Record<string, string>>;

describe('what forest bureaus record of a parcel', () => {
  let home: RegistryBook;
  beforeEach(async () => {
    home = await RegistryBook.open();
  });
  afterEach(() => home.close());

  /** A file of the usual columns and these after them. */
  const file = (optional: readonly string[], rows: readonly Cells[]): string => {
    const columns = [...HEADERS.parcels.split(','), ...optional];
    const lines = rows.map((row) => columns.map((column) => row[column] ?? '').join(','));
    return [columns.join(','), ...lines, ''].join('\n');
  };
  const errorsOf = async (text: string): Promise<string[]> => {
    const result = await home.import('parcels', text);
    if (result.ok || result.reason.code !== 'IMPORT_REFUSED') throw new Error('expected a refusal');
    return result.reason.errors.map(({ row, column, code }) => `${row} ${column} ${code}`);
  };

  it('comes in with the file, all of it', async () => {
    const columns = Object.keys(TAXONOMY);
    expect(await home.import('parcels', file(columns, [{ ...parcel(1), ...TAXONOMY }]))).toMatchObject({
      ok: true,
    });
    const [row] = await home.query<Record<string, unknown>>('SELECT * FROM registry.parcel_current');
    const { canopy, volume_m3, certificate_area_mu, sink_zone, ...same } = TAXONOMY;
    expect(row).toMatchObject({
      ...{ ...same, national_protection: 2, land_protection: 2 },
      ...{ canopy100: 65, volume_dm3: '83125', certificate_area_mu100: '1200', sink_zone: true },
    });
    expect([canopy, volume_m3, certificate_area_mu, sink_zone]).toHaveLength(4);
  });

  it('may be left out column by column, and row by row', async () => {
    const some = ['dominant_species', 'canopy'];
    const rows = [parcel(1), { ...parcel(2), dominant_species: '栎类', canopy: '1' }];
    expect(await home.import('parcels', file(some, rows))).toMatchObject({ ok: true });
    expect(await home.import('parcels', [parcel(3)])).toMatchObject({ ok: true });
    const found = await home.query(
      'SELECT dominant_species, canopy100 FROM registry.parcel_current ORDER BY code',
    );
    expect(found).toEqual([
      { dominant_species: null, canopy100: null },
      { dominant_species: '栎类', canopy100: 100 },
      { dominant_species: null, canopy100: null },
    ]);
  });

  it('is refused where it contradicts itself, by the file and by the table', async () => {
    const wrong = [
      { forest_use: 'timber' },
      { forest_category: 'commercial' },
      { public_welfare_level: 'county' },
      { origin_detail: 'aerial' },
      { real_estate_unit_no: '610924100001JB00009L00000001' },
      { real_estate_unit_no: LAND_CODE, canopy: '1.01', volume_m3: '-1' },
    ];
    const rows = wrong.map((cells, index) => ({ ...parcel(index + 1), ...TAXONOMY, ...cells }) as Cells);
    expect(await errorsOf(file(Object.keys(TAXONOMY), rows))).toEqual([
      '2 forest_subuse FACTS_DISAGREE',
      '3 forest_category FACTS_DISAGREE',
      '4 national_protection FACTS_DISAGREE',
      '5 origin_detail FACTS_DISAGREE',
      '6 real_estate_unit_no FACTS_DISAGREE',
      '7 canopy NUMBER_WRONG',
      '7 volume_m3 NUMBER_WRONG',
      '7 real_estate_unit_no CODE_MALFORMED',
    ]);
    await home.import('parcels', [parcel(1)]);
    for (const sql of [
      `forest_subuse = 'bank'`,
      `forest_category = 'commercial'`,
      `national_protection = 1, public_welfare_level = 'county'`,
      `origin_detail = 'aerial'`,
      `land_parcel_code = '${LAND_CODE}', real_estate_unit_no = '610924100001JB00009L00000001'`,
    ]) {
      await expect(asOwner(`UPDATE registry.parcel SET ${sql}`)).rejects.toMatchObject({ code: '23514' });
    }
  });

  it('has columns of its own names, in any order, and no others', async () => {
    const anyOrder = ['canopy', 'dominant_species'];
    const row = { ...parcel(1), canopy: '0.5', dominant_species: '栎类' };
    expect(await home.import('parcels', file(anyOrder, [row]))).toMatchObject({ ok: true });
    expect(await errorsOf(file(['colour'], [parcel(1)]))).toEqual(['1 colour COLUMN_UNKNOWN']);
  });

  it('shows an area that nobody ordered, and a certificate that says more than there is', async () => {
    const columns = ['certificate_area_mu'];
    const rows = [
      { ...parcel(1), certificate_area_mu: '12.91' },
      { ...parcel(2), certificate_area_mu: '12.92' },
      parcel(3),
    ];
    await home.import('parcels', file(columns, rows));
    expect(await found('rights-above-area')).toMatchObject([
      { subject: 'XB00002', facts: { areaMu100: '1230', certificateMu100: '1292' } },
    ]);
    expect(await found('area-unexplained')).toEqual([]);
    await asOwner(`UPDATE registry.parcel SET area_mu100 = 9900 WHERE code = 'XB00003'`);
    expect(await found('area-unexplained')).toMatchObject([
      { subject: 'XB00003', facts: { areaMu100: '9900', explainedMu100: '1230' } },
    ]);
  });

  const found = (guard: Guard) =>
    home.module
      .get(FraudGuards)
      .findings(home.book, guard, { day: '2026-03-02', scope: [COUNTY], count: 10 });

  const asOwner = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: home.database.ownerUrl });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
});
