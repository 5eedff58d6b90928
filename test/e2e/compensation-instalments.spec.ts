import { household } from '../invariants/registry-book';
import { CompensationEdge } from './compensation-edge';

const POSTS = ['village-clerk', 'town-finance', 'forestry-reviewer', 'finance-review'];
const PROGRAMME = {
  ...{ code: 'tghl', nameZh: '新一轮退耕还林补助', ruleKind: 'instalment', noticeDays: 7 },
  ...{ noticeDayKind: 'working', posts: POSTS },
  settings: { schemes: { 'new-round': { '1': '50000', '3': '30000', '5': '40000' } } },
};
const CONTRACT = {
  ...{ contractNo: '退〔2024〕1号', parcelCode: 'XB00001', rightKind: 'management', areaMu100: '600' },
  ...{ holderExternalNo: 'HH00001', plantedYear: 2024, scheme: 'new-round', payeeRule: 'per-contract' },
  payeeDocumentNo: '流转〔2024〕1号',
};
const ACCEPTANCE = {
  ...{ yearNo: 1, areaMu100: '550', inspectedOn: '2026-02-20', documentNo: '验〔2026〕1号', tended: true },
};
const INDICATOR = {
  ...{ docNo: '安财农〔2026〕1号', year: 2026, sourceKind: 'initial', projectCode: 'P1', direct: false },
  ...{ functionItem: '2110602', economicItem: '30310', fundNature: '一般公共预算资金' },
  ...{ budgetUnit: '县林业局', amountFen: '10000000', arrivedOn: '2026-01-15' },
  fundSource: 'central',
};

describe('farmland turned to forest over HTTP', () => {
  let edge: CompensationEdge;
  let programmeId: string;
  let contractId: string;

  beforeAll(async () => {
    edge = await CompensationEdge.start();
  });
  afterAll(() => edge.stop());

  const handler = (path: string, body: object) => edge.as('forestry-handler', 'POST', path, body);
  const reviewer = (path: string, body: object) => edge.as('forestry-reviewer', 'POST', path, body);

  it('has programmes whose settings are of their kind', async () => {
    expect(await handler('programmes', { ...PROGRAMME, settings: {} })).toMatchObject({
      status: 422,
      body: { code: 'PROGRAMME_FIELD_WRONG', field: 'settings' },
    });
    const made = await handler('programmes', PROGRAMME);
    expect(made).toMatchObject({ status: 201 });
    programmeId = made.body.id;
    expect((await edge.as('auditor', 'GET', 'programmes')).body.items).toMatchObject([
      { ruleKind: 'instalment', settings: PROGRAMME.settings, standards: [] },
    ]);
  });

  it('has contracts that one enters and another lets count', async () => {
    const path = `programmes/${programmeId}/contracts`;
    expect(await handler(path, { ...CONTRACT, areaMu100: '1231' })).toMatchObject({
      status: 422,
      body: { code: 'AREA_ABOVE', mostMu100: '1230' },
    });
    expect(await handler(path, { ...CONTRACT, payeeRule: 'whoever' })).toMatchObject({
      body: { code: 'FIELDS_INVALID' },
    });
    const proposed = await handler(path, CONTRACT);
    expect(proposed).toMatchObject({ status: 201 });
    contractId = proposed.body.id;
    expect(await handler(path, CONTRACT)).toMatchObject({ status: 409, body: { code: 'CONTRACT_EXISTS' } });
    expect(await handler(`contracts/${contractId}/acceptances`, ACCEPTANCE)).toMatchObject({
      status: 409,
      body: { code: 'CONTRACT_STATE_WRONG' },
    });
    expect(await handler(`contracts/${contractId}/decision`, {})).toMatchObject({ status: 403 });
    expect(await reviewer(`contracts/${contractId}/decision`, {})).toMatchObject({ status: 201 });
    expect((await edge.as('auditor', 'GET', path)).body).toMatchObject({
      items: [{ contractNo: CONTRACT.contractNo, payeeName: '测试户1', state: 'approved' }],
      next: null,
    });
  });

  it('owes an instalment once its acceptance is confirmed, and pays it like any other money', async () => {
    expect(await handler('contracts/x/acceptances', ACCEPTANCE)).toMatchObject({ status: 404 });
    const proposed = await handler(`contracts/${contractId}/acceptances`, ACCEPTANCE);
    const decision = `acceptances/${proposed.body.id}/decision`;
    expect(await reviewer(decision, {})).toMatchObject({
      status: 409,
      body: { code: 'ACCEPTANCE_UNCONFIRMED' },
    });
    expect(await reviewer(decision, { provinceDocumentNo: '陕林退〔2026〕3号' })).toMatchObject({
      status: 201,
      body: { owedFen: '275000' },
    });
    expect(
      (await edge.as('auditor', 'GET', `programmes/${programmeId}/entitlements`)).body.items,
    ).toMatchObject([
      {
        ...{ kind: 'instalment', name: '测试户1', amountFen: '275000', rosterNo: null },
        explanationZh: '5.50 亩 × 500.00 元（第1年）= 2750.00 元',
      },
    ]);
    const indicatorId = (await edge.as('indicator-keeper', 'POST', 'indicators', INDICATOR)).body.id;
    const order = { programmeId, indicatorId, region: '610924100', year: 2026 };
    const made = await handler('rosters', order);
    expect(made).toMatchObject({ status: 201, body: { lines: 1, totalFen: '275000' } });
    const { id } = made.body;
    const opened = await edge.as('forestry-handler', 'POST', `rosters/${id}/notice`);
    expect(opened).toMatchObject({ status: 201 });
    const notice = (await edge.call('GET', `public/books/county/rosters/${id}/notice`)).body;
    expect(notice.items).toMatchObject([{ kind: 'instalment', parcelCode: 'XB00001', areaMu100: null }]);
    await edge.advancePast(opened.body.until);
    await edge.as('forestry-handler', 'POST', `rosters/${id}/notice/closing`);
    for (const post of POSTS) await edge.as(post, 'POST', `rosters/${id}/steps/${post}`);
    await edge.lock(id);
    expect((await edge.as('auditor', 'GET', `rosters/${id}`)).body).toMatchObject({
      ...{ state: 'locked', ruleKind: 'instalment', pendingFen: '275000' },
    });
    const token = await edge.person(household(1).phone!);
    expect((await edge.call('GET', 'books/county/my/payments', token)).body.items).toMatchObject([
      { state: 'pending', explanationEn: '5.50 mu × 500.00 yuan (year 1) = 2750.00 yuan' },
    ]);
  });
});
