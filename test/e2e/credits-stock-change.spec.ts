import { COUNTY, expectBookInOrder, TOWNSHIP, YEAR } from '../invariants/credits-county';
import { parcel } from '../invariants/registry-book';
import { BOOK, CreditsEdge } from './credits-edge';

const SPECIES = {
  ...{ species: 'oak', name: '栎类', densityTonnesPerM3: '0.676', expansion: '1.355', rootShare: '0.292' },
  ...{ carbonShare: '0.500', source: '[M] 缺省值' },
};
const GROWTH = {
  ...{ forestClass: 'broadleaf', ageGroup: 'middle', species: 'oak', growthM3PerHaYear: '3.000' },
  ...{ halfWidthPpm: '180000', source: '样地复测〔2025〕' },
};
const SET = {
  ...{
    version: 'county-stock-2025',
    method: '蓄积量变化法',
    source: '县样地复测〔2025〕',
    illustrative: false,
  },
  ...{ validFrom: '2025-01-01', bufferPpm: 120_000, species: [SPECIES], growth: [GROWTH] },
};
/** 12.30 mu = 0.82 ha × 3 m³ × 0.676 × 1.355 × 1.292 × 0.5 × 44/12 t, by hand. */
const BROADLEAF_GRAMS = '5337342';
/** 12.30 mu × 300,000 g. */
const BAMBOO_GRAMS = '3690000';

describe('the stock-change method over HTTP', () => {
  let edge: CreditsEdge;
  let registrar: string;
  let reviewer: string;

  beforeAll(async () => {
    edge = await CreditsEdge.start();
    await edge.county.plant(1);
    await edge.county.import('parcels', [parcel(2, { forest_class: 'bamboo' })]);
    registrar = await edge.staff('credit-registrar', COUNTY);
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
  });
  afterAll(() => edge.stop());

  const propose = (set: object, query = '') =>
    edge.post(`books/${BOOK}/stock-change-sets${query}`, set, registrar);
  const measure = () => edge.post(`books/${BOOK}/measurements`, YEAR, registrar);
  const reject = () =>
    edge.post(`books/${BOOK}/measurements/recheck`, { ...YEAR, rejection: '换方法' }, reviewer);
  const rule = (body: object) =>
    edge.post(`books/${BOOK}/credit-rules`, { documentNo: '决定1号', source: '县定', ...body }, registrar);

  it('tells in a dry run what a set would make of the county, and names every fault of a bad one', async () => {
    const dry = await propose(SET, '?dryRun=true');
    expect([dry.status, dry.body]).toMatchObject([
      200,
      { effect: { parcels: 1, areaMu100: '1230', parcelsWithout: 1 }, warnings: [] },
    ]);
    const bad = await propose({
      ...SET,
      species: [{ ...SPECIES, carbonShare: '50' }],
      growth: [GROWTH, { ...GROWTH, species: 'pine' }],
    });
    expect([bad.status, bad.body.code, bad.body.errors.length]).toEqual([422, 'COEFFICIENTS_REFUSED', 3]);
  });

  it('is refused a growth that comes to 4.13 t a mu, with what it comes to', async () => {
    const { status, body } = await propose({ ...SET, growth: [{ ...GROWTH, growthM3PerHaYear: '28.58' }] });
    expect([status, body.errors]).toMatchObject([
      422,
      [{ code: 'COEFFICIENT_IMPOSSIBLE', expected: expect.stringContaining('4133909 grams') }],
    ]);
  });

  it('measures nothing by it before the county decides that a class uses it', async () => {
    expect((await propose(SET)).status).toBe(201);
    const decided = await edge.post(`books/${BOOK}/coefficient-sets/${SET.version}/decision`, {}, reviewer);
    expect(decided.status).toBe(201);
    const { body } = await measure();
    expect(body).toMatchObject({ parcels: 2, coefficientSet: 'illustrative-1' });
    expect(body).not.toHaveProperty('stockChangeSet');
    await reject();
  });

  it('lets a measuring decision count when another person approved it, once', async () => {
    const bad = await rule({ kind: 'measuring-method', validFrom: '2025-01-01', days: 3 });
    expect([bad.status, bad.body.errors.length]).toEqual([422, 2]);
    const { body } = await rule({
      ...{ kind: 'measuring-method', validFrom: '2025-01-01', stockChangeClasses: ['broadleaf'] },
    });
    const decide = (token: string) => edge.post(`books/${BOOK}/credit-rules/${body.id}/decision`, {}, token);
    expect((await decide(registrar)).body.code).toBe('POST_REQUIRED');
    expect((await decide(reviewer)).status).toBe(201);
    expect((await decide(reviewer)).body).toMatchObject({ status: 409, code: 'RULE_DECIDED' });
    expect((await edge.get(`public/books/${BOOK}/credit-rules`)).body.items).toMatchObject([
      { kind: 'measuring-method', value: { stockChangeClasses: ['broadleaf'] } },
    ]);
  });

  it('measures the classes of the decision by the growth of their stock, the others by coefficients', async () => {
    const { status, body } = await measure();
    expect([status, body]).toMatchObject([
      201,
      {
        ...{ parcels: 2, coefficientSet: 'illustrative-1', stockChangeSet: 'county-stock-2025' },
        grams: String(BigInt(BROADLEAF_GRAMS) + BigInt(BAMBOO_GRAMS)),
      },
    ]);
    const rows = await edge.county.query<{ method_kind: string; grams: string; explanation: object }>(
      `SELECT method_kind, grams, explanation FROM credits.measurement WHERE rejected_at IS NULL ORDER BY method_kind`,
    );
    expect(rows).toMatchObject([
      { method_kind: 'coefficient', grams: BAMBOO_GRAMS },
      {
        ...{ method_kind: 'stock-change', grams: BROADLEAF_GRAMS },
        explanation: {
          ...{
            species: 'oak',
            growthMilli: '3000',
            densityMilli: '676',
            expansionMilli: '1355',
            rootMilli: '292',
          },
          ...{
            carbonMilli: '500',
            areaMu100: '1230',
            coefficientSet: 'county-stock-2025',
            grams: BROADLEAF_GRAMS,
          },
          ...{
            growthSource: '样地复测〔2025〕',
            rounding: expect.stringContaining('half up, once') as string,
          },
        },
      },
    ]);
  });

  it('shows everybody the factors, so that a stranger reckons the same', async () => {
    const { body } = await edge.get(`public/books/${BOOK}/coefficient-sets/county-stock-2025`);
    expect(body).toMatchObject({
      methodKind: 'stock-change',
      species: [{ species: 'oak', densityMilli: '676', source: '[M] 缺省值' }],
    });
    expect(body.growth).toHaveLength(2);
    expect(body.coefficients).toMatchObject([
      { grams: '433930', halfWidthPpm: '180000' },
      { origin: 'planted' },
    ]);
  });

  it('cannot be measured with other factors than its set has, whatever the code does', async () => {
    const change = (assignment: string) =>
      edge.county.owner(`UPDATE credits.measurement SET ${assignment} WHERE method_kind = 'stock-change'`);
    await expect(change('grams = grams + 1')).rejects.toThrow('rounded_half_up_once');
    await expect(
      change(`growth_milli = 4000, grams = credits.stock_grams(area_mu100, 4000, density_milli,
      expansion_milli, root_milli, carbon_milli, multiplier_ppm)`),
    ).rejects.toThrow('measured_with_a_growth');
    await expect(change('multiplier_ppm = 1300000')).rejects.toThrow('multiplier_ppm');
    await expect(
      edge.county
        .query(`INSERT INTO credits.growth (coefficient_set, forest_class, age_group, origin, species,
        growth_milli, source) VALUES ('county-stock-2025', 'tea', 'young', 'planted', 'oak', 1, 's')`),
    ).rejects.toThrow('is decided');
  });

  it('is issued less what the county takes off for its uncertainty, and these grams are nobody’s', async () => {
    const steps = [
      { aboveHalfWidthPpm: '100000', discountPpm: '50000' },
      { aboveHalfWidthPpm: '200000', discountPpm: '200000' },
    ];
    const { body } = await rule({ kind: 'uncertainty-discount', validFrom: '2026-03-02', steps });
    await edge.post(`books/${BOOK}/credit-rules/${body.id}/decision`, {}, reviewer);
    await edge.post(`books/${BOOK}/measurements/recheck`, YEAR, reviewer);
    const issuer = await edge.staff('credit-registrar', TOWNSHIP);
    const issued = await edge.post(
      `books/${BOOK}/issuances`,
      { ...YEAR, region: TOWNSHIP, documentNo: '登记1号' },
      issuer,
    );
    // 18 % wide: 5 % of 5,337,342 g, half up.
    expect(issued.body.items).toMatchObject([
      { grams: '5070475', discountGrams: '266867', bufferGrams: '608457' },
    ]);
    expect((await edge.get(`public/books/${BOOK}/issuances`)).body.items).toMatchObject([
      { discountGrams: '266867', method: '蓄积量变化法', note: null },
    ]);
    await expectBookInOrder(edge.county);
  });
});
