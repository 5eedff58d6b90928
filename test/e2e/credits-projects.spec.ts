import { COUNTY, TOWNSHIP, YEAR } from '../invariants/credits-county';
import { consent, household, parcel, right, VILLAGE } from '../invariants/registry-book';
import { BOOK, CreditsEdge, type Answer } from './credits-edge';

const OWNER = { external_no: 'QY1', kind: 'enterprise', name: '测试林业公司', region_code: VILLAGE };
const PROJECT = {
  ...{ code: 'zy-2024', name: '紫阳造林碳汇', kind: 'arbor', methodology: 'CCER-14-001-V01' },
  ...{ standard: 'CCER', ownerExternalNo: 'QY1', targetMu100: '10000' },
};
const UNITS = { block: 'CCER-0001', first: '1', last: '300' };

/** Parcels 1 to 4; 2 and 3 become the project's. The book stands at 2 March 2026, and 2025 is not issued yet. */
describe('the county’s own CCER projects over HTTP', () => {
  let edge: CreditsEdge;
  let handler: string;
  let reviewer: string;

  beforeAll(async () => {
    edge = await CreditsEdge.start();
    const { county } = edge;
    await county.import('parties', [OWNER, ...[1, 2, 3, 4].map((serial) => household(serial))]);
    await county.import(
      'parcels',
      [1, 2, 3, 4].map((serial) => parcel(serial)),
    );
    await county.import(
      'rights',
      [1, 2, 3, 4].map((serial) => right(serial, serial)),
    );
    await county.import('consents', [consent(1)]);
    handler = await edge.staff('forestry-handler', COUNTY);
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
  });
  afterAll(() => edge.stop());

  const at = (path: string) => `books/${BOOK}/${path}`;
  const codeOf = ({ status, body }: Answer) => [status, body.code];
  const step = (to: string, rest: object = {}, query = '', code = PROJECT.code) =>
    edge.post(
      at(`projects/${code}/steps${query}`),
      { to, day: '2026-02-01', documentNo: `${to}〔2026〕1号`, ...rest },
      handler,
    );
  const decide = (id: string, body: object = {}, token = reviewer) =>
    edge.post(at(`project-steps/${id}/decision`), body, token);
  const taken = async (to: string, rest: object = {}, code = PROJECT.code) => {
    const proposed = await step(to, rest, '', code);
    expect([proposed.status, proposed.body]).toEqual([201, expect.objectContaining({ to })]);
    const decided = await decide(proposed.body.id);
    expect([decided.status, decided.body.project]).toEqual([201, code]);
  };
  const claimsOf = async (serial: number) => {
    const { body } = await edge.get(`public/books/${BOOK}/land/LU0000${serial}`);
    return body.landUnits[0].claims;
  };

  it('begin in the pipeline, owned by an organisation of the book', async () => {
    expect(
      codeOf(await edge.post(at('projects'), { ...PROJECT, ownerExternalNo: 'HH00001' }, handler)),
    ).toEqual([...[422, 'PROJECT_OWNER_WRONG']]);
    expect((await edge.post(at('projects'), PROJECT, handler)).status).toBe(201);
    expect(codeOf(await edge.post(at('projects'), PROJECT, handler))).toEqual([409, 'PROJECT_EXISTS']);
    const { body } = await edge.get(`public/books/${BOOK}/projects`);
    expect(body).toMatchObject({ items: [{ code: 'zy-2024', state: 'pipeline', parcels: 0 }], next: null });
    expect(JSON.stringify(body)).not.toMatch(/QY1|测试林业公司/);
  });

  it('are told every parcel that is not there, in one pass', async () => {
    const land = (...parcelCodes: string[]) =>
      edge.put(at('projects/zy-2024/land'), { parcelCodes }, handler);
    const wrong = await land('XB00002', 'XB99999', 'XB00002');
    expect([...codeOf(wrong), wrong.body.errors]).toEqual([
      ...[422, 'PROJECT_LAND_REFUSED'],
      [
        { row: 2, parcel: 'XB99999', code: 'PARCEL_UNKNOWN' },
        { row: 3, parcel: 'XB00002', code: 'PARCEL_REPEATED' },
      ],
    ]);
    const drawn = await land('XB00002', 'XB00003');
    expect([drawn.status, drawn.body]).toEqual([
      200,
      { parcels: 2, landUnits: 2, areaMu100: '2460', unlikely: [] },
    ]);
  });

  it('are told all that speaks against a step at once', async () => {
    const { status, body } = await step('registered', {
      ...{ day: '2026-03-03', documentNo: '身份证610924195001010013', units: { ...UNITS } },
    });
    expect([status, body.code]).toEqual([422, 'PROJECT_STEP_REFUSED']);
    expect(body.errors.map(({ field, code }: { field: string; code: string }) => [field, code])).toEqual([
      ['to', 'STATE_WRONG'],
      ['day', 'DAY_WRONG'],
      ['documentNo', 'PERSONAL_NUMBER_IN_TEXT'],
      ['crediting', 'FIELD_MISSING'],
      ['units', 'FIELD_UNWANTED'],
    ]);
    expect(body.errors[0].expected).toEqual({
      zh: '之后只能是：designed、withdrawn',
      en: 'next is designed or withdrawn',
    });
  });

  it('take a step when another person approves it, once, and one step at a time', async () => {
    const proposed = await step('designed');
    expect(codeOf(await step('withdrawn'))).toEqual([409, 'PROJECT_STEP_OPEN']);
    expect(
      codeOf(await edge.put(at('projects/zy-2024/land'), { parcelCodes: ['XB00004'] }, handler)),
    ).toEqual([...[409, 'PROJECT_LAND_FIXED']]);
    expect(codeOf(await decide(proposed.body.id, {}, handler))).toEqual([403, 'POST_REQUIRED']);
    const raced = await Promise.all([decide(proposed.body.id), decide(proposed.body.id)]);
    expect(raced.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(raced.find(({ status }) => status === 409)!.body.code).toBe('PROPOSAL_DECIDED');
    await taken('validated');
    expect(
      codeOf(await edge.put(at('projects/zy-2024/land'), { parcelCodes: ['XB00004'] }, handler)),
    ).toEqual([...[409, 'PROJECT_LAND_FIXED']]);
  });

  it('cannot register land that this book credited, and name the land and its days', async () => {
    await edge.county.issueAll();
    const { status, body } = await step('registered', {
      crediting: { from: '2024-01-01', to: '2043-12-31' },
    });
    expect([status, body.code, body.total]).toEqual([409, 'PROJECT_LAND_HELD', 2]);
    expect(body.land).toEqual(
      [2, 3].map((serial) => ({
        ...{ landUnit: `LU0000${serial}`, from: YEAR.from, to: YEAR.to, scheme: 'county-ledger' },
      })),
    );
  });

  it('hold their land for the crediting period once registered, so that nobody issues there', async () => {
    const dry = await step(
      'registered',
      { crediting: { from: '2026-01-01', to: '2045-12-31' } },
      '?dryRun=true',
    );
    expect([dry.status, dry.body.id]).toEqual([200, null]);
    await taken('registered', { crediting: { from: '2026-01-01', to: '2045-12-31' } });
    expect(await claimsOf(2)).toEqual([
      { from: '2025-01-01', to: '2025-12-31', scheme: 'county-ledger', issuance: `${TOWNSHIP}-2025-g1` },
      { from: '2026-01-01', to: '2045-12-31', scheme: 'ccer:zy-2024', issuance: null },
    ]);
    await edge.county.advanceTo('2027-01-05T00:00:00Z');
    const registrar = await edge.staff('credit-registrar', COUNTY);
    const measured = await edge.post(at('measurements'), { from: '2026-01-01', to: '2026-12-31' }, registrar);
    expect(measured.body).toMatchObject({ parcels: 2, skipped: { creditedBefore: 2 } });
  });

  it('are credited for days of the crediting period, unit by unit and each once', async () => {
    const credited = { from: '2026-01-01', to: '2026-12-31' };
    const beyond = await step('credited', {
      ...{ day: '2027-01-04', units: UNITS, credited: { from: '2025-12-31', to: '2026-12-31' } },
    });
    expect(beyond.body.errors).toMatchObject([{ field: 'creditedFrom', code: 'DAY_WRONG' }]);
    await taken('credited', { day: '2027-01-04', units: UNITS, credited });
    const again = await step('credited', { day: '2027-01-04', units: UNITS, credited });
    expect(codeOf(again)).toEqual([409, 'NATIONAL_UNITS_KNOWN']);
  });

  it('mirror what the national registry does with their units, and nothing else', async () => {
    const event = (units: object) => ({
      ...{ kind: 'retired', day: '2027-01-04', documentNo: '国家登记簿〔2027〕1号', units },
    });
    const mirror = (units: object) =>
      edge.post(at('projects/zy-2024/national-events'), event(units), handler);
    expect(codeOf(await mirror({ ...UNITS, last: '301' }))).toEqual([422, 'NATIONAL_UNITS_UNKNOWN']);
    const retired = await mirror({ ...UNITS, last: '100' });
    expect(retired.status).toBe(201);
    expect((await edge.post(at(`national-events/${retired.body.id}/decision`), {}, reviewer)).status).toBe(
      201,
    );
    expect(codeOf(await mirror({ ...UNITS, first: '100', last: '101' }))).toEqual([
      409,
      'NATIONAL_UNITS_GONE',
    ]);
    const { body } = await edge.get(at('projects/zy-2024'), handler);
    expect(body.units).toEqual({ issued: '300', transferred: '0', retired: '100' });
    expect(body.steps).toHaveLength(4);
    expect(body.parcelCodes).toEqual(['XB00002', 'XB00003']);
  });

  it('let go of the days that were not credited when they are withdrawn, and of no others', async () => {
    await taken('withdrawn', { day: '2027-01-05' });
    expect(await claimsOf(2)).toMatchObject([
      { scheme: 'county-ledger' },
      { from: '2026-01-01', to: '2026-12-31', scheme: 'ccer:zy-2024' },
    ]);
    const released = await edge.county.query<{ days: string; scheme: string }>(
      `SELECT DISTINCT lower(period) || ' ' || upper(period) AS days, scheme FROM credits.released_claim`,
    );
    expect(released).toEqual([{ days: '2027-01-01 2046-01-01', scheme: 'ccer:zy-2024' }]);
    expect((await step('designed')).body.errors[0]).toMatchObject({ field: 'to', code: 'STATE_WRONG' });
  });

  it('add up to a pipeline beside its targets', async () => {
    await edge.post(at('projects'), { ...PROJECT, code: 'zy-bamboo', kind: 'bamboo' }, handler);
    await edge.put(at('projects/zy-bamboo/land'), { parcelCodes: ['XB00004'] }, handler);
    const target = {
      kind: 'bamboo',
      validFrom: '2026-01-01',
      targetMu100: '2460',
      documentNo: '规划〔2026〕3号',
    };
    expect((await edge.post(at('project-targets'), target, handler)).status).toBe(201);
    expect(codeOf(await edge.post(at('project-targets'), target, handler))).toEqual([
      ...[409, 'PROJECT_TARGET_EXISTS'],
    ]);
    const { body } = await edge.get(`public/books/${BOOK}/project-pipeline`);
    expect(body.items).toMatchObject([
      { kind: 'arbor', target: null, areaMu100: '0', states: [{ state: 'withdrawn', areaMu100: '2460' }] },
      {
        ...{ kind: 'bamboo', areaMu100: '1230', reachedPpm: '500000' },
        states: [{ state: 'pipeline', projects: 1, areaMu100: '1230' }],
      },
    ]);
  });

  it('are told parcels of a class that no methodology for such forest takes', async () => {
    const { body } = await edge.put(at('projects/zy-bamboo/land'), { parcelCodes: ['XB00004'] }, handler);
    expect(body.unlikely).toEqual(['XB00004']);
  });

  it('are moved by approved steps alone, whatever the application’s code does', async () => {
    for (const sql of [
      `UPDATE credits.project SET state = 'registered'`,
      `DELETE FROM credits.claim`,
      `SELECT credits.release_claims(1, 'ccer:zy-2024', NULL, gen_random_uuid(), now())`,
      `UPDATE credits.project_step SET state = 'rejected', rejection = 'x'`,
      `DELETE FROM credits.project_land WHERE area_mu100 = 1230`,
      `INSERT INTO credits.project_step (book, id, project, from_state, to_state, day, document_no, state, proposed_by,
         proposed_at, decided_by, decided_at) SELECT book, gen_random_uuid(), id, state, 'designed', '2026-01-01', 'x',
         'approved', 'a', now(), 'b', now() FROM credits.project`,
    ]) {
      await expect(edge.county.query(sql)).rejects.toThrow(/permission denied|decided once|is fixed/);
    }
  });

  it('are for those who hold the post over the whole book', async () => {
    const townOnly = await edge.staff('forestry-handler', TOWNSHIP);
    const answers = [
      await edge.post(at('projects'), PROJECT, townOnly),
      await edge.post(at('projects'), PROJECT, reviewer),
      await edge.post(
        at('projects/no-such/steps'),
        { to: 'designed', day: '2026-01-01', documentNo: 'x' },
        handler,
      ),
      await decide('no-uuid'),
      await edge.get(at('projects/no-such'), handler),
      await edge.post(at('projects'), { ...PROJECT, kind: 'fruit' }, handler),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual([
      ...['POST_REQUIRED', 'POST_REQUIRED', 'PROJECT_UNKNOWN', 'PROPOSAL_UNKNOWN', 'PROJECT_UNKNOWN'],
      'FIELDS_INVALID',
    ]);
  });

  it('leave the book in order', async () => {
    const [seen] = await edge.county.query<{ overlaps: number }>(
      `SELECT count(*)::int AS overlaps FROM credits.claim a JOIN credits.claim b
          ON a.land_unit = b.land_unit AND a.id < b.id AND a.period && b.period`,
    );
    expect(seen).toEqual({ overlaps: 0 });
  });
});

/** One clerk issues the year while another registers a project over the same land. */
describe('land that is issued and registered at once', () => {
  it.each([1, 2, 3])('goes to one of the two, round %i', async () => {
    const edge = await CreditsEdge.start();
    try {
      const { county } = edge;
      await county.import('parties', [OWNER, household(1)]);
      await county.import('parcels', [parcel(1)]);
      await county.import('rights', [right(1, 1)]);
      const handler = await edge.staff('forestry-handler', COUNTY);
      const reviewer = await edge.staff('forestry-reviewer', COUNTY);
      await edge.post(`books/${BOOK}/projects`, PROJECT, handler);
      await edge.put(`books/${BOOK}/projects/zy-2024/land`, { parcelCodes: ['XB00001'] }, handler);
      const steps = `books/${BOOK}/projects/zy-2024/steps`;
      const paper = { day: '2026-02-01', documentNo: '文〔2026〕1号' };
      for (const to of ['designed', 'validated']) {
        const { body } = await edge.post(steps, { to, ...paper }, handler);
        await edge.post(`books/${BOOK}/project-steps/${body.id}/decision`, {}, reviewer);
      }
      const crediting = { from: '2025-01-01', to: '2044-12-31' };
      const { body } = await edge.post(steps, { to: 'registered', ...paper, crediting }, handler);
      await county.measure();
      await county.recheck();
      const [issued, registered] = await Promise.all([
        county.issue(),
        edge.post(`books/${BOOK}/project-steps/${body.id}/decision`, {}, reviewer),
      ]);
      expect([issued.ok, registered.status].filter((won) => won === true || won === 201)).toHaveLength(1);
      if (issued.ok) expect(registered.body).toMatchObject({ status: 409, code: 'PROJECT_LAND_HELD' });
      else expect(issued.reason).toMatchObject({ code: 'LAND_CREDITED_BEFORE', landUnits: ['LU00001'] });
    } finally {
      await edge.stop();
    }
  });
});
