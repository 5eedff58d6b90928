import {
  DecideStep,
  DrawBoundary,
  ImportExternalList,
  LIST_COLUMNS,
  OpenProject,
  ProposeStep,
  ReleaseExternal,
  type ProjectState,
  type StepWish,
} from '@app/credits';
import { DecideLandOrder, ProposeLandOrder } from '@app/registry';
import { COUNTY, CreditsCounty, expectBookInOrder, MEASURER } from './credits-county';
import { VILLAGE } from './registry-book';

const REGIONS = [COUNTY];
const CREDITING = { from: '2026-01-01', to: '2045-12-31' };
const OWNER = { external_no: 'QY1', kind: 'enterprise', name: '测试林业公司', region_code: VILLAGE };

/** What others hold goes along when land is split, and becomes free with it. Two parcels of 12.30 mu each. */
describe('land that another scheme holds', () => {
  let county: CreditsCounty;
  beforeEach(async () => {
    county = await CreditsCounty.open();
    await county.plant(2);
  });
  afterEach(() => county.close());

  const split = async (code: string): Promise<void> => {
    const children = ['6.00', '6.30'].map((area_mu, index) => ({
      code: `${code}-${index + 1}`,
      cells: { area_mu },
    }));
    const order = {
      kind: 'split',
      parcelCodes: [code],
      from: '2026-03-01',
      children,
      evidence: '协议',
    } as const;
    const { id } = await county.done('handler', (tx) =>
      county.get(ProposeLandOrder).execute(tx, { ...order, regions: REGIONS, dryRun: false }),
    );
    await county.done('reviewer', (tx) =>
      county.get(DecideLandOrder).execute(tx, { order: id!, regions: REGIONS }),
    );
  };
  const step = async (to: ProjectState, rest: Partial<StepWish> = {}) => {
    const wish = { project: 'p', to, day: '2026-02-01', documentNo: '文1号', dryRun: false, ...rest };
    const proposed = await county.done('handler', (tx) => county.get(ProposeStep).execute(tx, wish));
    return county.run('reviewer', (tx) => county.get(DecideStep).execute(tx, { id: proposed.id! }));
  };
  const project = async (parcelCode: string): Promise<void> => {
    await county.import('parties', [OWNER]);
    await county.done('handler', (tx) =>
      county.get(OpenProject).execute(tx, {
        ...{ code: 'p', name: '项目', kind: 'arbor', methodology: 'CCER-14-001-V01', standard: 'CCER' },
        ...{ ownerExternalNo: 'QY1', targetMu100: null },
      }),
    );
    await county.done('handler', (tx) =>
      county.get(DrawBoundary).execute(tx, { project: 'p', parcelCodes: [parcelCode] }),
    );
    for (const to of ['designed', 'validated'] as const) expect((await step(to)).ok).toBe(true);
  };
  const list = (cells: Partial<Record<(typeof LIST_COLUMNS)[number], string>>) => {
    const row = { project_no: 'V1', place: VILLAGE, from: '2020-01-01', to: '2039-12-31', ...cells };
    const line = LIST_COLUMNS.map((column) => (row as Record<string, string>)[column] ?? '').join();
    const terms = { registry: 'VCS', listOn: '2026-02-28', source: '网站' };
    return county.done('registrar', (tx) =>
      county
        .get(ImportExternalList)
        .execute(tx, { ...terms, bytes: Buffer.from(`${LIST_COLUMNS.join()}\n${line}`), dryRun: false }),
    );
  };
  const claims = async (code: string): Promise<string[]> => {
    const rows = await county.query<{ said: string }>(
      `SELECT c.scheme || ' ' || lower(c.period) || ' ' || upper(c.period) || CASE WHEN c.carried THEN ' carried' ELSE '' END
              AS said
         FROM credits.claim c JOIN registry.land_unit u ON u.book = c.book AND u.id = c.land_unit
        WHERE u.code = $1 ORDER BY c.period`,
      [code],
    );
    return rows.map(({ said }) => said);
  };

  it('is held under its new names too, and free under all of them when its project is withdrawn', async () => {
    await project('XB00001');
    expect(await step('registered', { crediting: CREDITING })).toMatchObject({ ok: true });
    await split('XB00001');
    for (const code of ['XB00001-1', 'XB00001-2']) {
      expect(await claims(code)).toEqual(['ccer:p 2026-01-01 2046-01-01 carried']);
    }
    expect(await step('withdrawn')).toMatchObject({ ok: true });
    for (const code of ['LU00001', 'XB00001-1', 'XB00001-2']) expect(await claims(code)).toEqual([]);
    await county.advanceTo('2027-01-02T00:00:00Z');
    expect(await county.measure(MEASURER, COUNTY, { from: '2026-01-01', to: '2026-12-31' })).toMatchObject({
      value: { parcels: 3 },
    });
  });

  it('keeps under its new names what was credited when the rest becomes free', async () => {
    await county.issueAll();
    await list({ parcel_code: 'XB00001' });
    await split('XB00001');
    expect(await claims('XB00001-1')).toEqual([
      'county-ledger; external:VCS/V1 2020-01-01 2040-01-01 carried',
    ]);
    const terms = { registry: 'VCS', projectNo: 'V1', reason: '清单有误', documentNo: '函1号' };
    const credited = { creditedFrom: '2020-01-01', creditedTo: '2021-12-31' };
    const { id } = await county.done('registrar', (tx) =>
      county.get(ReleaseExternal).propose(tx, { ...terms, ...credited }),
    );
    await county.done('reviewer', (tx) => county.get(ReleaseExternal).decide(tx, { id }));
    expect(await claims('LU00001')).toEqual([
      'external:VCS/V1 2020-01-01 2022-01-01',
      'county-ledger 2025-01-01 2026-01-01',
    ]);
    expect(await claims('XB00001-2')).toEqual([
      'county-ledger; external:VCS/V1 2020-01-01 2022-01-01 carried',
      'county-ledger; external:VCS/V1 2025-01-01 2026-01-01 carried',
    ]);
    await expectBookInOrder(county);
  });

  it('cannot be registered when a part of it is held under a new name', async () => {
    await project('XB00001');
    await split('XB00001');
    await list({ land_unit_code: 'XB00001-2', from: '2030-01-01', to: '2030-12-31' });
    const wish = {
      project: 'p',
      to: 'registered',
      day: '2026-02-01',
      documentNo: '文2号',
      crediting: CREDITING,
    } as const;
    expect(
      await county.run('handler', (tx) => county.get(ProposeStep).execute(tx, { ...wish, dryRun: false })),
    ).toMatchObject({
      reason: {
        ...{ code: 'PROJECT_LAND_HELD', total: 1 },
        land: [{ landUnit: 'XB00001-2', from: '2030-01-01', to: '2030-12-31', scheme: 'external:VCS/V1' }],
      },
    });
  });

  it('is claimed by a list for the days that no part of it is held, and the rest is a finding', async () => {
    await split('XB00001');
    await list({ land_unit_code: 'XB00001-2', project_no: 'V2', from: '2030-01-01', to: '2030-12-31' });
    expect(await list({ parcel_code: 'XB00001' })).toMatchObject({ claims: 2, findings: { landHeld: 1 } });
    expect(await claims('LU00001')).toEqual([
      'external:VCS/V1 2020-01-01 2030-01-01',
      'external:VCS/V1 2031-01-01 2040-01-01',
    ]);
    expect(await claims('XB00001-1')).toHaveLength(2);
  });

  it('is known by its real-estate unit number', async () => {
    const unit = '610924100001JC00001L00000001';
    await county.owner(`UPDATE registry.parcel SET real_estate_unit_no = $1 WHERE code = 'XB00002'`, [unit]);
    expect(await list({ unit_no: unit })).toMatchObject({ matched: 1, claims: 1 });
    expect(await claims('LU00002')).toEqual(['external:VCS/V1 2020-01-01 2040-01-01']);
  });
});
