import { AddStandard, BuildRoster, RosterLines } from '@app/compensation';
import { DecideLandOrder, ProposeLandOrder } from '@app/registry';
import { CompensationCounty } from './compensation-county';
import { TOWN } from './compensation-land';

const YEAR = 2026;

describe('a roster made of rights', () => {
  let county: CompensationCounty;
  let programme: string;
  let indicator: string;

  beforeAll(async () => {
    county = await CompensationCounty.open();
    programme = await county.programme();
    indicator = await county.indicator();
  });
  afterAll(() => county.close());

  const build = (region: string, over: { programmeId?: string; year?: number } = {}) => {
    const maker = county.staff('forestry-handler');
    const order = { programmeId: programme, indicatorId: indicator, region, year: YEAR, ...over };
    return county.run(maker, (tx) => county.get(BuildRoster).execute(tx, maker, order));
  };
  const linesOf = async (roster: string) =>
    (await county.get(RosterLines).page(county.book, { roster, scope: [''], limit: 100 })).items;

  it('pays each right its part of the parcel and says how', async () => {
    const village = '610924101200';
    const [shared] = await county.land([{ village, sharePpm: 500_000n }]);
    await county.land([
      { village, sharePpm: 500_000n, parcel: shared!.parcel },
      { village, areaMu100: 64_000n },
    ]);
    const { id, no, lines, parties, areaMu100, totalFen } = await county.roster(
      programme,
      indicator,
      '610924101',
    );
    expect(no).toMatch(/^gyl\d+-2026-610924101-1$/);
    expect({ lines, parties, areaMu100, totalFen }).toEqual({
      lines: 3,
      parties: 3,
      areaMu100: 65_230n,
      totalFen: 19_373n + 1_008_000n,
    });
    const views = await linesOf(id);
    expect(views.map(({ amountFen }) => amountFen)).toEqual([9_687n, 9_686n, 1_008_000n]);
    expect(views[2]).toMatchObject({
      no: 3,
      village,
      explanationEn: '640.00 mu × 15.75 yuan × 1.00 = 10080.00 yuan',
      explanationZh: '640.00 亩 × 15.75 元 × 1.00 = 10080.00 元',
    });
  });

  it('takes only registered ground inside the scope on the day, and counts the rest', async () => {
    const village = '610924102001';
    const [paid] = await county.land([
      { village },
      { village, registered: false },
      { village, scope: null },
      { village, scope: '[2024-01-01,2026-05-06)' },
      { village, level: 'none' },
      { village, level: 'provincial' },
      { village, valid: '[2020-01-01,2026-01-01)' },
    ]);
    const { id, leftOut } = await county.roster(programme, indicator, '610924102');
    expect(leftOut).toEqual({ unregistered: 1, withoutStandard: 1, withoutRight: 1, sharesBelowOneFen: 0 });
    expect((await linesOf(id)).map(({ partyId }) => partyId)).toEqual([paid!.party]);
  });

  it('pays whoever works the land before whoever let it', async () => {
    const village = '610924103001';
    const [owner] = await county.land([{ village, rightKind: 'land-ownership' }]);
    const [tenant] = await county.land([{ village, rightKind: 'contract', parcel: owner!.parcel }]);
    const { id } = await county.roster(programme, indicator, '610924103');
    expect((await linesOf(id)).map(({ partyId }) => partyId)).toEqual([tenant!.party]);
  });

  it('says why there is nothing to pay', async () => {
    const village = '610924104001';
    await county.land([{ village, registered: false }]);
    expect(await build('610924104')).toMatchObject({
      reason: { code: 'ROSTER_EMPTY', region: '610924104', asOf: '2026-05-06', unregistered: 1 },
    });
  });

  it('is refused for ground that another roster of the programme and year has', async () => {
    await county.land([{ village: '610924105001' }, { village: '610924105002' }]);
    const first = await county.roster(programme, indicator, '610924105001');
    expect(await build('610924105')).toMatchObject({
      reason: { code: 'PARCEL_ALREADY_ROSTERED', parcels: 1, rosterNo: first.no },
    });
    expect(await build('610924105002')).toMatchObject({ ok: true });
    expect(await build('610924105', { year: 2025 })).toMatchObject({ ok: true });
    const other = await county.programme();
    expect(await build('610924105', { programmeId: other })).toMatchObject({ ok: true });
  });

  it('pays ground once a year, however it is called: what a paid parcel was split into is not paid again', async () => {
    const village = '610924108001';
    const [{ parcel } = { parcel: '' }] = await county.land([{ village }]);
    await county.roster(programme, indicator, '610924108');
    const [{ code } = { code: '' }] = await county.query<{ code: string }>(
      'SELECT code FROM registry.parcel WHERE id = $1',
      [parcel],
    );
    const order = {
      ...{
        kind: 'split' as const,
        parcelCodes: [code],
        from: '2026-05-01',
        evidence: '协议',
        regions: [village],
      },
      children: ['5.30', '7.00'].map((area_mu, index) => ({ code: `${code}-${index}`, cells: { area_mu } })),
    };
    const { id } = await county.done(county.staff('forestry-handler'), (tx) =>
      county.get(ProposeLandOrder).execute(tx, { ...order, dryRun: false }),
    );
    await county.done(county.staff('forestry-reviewer'), (tx) =>
      county.get(DecideLandOrder).execute(tx, { order: id!, regions: [village] }),
    );
    expect(await build('610924108')).toMatchObject({
      reason: { code: 'PARCEL_ALREADY_ROSTERED', parcels: 2, parcelCode: `${code}-0` },
    });
  });

  it('is made once when two make it at the same time', async () => {
    await county.land([{ village: '610924106001' }]);
    const results = await Promise.all(Array.from({ length: 6 }, () => build('610924106')));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const refused = results.flatMap((result) => (result.ok ? [] : [result.reason.code]));
    expect(new Set(refused)).toEqual(new Set(['PARCEL_ALREADY_ROSTERED']));
  });

  it('is made by staff whose region covers it, of a region of the book, against a known indicator', async () => {
    const clerk = county.staff('village-clerk', `${TOWN}001`);
    const order = { programmeId: programme, indicatorId: indicator, region: TOWN, year: YEAR };
    const make = (who: typeof clerk, over: Partial<typeof order> = {}) =>
      county.run(who, (tx) => county.get(BuildRoster).execute(tx, who, { ...order, ...over }));
    expect(await make(clerk)).toMatchObject({ reason: { code: 'POST_REQUIRED', region: TOWN } });
    const everywhere = county.staff('forestry-handler', '');
    expect(await make(everywhere, { region: '610921100' })).toMatchObject({
      reason: { code: 'REGION_OUTSIDE_BOOK' },
    });
    expect(await make(everywhere, { region: '610924999' })).toMatchObject({
      reason: { code: 'REGION_OUTSIDE_BOOK' },
    });
    expect(await make(everywhere, { indicatorId: programme })).toMatchObject({
      reason: { code: 'INDICATOR_UNKNOWN' },
    });
    expect(await make(everywhere, { programmeId: indicator })).toMatchObject({
      reason: { code: 'PROGRAMME_UNKNOWN' },
    });
  });
});

describe('a standard', () => {
  let county: CompensationCounty;
  beforeAll(async () => {
    county = await CompensationCounty.open();
  });
  afterAll(() => county.close());

  it('ends the open one before it, and each year is paid by its own', async () => {
    const programme = await county.programme({}, [
      { payableFenPerMu: 1_475n, validFrom: '2013-01-01', documentNo: 'A' },
      { payableFenPerMu: 1_575n, validFrom: '2026-01-01', documentNo: 'B' },
    ]);
    await county.land([{ village: `${TOWN}001`, areaMu100: 100n }]);
    const maker = county.staff('forestry-handler');
    const indicatorId = await county.indicator();
    const totals = [];
    for (const year of [2025, 2026]) {
      const order = { programmeId: programme, indicatorId, region: TOWN, year };
      totals.push(
        (await county.done(maker, (tx) => county.get(BuildRoster).execute(tx, maker, order))).totalFen,
      );
    }
    expect(totals).toEqual([1_475n, 1_575n]);
  });

  it('is refused where another holds on some of its days', async () => {
    const programme = await county.programme({}, [{ validFrom: '2026-01-01', documentNo: 'held' }]);
    const keeper = county.staff('forestry-handler');
    const add = (validFrom: string) =>
      county.run(keeper, (tx) =>
        county.get(AddStandard).execute(tx, keeper, {
          programme,
          level: 'national',
          tenure: 'individual',
          payableFenPerMu: 1n,
          publicManagementFenPerMu: 0n,
          validFrom,
          documentNo: 'new',
        }),
      );
    for (const day of ['2026-01-01', '2025-01-01']) {
      expect(await add(day)).toMatchObject({ reason: { code: 'STANDARD_OVERLAPS', documentNo: 'held' } });
    }
  });
});

describe('what the database refuses of a roster line, whoever writes it', () => {
  let county: CompensationCounty;
  let line: Record<string, unknown>;
  let others: Awaited<ReturnType<CompensationCounty['land']>>;

  beforeAll(async () => {
    county = await CompensationCounty.open();
    await county.land([{ village: `${TOWN}001` }]);
    const programme = await county.programme();
    const { id } = await county.roster(programme, await county.indicator());
    others = await county.land([
      { village: `${TOWN}001` },
      { village: `${TOWN}001`, registered: false },
      { village: '610924101200' },
    ]);
    const [row] = await county.query<Record<string, unknown>>(
      'SELECT * FROM compensation.roster_line WHERE book = $1 AND roster = $2',
      [county.book, id],
    );
    const { claim_year, carried_to, ...writable } = row!;
    expect([claim_year, carried_to]).toEqual([YEAR, null]);
    line = { ...writable, no: 2 };
  });
  afterAll(() => county.close());

  const write = (over: Record<string, unknown>) => {
    const row = { ...line, ...over };
    const columns = Object.keys(row);
    return county.query(
      `INSERT INTO compensation.roster_line (${columns.join(', ')})
       VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(row),
    );
  };
  const claim = (parcel: string) =>
    county.query(
      `INSERT INTO compensation.parcel_claim (book, programme, year, parcel, roster) VALUES ($1, $2, $3, $4, $5)`,
      [county.book, line.programme, line.year, parcel, line.root],
    );
  const landOf = (index: number) => {
    const { parcel, party, right, village } = others[index]!;
    return { parcel, party, right_share: right, village };
  };

  it('a line without a right', async () => {
    await expect(write({ right_share: null })).rejects.toThrow('line_is_of_one_sort');
    await claim(others[0]!.parcel);
    await expect(write({ ...landOf(0), right_share: others[0]!.parcel })).rejects.toThrow(
      'line_names_a_right',
    );
  });

  it('a right of another parcel or party, ground that is not registered, not in the region, a wrong rate', async () => {
    const wrong = 'does not say what the registry says';
    await claim(others[1]!.parcel);
    await claim(others[2]!.parcel);
    await expect(write({ ...landOf(0), right_share: others[1]!.right })).rejects.toThrow(wrong);
    await expect(write({ ...landOf(0), party: others[1]!.party })).rejects.toThrow(wrong);
    await expect(write(landOf(1))).rejects.toThrow(wrong);
    await expect(write(landOf(2))).rejects.toThrow(wrong);
    const dearer = { fen_per_mu: '1600', parcel_fen: '19680', amount_fen: '19680' };
    await expect(write({ ...landOf(0), ...dearer })).rejects.toThrow(wrong);
  });

  it('an amount that area and standard do not make', async () => {
    await expect(write({ ...landOf(0), amount_fen: '19374' })).rejects.toThrow('share_of_the_parcel');
    await expect(write({ ...landOf(0), parcel_fen: '19372', amount_fen: '19372' })).rejects.toThrow(
      'parcel_is_rounded_once',
    );
  });

  it('the same right twice in a programme and year, and a parcel claimed twice', async () => {
    await expect(write({})).rejects.toThrow('roster_line_right_once');
    await expect(claim(String(line.parcel))).rejects.toThrow('parcel_once_a_year');
  });

  it('any line once the roster is published, and any change of a figure at all', async () => {
    await county.publish(String(line.roster));
    await expect(write(landOf(0))).rejects.toThrow('does not say what the registry says');
    await expect(
      county.query('UPDATE compensation.roster_line SET amount_fen = 1 WHERE book = $1', [county.book]),
    ).rejects.toThrow('permission denied');
    await expect(
      county.query('DELETE FROM compensation.roster_line WHERE book = $1', [county.book]),
    ).rejects.toThrow('permission denied');
  });
});
