import {
  AddStandard,
  BuildRoster,
  DecideIndex,
  DecideQuality,
  IndexDecisions,
  OpenNotice,
  Programmes,
  ProposeIndex,
  ProposeQuality,
  RosterLines,
  type IndexDraft,
  type QualityDraft,
  type StandardDraft,
} from '@app/compensation';
import type { Principal } from '@app/identity';
import { CompensationCounty } from './compensation-county';
import { TOWN } from './compensation-land';

const VILLAGE = `${TOWN}001`;

describe('the standards of a county', () => {
  let county: CompensationCounty;
  let keeper: Principal;
  let indicator: string;

  beforeAll(async () => {
    county = await CompensationCounty.open();
    keeper = county.staff('forestry-handler');
    indicator = await county.indicator();
  });
  afterAll(() => county.close());

  const add = (programme: string, over: Partial<StandardDraft>) =>
    county.run(keeper, (tx) =>
      county.get(AddStandard).execute(tx, keeper, {
        ...{ programme, level: 'national', tenure: 'individual', payableFenPerMu: 1_575n },
        ...{ publicManagementFenPerMu: 25n, validFrom: '2021-01-01', documentNo: '示例〔2021〕1号', ...over },
      }),
    );
  const linesOf = async (roster: string) =>
    (await county.get(RosterLines).page(county.book, { roster, scope: [''], limit: 100 })).items;
  const quality = async (over: Partial<QualityDraft>, decider = county.staff('forestry-reviewer')) => {
    const draft = {
      ...{ region: VILLAGE, grade: '良', multiplierPpm: 950_000n, validFrom: '2026-01-01' },
      ...{ documentNo: '环监〔2026〕3号', evidence: '监测报告，生态环境分局档案', ...over },
    };
    const { id } = await county.done(keeper, (tx) => county.get(ProposeQuality).execute(tx, keeper, draft));
    return county.run(decider, (tx) => county.get(DecideQuality).execute(tx, decider, { id }));
  };

  it('pays a parcel by the standard with most keys of those that fit it', async () => {
    const programme = await county.programme({}, [
      {},
      { forestClass: 'bamboo', payableFenPerMu: 1_000n },
      { forestClass: 'broadleaf', managementGrade: 1, payableFenPerMu: 2_000n },
      { level: 'prefecture', payableFenPerMu: 700n },
    ]);
    const village = '610924101001';
    const parcels = [
      {},
      { forestClass: 'bamboo', landProtection: 1 },
      { landProtection: 1 },
      { landProtection: 2 },
      { level: 'prefecture' },
      { level: 'county' },
    ];
    const land = await county.land(parcels.map((over) => ({ village, areaMu100: 100n, ...over })));
    const { id, leftOut } = await county.roster(programme, indicator, '610924101');
    const paid = new Map((await linesOf(id)).map((line) => [line.partyId, line.amountFen]));
    expect(land.map(({ party }) => paid.get(party))).toEqual([
      1_575n,
      1_000n,
      2_000n,
      1_575n,
      700n,
      undefined,
    ]);
    expect(leftOut).toMatchObject({ withoutStandard: 1 });
  });

  it('refuses two as specific as each other that could both fit one parcel', async () => {
    const programme = await county.programme({}, [{ forestClass: 'bamboo', documentNo: 'held' }]);
    const overlaps = { reason: { code: 'STANDARD_OVERLAPS', documentNo: 'held' } };
    expect(await add(programme, { managementGrade: 2 })).toMatchObject(overlaps);
    expect(await add(programme, { managementGrade: 2, forestClass: 'bamboo' })).toMatchObject({ ok: true });
    expect(await add(programme, { forestClass: 'tea' })).toMatchObject({ ok: true });
    await expect(
      county.query(
        `INSERT INTO compensation.standard (book, id, programme, level, tenure, management_grade, payable_fen_per_mu,
                public_management_fen_per_mu, valid, document_no, recorded_by, recorded_at)
         VALUES ($1, gen_random_uuid(), $2, 'national', 'individual', 3, 1, 0, '[2022-01-01,)', 'x', 'x', now())`,
        [county.book, programme],
      ),
    ).rejects.toThrow('one_standard_a_day');
  });

  it('takes rangers off what a mu pays, by a document, and nothing else ever', async () => {
    const ranger = { kind: 'ranger', fenPerMu: 200n, documentNo: '安林发〔2026〕5号' };
    const programme = await county.programme({}, []);
    expect(await add(programme, { deduction: { ...ranger, kind: 'insurance' } })).toMatchObject({
      reason: { code: 'DEDUCTION_UNDEFINED', kind: 'insurance', defined: ['ranger'] },
    });
    for (const wrong of [{ fenPerMu: 201n }, { fenPerMu: 0n }, { documentNo: ' ' }]) {
      expect(await add(programme, { deduction: { ...ranger, ...wrong } })).toMatchObject({
        reason: { code: 'PROGRAMME_FIELD_WRONG', field: 'deduction' },
      });
    }
    expect(await add(programme, { deduction: ranger })).toMatchObject({ ok: true });
    await county.land([{ village: '610924102001' }]);
    const { id } = await county.roster(programme, indicator, '610924102');
    const [line] = await linesOf(id);
    expect(line).toMatchObject({
      ...{ fenPerMu: 1_575n, deductionFenPerMu: 200n, amountFen: 16_913n },
      explanationZh: '12.30 亩 ×（15.75 − 2.00）元 = 169.13 元',
    });
    for (const [column, value, constraint] of [
      ['deduction_kind', "'insurance'", 'standard_deduction_kind_check'],
      ['deduction_fen_per_mu', '201', 'standard_deduction_fen_per_mu_check'],
      ['deduction_document_no', 'NULL', 'only_defined_deductions'],
    ] as const) {
      await expect(
        county.query(
          `INSERT INTO compensation.standard (book, id, programme, level, tenure, payable_fen_per_mu,
                  public_management_fen_per_mu, valid, document_no, recorded_by, recorded_at, deduction_kind,
                  deduction_fen_per_mu, deduction_document_no)
           SELECT book, gen_random_uuid(), programme, level, 'state', payable_fen_per_mu, 0, valid, 'x', 'x', now(),
                  ${column === 'deduction_kind' ? value : 'deduction_kind'},
                  ${column === 'deduction_fen_per_mu' ? value : 'deduction_fen_per_mu'},
                  ${column === 'deduction_document_no' ? value : 'deduction_document_no'}
             FROM compensation.standard WHERE book = $1 AND programme = $2`,
          [county.book, programme],
        ),
      ).rejects.toThrow(constraint);
    }
  });

  it('lets the nearest quality result count, within what the programme allows, and a notice fixes it', async () => {
    const programme = await county.programme({ quality: { minPpm: 900_000n, maxPpm: 1_050_000n } });
    const plain = await county.programme();
    await county.land([
      { village: '610924103200' },
      { village: '610924103201' },
      { village: '610924103202' },
    ]);
    expect(await quality({ region: '610924103', multiplierPpm: 950_000n })).toMatchObject({ ok: true });
    expect(await quality({ region: '610924103201', multiplierPpm: 1_200_000n })).toMatchObject({ ok: true });
    expect(await quality({ region: '610924103202', multiplierPpm: 800_000n })).toMatchObject({ ok: true });
    const { id } = await county.roster(programme, indicator, '610924103');
    const lines = await linesOf(id);
    expect(lines.map(({ qualityPpm }) => qualityPpm)).toEqual([950_000n, 1_050_000n, 900_000n]);
    expect(lines[0]?.explanationZh).toBe('12.30 亩 × 15.75 元 × 0.95（质量等级）= 184.04 元');
    const without = await linesOf((await county.roster(plain, indicator, '610924103')).id);
    expect(without.map(({ amountFen }) => amountFen)).toEqual([19_373n, 19_373n, 19_373n]);
    const opened = await county.run(keeper, (tx) => county.get(OpenNotice).execute(tx, keeper, id));
    expect(opened).toMatchObject({ ok: true });
  });

  it('lets a quality result count once another than its proposer says so, one a region and day', async () => {
    expect(await quality({ region: '610924104' }, keeper)).toMatchObject({
      reason: { code: 'POST_REQUIRED' },
    });
    const both = {
      ...keeper,
      assignments: [...keeper.assignments, ...county.staff('forestry-reviewer').assignments],
    };
    expect(await quality({ region: '610924104' }, both)).toMatchObject({
      reason: { code: 'STEP_BY_SAME_PERSON' },
    });
    expect(await quality({ region: '610924104', documentNo: 'A' })).toMatchObject({ ok: true });
    expect(await quality({ region: '610924104', documentNo: 'B' })).toMatchObject({
      reason: { code: 'QUALITY_OVERLAPS', documentNo: 'A' },
    });
    expect(await quality({ region: '610924104', validFrom: '2027-01-01' })).toMatchObject({ ok: true });
    await expect(quality({ region: '610924104', multiplierPpm: 700_000n })).rejects.toThrow('multiplierPpm');
  });

  const draftOf = (programme: string, over: Partial<IndexDraft> = {}): IndexDraft => ({
    ...{ programme, validFrom: '2027-01-01', documentNo: '安林发〔2026〕20号' },
    ...{ floorPpm: 970_000n, capPpm: 1_030_000n, lowestFenPerMu: 1_000n, highestFenPerMu: 2_000n },
    variables: [
      { variable: 'cpi', valuePpm: 1_020_000n, weightPpm: 600_000n, source: '统计局', documentNo: 'c1' },
      {
        variable: 'fiscal-revenue',
        valuePpm: 1_080_000n,
        weightPpm: 400_000n,
        source: '财政局',
        documentNo: 'f1',
      },
    ],
    ...over,
  });
  const propose = (draft: IndexDraft) =>
    county.run(keeper, (tx) => county.get(ProposeIndex).execute(tx, keeper, draft));
  const decide = (id: string, who: Principal, rejection?: string) =>
    county.run(who, (tx) => county.get(DecideIndex).execute(tx, who, { id, rejection }));

  it('become by an index what its frozen inputs give, once another approves it', async () => {
    const programme = await county.programme({}, [
      { deduction: { kind: 'ranger', fenPerMu: 100n, documentNo: 'r1' } },
      { tenure: 'collective', payableFenPerMu: 1_990n },
    ]);
    const proposed = await propose(draftOf(programme));
    if (!proposed.ok) throw new Error(proposed.reason.code);
    const { id } = proposed.value;
    expect(proposed.value).toMatchObject({ indexPpm: 1_044_000n, appliedPpm: 1_030_000n });
    expect(await propose(draftOf(programme))).toMatchObject({ reason: { code: 'INDEX_EXISTS' } });
    const reviewer = county.staff('forestry-reviewer');
    const same = { ...keeper, assignments: reviewer.assignments };
    expect(await decide(id, same)).toMatchObject({ reason: { code: 'STEP_BY_SAME_PERSON' } });
    expect(await decide(id, reviewer)).toMatchObject({ value: { standards: 2 } });
    expect(await decide(id, reviewer)).toMatchObject({ reason: { code: 'PROPOSAL_DECIDED' } });

    const found = (await county.get(Programmes).list(county.book)).find((one) => one.id === programme);
    const next = found!.standards.filter(({ validFrom }) => validFrom === '2027-01-01');
    expect(next).toMatchObject([
      { tenure: 'collective', payableFenPerMu: 2_000n, indexDecision: id, documentNo: '安林发〔2026〕20号' },
      { tenure: 'individual', payableFenPerMu: 1_622n, deductionFenPerMu: 100n, indexDecision: id },
    ]);
    expect(found!.standards.filter(({ validUntil }) => validUntil === '2026-12-31')).toHaveLength(2);
    const [told] = await county.get(IndexDecisions).list(county.book, programme);
    expect(told?.standards.map(({ explanationZh }) => explanationZh)[1]).toBe(
      '指数 = 1.02（居民消费价格指数）× 0.60 + 1.08（财政收入增长）× 0.40 = 1.044；年变动限于 0.97–1.03，取 1.03；' +
        '15.75 元 × 1.03 = 16.22 元',
    );
    for (const damage of [
      `UPDATE compensation.index_decision SET rejection = 'x', state = 'rejected' WHERE id = $1`,
      `UPDATE compensation.index_decision SET applied_ppm = 1000000 WHERE id = $1`,
    ]) {
      await expect(county.query(damage, [id])).rejects.toThrow(/is decided|permission denied/);
    }
    await expect(
      county.query(
        `INSERT INTO compensation.index_result (book, decision, standard, base_fen_per_mu, applied_ppm,
                lowest_fen_per_mu, highest_fen_per_mu, rate_fen_per_mu)
         SELECT book, decision, (SELECT s.id FROM compensation.standard s WHERE s.index_decision = $1 LIMIT 1),
                base_fen_per_mu, applied_ppm, lowest_fen_per_mu, highest_fen_per_mu, rate_fen_per_mu + 1
           FROM compensation.index_result WHERE decision = $1 LIMIT 1`,
        [id],
      ),
    ).rejects.toThrow('rate_follows_from_the_base');
  });

  it('are not moved by an index whose base has ended, nor by one that was rejected', async () => {
    const programme = await county.programme();
    const reviewer = county.staff('finance-review');
    const first = await propose(draftOf(programme));
    const id = first.ok ? first.value.id : '';
    expect(await decide(id, reviewer, '数据有误')).toMatchObject({ value: { standards: 0 } });
    const second = await propose(draftOf(programme));
    expect(await add(programme, { validFrom: '2026-06-01', documentNo: 'new' })).toMatchObject({ ok: true });
    expect(await decide(second.ok ? second.value.id : '', reviewer)).toMatchObject({
      reason: { code: 'INDEX_BASE_CHANGED' },
    });
    expect(await propose(draftOf(await county.programme({}, [])))).toMatchObject({
      reason: { code: 'INDEX_WITHOUT_BASE' },
    });
  });

  it('pays next year by what the index made', async () => {
    const programme = await county.programme();
    await county.land([{ village: '610924105001' }]);
    const proposed = await propose(draftOf(programme));
    await decide(proposed.ok ? proposed.value.id : '', county.staff('forestry-reviewer'));
    const order = { programmeId: programme, indicatorId: indicator, region: '610924105', year: 2027 };
    const built = await county.done(keeper, (tx) => county.get(BuildRoster).execute(tx, keeper, order));
    expect((await linesOf(built.id))[0]).toMatchObject({
      explanationEn: '12.30 mu × 16.22 yuan × 1.00 = 199.51 yuan',
    });
  });
});
