import { CompensationEdge } from './compensation-edge';

const PROGRAMME = {
  ...{ code: 'gyl', nameZh: '森林生态效益补偿', noticeDays: 7, noticeDayKind: 'working' },
  quality: { minPpm: '900000', maxPpm: '1100000' },
};
const STANDARD = {
  ...{ level: 'national', tenure: 'individual', payableFenPerMu: '1575', publicManagementFenPerMu: '25' },
  ...{ validFrom: '2021-01-01', documentNo: '示例〔2021〕1号' },
};
const INDEX = {
  ...{ validFrom: '2027-01-01', documentNo: '安林发〔2026〕20号', floorPpm: '970000', capPpm: '1030000' },
  ...{ lowestFenPerMu: '1000', highestFenPerMu: '2000' },
  variables: [
    { variable: 'cpi', valuePpm: '1020000', weightPpm: '1000000', source: '统计局', documentNo: '公报1号' },
  ],
};
const QUALITY = {
  ...{ region: '610924100', grade: '良', multiplierPpm: '950000', validFrom: '2026-01-01' },
  ...{ documentNo: '环监〔2026〕3号', evidence: '监测报告，生态环境分局档案' },
};

describe('fine standards over HTTP', () => {
  let edge: CompensationEdge;
  let id: string;

  beforeAll(async () => {
    edge = await CompensationEdge.start();
    id = (await edge.as('forestry-handler', 'POST', 'programmes', PROGRAMME)).body.id;
  });
  afterAll(() => edge.stop());

  const handler = (path: string, body: object) => edge.as('forestry-handler', 'POST', path, body);

  it('take rangers off and nothing else, and are listed as they are', async () => {
    const ranger = { kind: 'ranger', fenPerMu: '200', documentNo: '安林发〔2026〕5号' };
    expect(
      await handler(`programmes/${id}/standards`, {
        ...STANDARD,
        deduction: { ...ranger, kind: 'insurance' },
      }),
    ).toMatchObject({ status: 422, body: { code: 'DEDUCTION_UNDEFINED', defined: ['ranger'] } });
    expect(await handler(`programmes/${id}/standards`, { ...STANDARD, forestClass: 'jungle' })).toMatchObject(
      {
        body: { code: 'FIELDS_INVALID' },
      },
    );
    const fine = { forestClass: 'broadleaf', deduction: ranger };
    expect(await handler(`programmes/${id}/standards`, { ...STANDARD, ...fine })).toMatchObject({
      status: 201,
    });
    const { items } = (await edge.as('auditor', 'GET', 'programmes')).body;
    expect(items).toMatchObject([
      {
        ...{ qualityMinPpm: '900000', qualityMaxPpm: '1100000' },
        standards: [{ forestClass: 'broadleaf', managementGrade: null, deductionFenPerMu: '200' }],
      },
    ]);
  });

  it('move by an index that one proposes and another approves', async () => {
    expect(await handler(`programmes/${id}/index-decisions`, { ...INDEX, variables: [] })).toMatchObject({
      status: 422,
      body: { code: 'PROGRAMME_FIELD_WRONG', field: 'variables' },
    });
    const proposed = await handler(`programmes/${id}/index-decisions`, INDEX);
    expect(proposed).toMatchObject({
      status: 201,
      body: { appliedPpm: '1020000', standards: [{ fenPerMu: '1575', rateFenPerMu: '1607' }] },
    });
    const decision = `index-decisions/${proposed.body.id}/decision`;
    expect(await handler(decision, {})).toMatchObject({ status: 403 });
    expect(await edge.as('forestry-reviewer', 'POST', decision, {})).toMatchObject({
      status: 201,
      body: { standards: 1 },
    });
    expect(await edge.as('forestry-reviewer', 'POST', decision, {})).toMatchObject({
      status: 409,
      body: { code: 'PROPOSAL_DECIDED' },
    });
    expect(await edge.as('forestry-reviewer', 'POST', 'index-decisions/x/decision', {})).toMatchObject({
      status: 404,
      body: { code: 'PROPOSAL_UNKNOWN' },
    });
    const { items } = (await edge.as('auditor', 'GET', `programmes/${id}/index-decisions`)).body;
    expect(items).toMatchObject([
      {
        state: 'approved',
        standards: [
          {
            explanationZh: '指数 = 1.02（居民消费价格指数）× 1.00 = 1.02；15.75 元 × 1.02 = 16.07 元',
          },
        ],
      },
    ]);
  });

  it('are multiplied by the quality that was monitored, as the notice board shows', async () => {
    const proposed = await handler('quality-results', QUALITY);
    expect(proposed).toMatchObject({ status: 201 });
    const decision = `quality-results/${proposed.body.id}/decision`;
    expect(await edge.as('forestry-reviewer', 'POST', decision, {})).toMatchObject({ status: 201 });
    expect((await edge.as('auditor', 'GET', 'quality-results')).body.items).toMatchObject([
      { regionName: '城关镇', multiplierPpm: '950000', state: 'approved' },
    ]);
    const indicator = {
      ...{
        docNo: '安财农〔2026〕1号',
        year: 2026,
        sourceKind: 'initial',
        fundSource: 'county',
        projectCode: 'P1',
        direct: false,
      },
      ...{ functionItem: '2130209', economicItem: '30310', fundNature: '一般公共预算资金' },
      ...{ budgetUnit: '县林业局', amountFen: '10000000', arrivedOn: '2026-01-15' },
    };
    const indicatorId = (await edge.as('indicator-keeper', 'POST', 'indicators', indicator)).body.id;
    const order = { programmeId: id, indicatorId, region: '610924100', year: 2026 };
    const roster = (await handler('rosters', order)).body.id;
    await edge.as('forestry-handler', 'POST', `rosters/${roster}/notice`);
    const notice = (await edge.call('GET', `public/books/county/rosters/${roster}/notice`)).body;
    expect(notice.items[0]).toMatchObject({
      ...{ deductionFenPerMu: '200', qualityPpm: '950000', amountFen: '16067' },
      explanationZh: '12.30 亩 ×（15.75 − 2.00）元 × 0.95（质量等级）= 160.67 元',
    });
    expect(notice.standards).toMatchObject([
      { forestClass: 'broadleaf', deductionDocumentNo: '安林发〔2026〕5号' },
    ]);
  });
});
