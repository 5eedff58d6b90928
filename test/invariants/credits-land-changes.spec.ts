import { LandCredits } from '@app/credits';
import { DecideLandOrder, DecideParcelOrder, ProposeLandOrder, ProposeParcelOrder } from '@app/registry';
import { COUNTY, CreditsCounty, expectBookInOrder, MEASURER } from './credits-county';
import { parcel } from './registry-book';

const REGIONS = [COUNTY];
/** Of middle-aged broadleaf forest, a mu. */
const GRAMS_PER_MU = 250_000n;

describe('land that changes', () => {
  let county: CreditsCounty;
  beforeEach(async () => {
    county = await CreditsCounty.open();
  });
  afterEach(() => county.close());

  const change = async (parcelCode: string, from: string, changes: Record<string, string>): Promise<void> => {
    const order = {
      parcelCode,
      from,
      reason: 'survey',
      changes,
      evidence: '调查',
      regions: REGIONS,
      dryRun: false,
    } as const;
    const { id } = await county.done('handler', (tx) => county.get(ProposeParcelOrder).execute(tx, order));
    await county.done('reviewer', (tx) =>
      county.get(DecideParcelOrder).execute(tx, { order: id!, regions: REGIONS }),
    );
  };
  const proposeSplit = async (code: string, areas: readonly string[], from = '2026-03-01') => {
    const children = areas.map((area_mu, index) => ({ code: `${code}-${index + 1}`, cells: { area_mu } }));
    const order = {
      kind: 'split',
      parcelCodes: [code],
      from,
      children,
      evidence: '协议',
      regions: REGIONS,
    } as const;
    return county.done('handler', (tx) =>
      county.get(ProposeLandOrder).execute(tx, { ...order, dryRun: false }),
    );
  };
  const decideLand = (id: string) =>
    county.run('reviewer', (tx) => county.get(DecideLandOrder).execute(tx, { order: id, regions: REGIONS }));
  const split = async (code: string, areas: readonly string[], from?: string): Promise<void> => {
    expect(await decideLand((await proposeSplit(code, areas, from)).id!)).toMatchObject({ ok: true });
  };
  const claims = () =>
    county.query<{ code: string; period: string; carried: boolean }>(
      `SELECT u.code, c.period::text, c.carried FROM credits.claim c
         JOIN registry.land_unit u ON u.book = c.book AND u.id = c.land_unit ORDER BY u.code, c.period`,
    );

  it('is measured with the facts of the last day of the year, not with the newest', async () => {
    await county.plant(3);
    await change('XB00001', '2026-01-01', { area_mu: '100.00', forest_class: 'tea' });
    await change('XB00002', '2025-12-31', { area_mu: '20.00' });
    expect(await county.measure()).toMatchObject({
      value: {
        parcels: 3,
        areaMu100: 1230n + 2000n + 1230n,
        grams: (GRAMS_PER_MU * (1230n + 2000n + 1230n)) / 100n,
      },
    });
  });

  it('is measured under the number it had on that day, and issued so when it has been split since', async () => {
    await county.plant(2);
    await split('XB00001', ['6.00', '6.30']);
    expect(await county.issueAll()).toMatchObject([{ parties: 2, grams: (GRAMS_PER_MU * 2460n) / 100n }]);
    expect(await claims()).toEqual([
      { code: 'LU00001', period: '[2025-01-01,2026-01-01)', carried: false },
      { code: 'LU00002', period: '[2025-01-01,2026-01-01)', carried: false },
      { code: 'XB00001-1', period: '[2025-01-01,2026-01-01)', carried: true },
      { code: 'XB00001-2', period: '[2025-01-01,2026-01-01)', carried: true },
    ]);
    await expectBookInOrder(county);
  });

  it('takes along for which time it was credited, and is then not measured again for it', async () => {
    await county.plant(2);
    await county.issueAll();
    await split('XB00001', ['6.00', '6.30'], '2025-06-01');
    expect((await claims()).filter(({ carried }) => carried)).toHaveLength(2);
    expect(await county.measure()).toMatchObject({ reason: { code: 'NOTHING_TO_MEASURE' } });
    await county.advanceTo('2027-01-02T00:00:00Z');
    const next = { from: '2026-01-01', to: '2026-12-31' };
    expect(await county.measure(MEASURER, COUNTY, next)).toMatchObject({
      value: { parcels: 3, areaMu100: 2460n },
    });
  });

  it('refuses to issue former land whose new land another registry has credited', async () => {
    await county.plant(2);
    await split('XB00001', ['6.00', '6.30']);
    await county.measure();
    await county.recheck();
    await county.owner(
      `INSERT INTO credits.claim (book, land_unit, period, scheme, claimed_at)
       SELECT book, id, '[2025-06-01,2026-06-01)', '省级碳普惠', now() FROM registry.land_unit WHERE code = 'XB00001-2'`,
    );
    expect(await county.issue()).toMatchObject({
      reason: { code: 'LAND_CREDITED_BEFORE', total: 1, landUnits: ['LU00001'] },
    });
    await expect(
      county.owner(
        `INSERT INTO credits.claim (book, land_unit, period, scheme, claimed_at)
         SELECT book, id, '[2025-01-01,2026-01-01)', 'x', now() FROM registry.land_unit WHERE code = 'LU00001'`,
      ),
    ).rejects.toMatchObject({ constraint: 'land_credited_once' });
  });

  it('is credited once also when it is split and issued at the same moment', async () => {
    await county.plant(1);
    await county.measure();
    await county.recheck();
    const { id } = await proposeSplit('XB00001', ['6.00', '6.30']);
    const [issued, decided] = await Promise.all([county.issue(), decideLand(id!)]);
    expect([issued.ok, decided.ok]).toEqual([true, true]);
    expect((await claims()).map(({ code, carried }) => `${code} ${carried}`)).toEqual([
      'LU00001 false',
      'XB00001-1 true',
      'XB00001-2 true',
    ]);
  });

  it('is told when facts of a credited year are changed later: nothing that was issued changes', async () => {
    await county.plant(2);
    await county.issueAll();
    const page = { scope: REGIONS, count: 10 };
    expect(await county.get(LandCredits).changedSince(county.book, page)).toEqual([]);
    await change('XB00001', '2026-02-01', { area_mu: '13.00' });
    expect(await county.get(LandCredits).changedSince(county.book, page)).toEqual([]);
    expect(await county.get(LandCredits).creditedFrom(county.book, 'XB00002', '2025-12-31')).toMatchObject([
      { from: '2025-01-01', to: '2025-12-31', grams: (GRAMS_PER_MU * 1230n) / 100n },
    ]);
    await change('XB00002', '2025-03-01', { area_mu: '10.00' });
    expect(await county.get(LandCredits).changedSince(county.book, page)).toMatchObject([
      {
        ...{ parcel: 'XB00002', year: 2025, grams: (GRAMS_PER_MU * 1230n) / 100n },
        ...{ measured: { areaMu100: '1230' }, now: { areaMu100: '1000' } },
      },
    ]);
    expect(await county.get(LandCredits).changedSince(county.book, { ...page, scope: ['610921'] })).toEqual(
      [],
    );
    await expectBookInOrder(county);
  });

  it('has its facts in the caller’s plan: nobody pays for history that is not there', async () => {
    await county.import('parcels', [parcel(1)]);
    const plan = await county.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT count(*) FROM registry.parcel_on(${county.book}, '2025-12-31') p WHERE p.village = '610924100001'`,
    );
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).not.toContain('Function Scan');
    expect(text).toContain('parcel_past');
  });
});
