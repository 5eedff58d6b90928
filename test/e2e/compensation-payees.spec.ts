import { household } from '../invariants/registry-book';
import { CompensationEdge } from './compensation-edge';

const PROGRAMME = {
  ...{ code: 'gyl', nameZh: '森林生态效益补偿', ruleKind: 'area', noticeDays: 7, noticeDayKind: 'working' },
  posts: ['village-clerk', 'town-finance', 'forestry-reviewer', 'finance-review'],
};
const STANDARD = {
  ...{ level: 'national', tenure: 'individual', payableFenPerMu: '1575', publicManagementFenPerMu: '25' },
  ...{ validFrom: '2021-01-01', documentNo: '示例〔2021〕1号' },
};
const INDICATOR = {
  ...{
    docNo: '安财农〔2026〕1号',
    year: 2026,
    sourceKind: 'initial',
    fundSource: 'county',
    projectCode: 'P1',
    functionItem: '2130209',
  },
  ...{ economicItem: '30310', fundNature: '一般公共预算资金', budgetUnit: '县林业局', direct: false },
  ...{ amountFen: '10000000', arrivedOn: '2026-01-15' },
};
const TOWN = '610924100';

describe('a roster of a household whose guardian is paid', () => {
  let edge: CompensationEdge;
  let rosterId: string;

  beforeAll(async () => {
    edge = await CompensationEdge.start();
    const programmeId = (await edge.as('forestry-handler', 'POST', 'programmes', PROGRAMME)).body.id;
    await edge.as('forestry-handler', 'POST', `programmes/${programmeId}/standards`, STANDARD);
    const indicatorId = (await edge.as('indicator-keeper', 'POST', 'indicators', INDICATOR)).body.id;
    const order = { programmeId, indicatorId, region: TOWN, year: 2026 };
    rosterId = (await edge.as('forestry-handler', 'POST', 'rosters', order)).body.id;
    const payee = {
      ...{ partyExternalNo: 'HH00001', payeeExternalNo: 'HH00002', reason: 'guardian', from: '2026-03-02' },
      ...{ documentNo: '监护〔2026〕1号', evidence: '村委会证明原件，镇档案室' },
    };
    const { body } = await edge.as('village-clerk', 'POST', 'payee-orders', payee, TOWN);
    await edge.as('town-finance', 'POST', `payee-orders/${body.id}/decision`, {}, TOWN);
    await edge.as('forestry-handler', 'POST', `rosters/${rosterId}/notice`);
  });
  afterAll(() => edge.stop());

  it('still owes the household, and tells staff who is paid', async () => {
    const { items } = (await edge.as('auditor', 'GET', `rosters/${rosterId}/lines`)).body;
    expect(items).toMatchObject([
      { name: '测试户1', amountFen: '19373', payee: { externalNo: 'HH00002', reasonZh: '监护人' } },
      { name: '测试户2', payee: null },
      { name: '测试户3', payee: null },
    ]);
  });

  it('tells the household where its money goes, and to whom', async () => {
    const token = await edge.person(household(1).phone!);
    const { items } = (await edge.call('GET', 'books/county/my/payments', token)).body;
    expect(items).toMatchObject([
      { partyName: '测试户1', accountLast4: '0002', payee: { name: '测试户2', reasonEn: 'guardian' } },
    ]);
    const guardian = await edge.person(household(2).phone!);
    const own = (await edge.call('GET', 'books/county/my/payments', guardian)).body.items;
    expect(own).toMatchObject([{ partyName: '测试户2', accountLast4: '0002', payee: null }]);
    expect(own).toHaveLength(1);
  });

  it('tells nobody else: the notice names whose money it is and no payee', async () => {
    const notice = await edge.call('GET', `public/books/county/rosters/${rosterId}/notice`);
    expect(notice.status).toBe(200);
    expect(JSON.stringify(notice.body)).not.toMatch(/监护|payee|guardian/);
  });

  it('is named by a correction of a right it rests on, and stays', async () => {
    const correction = {
      ...{ parcelCode: 'XB00001', kind: 'management', from: '2025-01-01', reason: 'correction' },
      ...{ evidence: '原合同，档案室3柜' },
      shares: [{ partyExternalNo: 'HH00003', sharePercent: '100', documentNo: '合同2号' }],
    };
    const proposed = await edge.as('forestry-handler', 'POST', 'right-orders', correction);
    expect(proposed).toMatchObject({
      status: 201,
      body: {
        settled: { rosters: [{ rosterId, state: 'notice', lines: 1, amountFen: '19373' }], issuances: [] },
      },
    });
    await edge.as('forestry-reviewer', 'POST', `right-orders/${proposed.body.id}/decision`, {});
    const { items } = (await edge.as('auditor', 'GET', `rosters/${rosterId}/lines`)).body;
    expect(items[0]).toMatchObject({ name: '测试户1', amountFen: '19373' });
  });
});
