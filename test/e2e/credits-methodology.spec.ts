import { COUNTY, TOWNSHIP, YEAR } from '../invariants/credits-county';
import { parcel } from '../invariants/registry-book';
import { BOOK, CreditsEdge } from './credits-edge';

/** The four parcels of the county; the third is planted, the fourth is of a class that the sets below leave out. */
const PARCELS = [
  parcel(1),
  parcel(2, { age_group: 'young' }),
  parcel(3, { origin: 'planted' }),
  parcel(4, { forest_class: 'bamboo' }),
];
const SET = {
  version: 'county-2025',
  method: '固定样地复测',
  source: '县森林资源二类调查〔2024〕',
  illustrative: false,
  validFrom: '2025-01-01',
  bufferPpm: 150_000,
  coefficients: [
    { forestClass: 'broadleaf', ageGroup: 'middle', origin: 'natural', gramsPerMuYear: '182000' },
    { forestClass: 'broadleaf', ageGroup: 'middle', origin: 'planted', gramsPerMuYear: '200000' },
    { forestClass: 'broadleaf', ageGroup: 'young', gramsPerMuYear: '220000' },
  ],
};
/** 12.30 mu each. */
const GRAMS = 12.3 * (182_000 + 200_000 + 220_000);

describe('sets of coefficients over HTTP', () => {
  let edge: CreditsEdge;
  let registrar: string;
  let reviewer: string;

  beforeAll(async () => {
    edge = await CreditsEdge.start();
    await edge.county.import('parcels', PARCELS);
    registrar = await edge.staff('credit-registrar', COUNTY);
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
  });
  afterAll(() => edge.stop());

  const propose = (set: object, token = registrar, query = '') =>
    edge.post(`books/${BOOK}/coefficient-sets${query}`, set, token);
  const decide = (version: string, body: object, token = reviewer) =>
    edge.post(`books/${BOOK}/coefficient-sets/${version}/decision`, body, token);
  const shown = (path = '', token?: string) =>
    edge.get(`${token ? '' : 'public/'}books/${BOOK}/coefficient-sets${path}`, token);
  const one = (gramsPerMuYear: string, rest: object = {}) => ({
    ...SET,
    ...{
      version: 'trial',
      coefficients: [{ forestClass: 'broadleaf', ageGroup: 'middle', gramsPerMuYear, ...rest }],
    },
  });

  it('tell in a dry run what they would make of the county, and record nothing', async () => {
    const { status, body } = await propose(SET, registrar, '?dryRun=true');
    expect([status, body]).toEqual([
      200,
      {
        version: 'county-2025',
        effect: { parcels: 3, areaMu100: '3690', grams: String(GRAMS), parcelsWithout: 1 },
        warnings: [],
      },
    ]);
    expect((await shown('/county-2025', registrar)).status).toBe(404);
  });

  it('are refused when a plan’s misprint stands in them, with the row and the reason', async () => {
    const { status, body } = await propose(one('4134815'));
    expect([status, body.code]).toEqual([422, 'COEFFICIENTS_REFUSED']);
    expect(body.errors).toEqual([
      {
        row: 1,
        field: 'gramsPerMuYear',
        value: '4134815',
        code: 'COEFFICIENT_IMPOSSIBLE',
        expected: 'at most 1000000 without evidenceNo, the document of what was measured',
      },
    ]);
  });

  it.each([
    ['30000', [{ code: 'MEAN_IMPLAUSIBLE', meanGramsPerMu: '30000' }]],
    ['182000', []],
    ['700000', [{ code: 'MEAN_IMPLAUSIBLE', meanGramsPerMu: '700000' }]],
  ])('are told %s g a mu apart from what is likely: %j', async (grams, warnings) => {
    const { status, body } = await propose(one(grams), registrar, '?dryRun=true');
    expect([status, body.warnings.length]).toEqual([200, warnings.length]);
    expect(body.warnings).toMatchObject(warnings);
  });

  it('count for nothing until somebody else approves them, once', async () => {
    expect((await propose(SET)).status).toBe(201);
    expect((await propose(SET)).body).toMatchObject({ status: 409, code: 'COEFFICIENT_VERSION_TAKEN' });
    const before = await edge.post(`books/${BOOK}/measurements`, YEAR, registrar);
    expect(before.body).toMatchObject({ coefficientSet: 'illustrative-1' });
    await edge.post(`books/${BOOK}/measurements/recheck`, { ...YEAR, rejection: '改用县系数' }, reviewer);
    expect((await shown()).body.items.map(({ version }: { version: string }) => version)).toEqual([
      ...['illustrative-1', 'illustrative-stock-1'],
    ]);

    expect((await decide('county-2025', {})).status).toBe(201);
    expect((await decide('county-2025', {})).body).toMatchObject({
      ...{ status: 409, code: 'COEFFICIENTS_DECIDED', state: 'approved' },
    });
    const after = await edge.post(`books/${BOOK}/measurements`, YEAR, registrar);
    expect(after.body).toMatchObject({
      ...{ coefficientSet: 'county-2025', parcels: 3, grams: String(GRAMS) },
      skipped: { withoutCoefficient: 1 },
    });
    expect(after.body.note).toBeUndefined();
  });

  it('are shown to everybody with their source, without who decided', async () => {
    const { status, body } = await shown('/county-2025');
    expect(status).toBe(200);
    expect(body).toMatchObject({ source: SET.source, bufferPpm: '150000', validFrom: '2025-01-01' });
    expect(body.coefficients).toHaveLength(4);
    expect(body).not.toHaveProperty('decidedBy');
  });

  it('leave no doubt which one counts from a day', async () => {
    expect((await propose({ ...SET, version: 'county-2025b' })).status).toBe(201);
    expect((await decide('county-2025b', {})).body).toMatchObject({
      ...{ status: 409, code: 'COEFFICIENTS_SAME_DAY', other: 'county-2025' },
    });
    expect((await decide('county-2025b', { rejection: '重复' })).status).toBe(201);
    expect((await shown('/county-2025b')).status).toBe(404);
    expect((await shown('/county-2025b', reviewer)).body).toMatchObject({
      state: 'rejected',
      decisionNote: '重复',
    });
  });

  it('are for those who hold the post over the whole book', async () => {
    const townOnly = await edge.staff('credit-registrar', TOWNSHIP);
    const answers = [
      await propose(SET, townOnly),
      await propose(SET, reviewer),
      await decide('county-2025', {}, registrar),
      await decide('no-such', {}),
      await propose({ ...SET, version: 'Bad Version', coefficients: [] }),
      await propose({ ...SET, version: 'day', validFrom: '2025-02-30' }),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual([
      ...['POST_REQUIRED', 'POST_REQUIRED', 'POST_REQUIRED', 'COEFFICIENTS_UNKNOWN'],
      ...['FIELDS_INVALID', 'DAY_WRONG'],
    ]);
  });

  it('cannot be changed by the role of the application, whatever its code does', async () => {
    for (const sql of [
      `UPDATE credits.coefficient_set SET state = 'rejected', decision_note = 'x' WHERE version = 'county-2025'`,
      `INSERT INTO credits.coefficient (coefficient_set, forest_class, age_group, origin, grams_per_mu_year)
       VALUES ('county-2025', 'tea', 'young', 'planted', 1)`,
      `UPDATE credits.coefficient SET grams_per_mu_year = 1`,
      `INSERT INTO credits.coefficient_set (version, method, source, illustrative, valid_from, buffer_ppm)
       VALUES ('slipped-in', 'm', 's', false, '2025-06-01', 0)`,
    ]) {
      await expect(edge.county.query(sql)).rejects.toThrow(/decided|permission denied|proposed first/);
    }
  });
});
