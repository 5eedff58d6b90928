import { household } from '../invariants/registry-book';
import { CompensationEdge } from './compensation-edge';

const PROGRAMME = {
  code: 'gyl',
  nameZh: '森林生态效益补偿',
  ruleKind: 'area',
  noticeDays: 7,
  noticeDayKind: 'working',
  posts: ['village-clerk', 'town-finance', 'forestry-reviewer', 'finance-review'],
};
const STANDARD = {
  level: 'national',
  tenure: 'individual',
  payableFenPerMu: '1575',
  publicManagementFenPerMu: '25',
  validFrom: '2021-01-01',
  documentNo: '示例〔2021〕1号',
};
const INDICATOR = {
  docNo: '安财农〔2026〕1号',
  year: 2026,
  sourceKind: 'initial',
  fundSource: 'county',
  projectCode: 'P1',
  functionItem: '2130209',
  economicItem: '30310',
  fundNature: '一般公共预算资金',
  budgetUnit: '县林业局',
  direct: false,
  amountFen: '10000000',
  arrivedOn: '2026-01-15',
};
const TOWN = '610924100';
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('compensation over HTTP', () => {
  let edge: CompensationEdge;
  let programmeId: string;
  let indicatorId: string;
  let rosterId: string;
  let until: string;

  beforeAll(async () => {
    edge = await CompensationEdge.start();
    programmeId = (await edge.as('forestry-handler', 'POST', 'programmes', PROGRAMME)).body.id;
    indicatorId = (await edge.as('indicator-keeper', 'POST', 'indicators', INDICATOR)).body.id;
  });
  afterAll(() => edge.stop());

  const roster = (over: object = {}) =>
    edge.as('forestry-handler', 'POST', 'rosters', {
      programmeId,
      indicatorId,
      region: TOWN,
      year: 2026,
      ...over,
    });

  it('names what is wrong with a programme or standard', async () => {
    const programme = (over: object) =>
      edge.as('forestry-handler', 'POST', 'programmes', { ...PROGRAMME, code: 'other', ...over });
    expect(await programme({ code: 'gyl' })).toMatchObject({
      status: 409,
      body: { code: 'PROGRAMME_EXISTS' },
    });
    expect(await programme({ posts: ['town-finance', 'nobody', 'finance-review'] })).toMatchObject({
      status: 422,
      body: { code: 'PROGRAMME_FIELD_WRONG', field: 'posts' },
    });
    expect(await programme({ noticeDays: 0 })).toMatchObject({ status: 422, body: { field: 'noticeDays' } });
    expect(await programme({ ruleKind: 'person' })).toMatchObject({ body: { code: 'FIELDS_INVALID' } });
    expect(await edge.as('town-finance', 'POST', 'programmes', PROGRAMME)).toMatchObject({ status: 403 });

    const standard = (over: object) =>
      edge.as('forestry-handler', 'POST', `programmes/${programmeId}/standards`, { ...STANDARD, ...over });
    for (const payableFenPerMu of ['-1', '15.75', '1e309', 1575]) {
      expect(await standard({ payableFenPerMu })).toMatchObject({
        status: 422,
        body: { code: 'FIELDS_INVALID' },
      });
    }
    expect(await standard({ payableFenPerMu: '0' })).toMatchObject({ body: { field: 'payableFenPerMu' } });
    expect(await standard({ validFrom: '2026-02-30' })).toMatchObject({ body: { field: 'validFrom' } });
  });

  it('lists programmes with the standards that hold', async () => {
    expect(await roster()).toMatchObject({ status: 422, body: { code: 'ROSTER_EMPTY', withoutStandard: 3 } });
    await edge.as('forestry-handler', 'POST', `programmes/${programmeId}/standards`, STANDARD);
    expect((await edge.as('auditor', 'GET', 'programmes')).body.items).toMatchObject([
      {
        id: programmeId,
        nameEn: PROGRAMME.nameZh,
        standards: [{ payableFenPerMu: '1575', publicManagementFenPerMu: '25', validUntil: null }],
      },
    ]);
  });

  it('makes a roster of a town’s rights, and not twice', async () => {
    const made = await roster();
    expect(made).toMatchObject({
      status: 201,
      body: { lines: 3, parties: 3, areaMu100: '3690', totalFen: '58119', leftOut: { withoutRight: 0 } },
    });
    rosterId = made.body.id;
    expect(await roster()).toMatchObject({
      status: 409,
      body: { code: 'PARCEL_ALREADY_ROSTERED', parcels: 3 },
    });
    expect(await roster({ region: undefined })).toMatchObject({
      status: 422,
      body: { code: 'FIELDS_INVALID' },
    });
    expect(await roster({ supplementaryOf: rosterId })).toMatchObject({
      status: 422,
      body: { code: 'FIELDS_INVALID' },
    });
    expect(await roster({ indicatorId: UNKNOWN })).toMatchObject({
      status: 404,
      body: { code: 'INDICATOR_UNKNOWN' },
    });
  });

  it('shows lines within one’s region, a page at a time, and hides what is elsewhere', async () => {
    const first = await edge.as('village-clerk', 'GET', `rosters/${rosterId}/lines?limit=2`);
    expect(first.body).toMatchObject({
      items: [{ no: 1, name: '测试户1', amountFen: '19373' }, { no: 2 }],
      next: '2',
    });
    expect((await edge.as('village-clerk', 'GET', `rosters/${rosterId}/lines?cursor=2`)).body).toMatchObject({
      items: [{ no: 3, explanationEn: '12.30 mu × 15.75 yuan × 1.00 = 193.73 yuan' }],
      next: null,
    });
    const elsewhere = (path: string) => edge.as('village-clerk', 'GET', path, undefined, '610924101');
    expect((await elsewhere('rosters')).body).toEqual({ items: [], next: null });
    for (const path of [`rosters/${rosterId}`, `rosters/${rosterId}/lines`, 'rosters/no-uuid']) {
      expect(await elsewhere(path)).toMatchObject({ status: 404, body: { code: 'ROSTER_UNKNOWN' } });
    }
    expect(await edge.as('card-operator', 'GET', 'rosters')).toMatchObject({ status: 403 });
  });

  it('publishes it to everyone, names in clear and nobody’s numbers', async () => {
    const path = `public/books/county/rosters/${rosterId}/notice`;
    expect(await edge.call('GET', path)).toMatchObject({ status: 404 });
    const opened = await edge.as('forestry-handler', 'POST', `rosters/${rosterId}/notice`);
    // Seven working days after Monday 2 March 2026.
    expect(opened).toMatchObject({ status: 201, body: { from: '2026-03-02', until: '2026-03-11' } });
    until = opened.body.until;
    const { body, headers } = await edge.call('GET', path);
    expect(body).toMatchObject({ noticeHash: opened.body.hash, expired: false, next: null });
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['测试户1', '测试户2', '测试户3']);
    const personal = household(1);
    for (const secret of [personal.id_number!, personal.phone!, personal.bank_account!]) {
      expect(JSON.stringify(body)).not.toContain(secret);
    }
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect((await edge.call('GET', 'public/books/county/rosters')).body.items).toMatchObject([{ rosterId }]);
  });

  it('takes a person’s objection while it is up, and keeps it up', async () => {
    const neighbour = await edge.person(household(2).phone!);
    const object = (body: object) =>
      edge.call('POST', `books/county/rosters/${rosterId}/objections`, neighbour, body);
    expect(await object({ lineNo: 1, reason: '打 13812345678' })).toMatchObject({
      status: 422,
      body: { code: 'TEXT_HOLDS_NUMBER' },
    });
    expect(await object({ lineNo: 1, reason: '地界有争议' })).toMatchObject({ status: 201 });
    expect((await edge.as('town-finance', 'GET', `rosters/${rosterId}/objections`)).body.items).toMatchObject(
      [{ lineNo: 1, reason: '地界有争议', outcome: null }],
    );
    expect(await edge.as('forestry-handler', 'POST', `rosters/${rosterId}/notice/closing`)).toMatchObject({
      status: 409,
      body: { code: 'NOTICE_NOT_OVER', until },
    });
    await edge.advancePast(until);
    expect(await edge.as('forestry-handler', 'POST', `rosters/${rosterId}/notice/closing`)).toMatchObject({
      status: 201,
      body: { state: 'review', dueLines: 2, dueFen: '38746' },
    });
  });

  it('goes through the posts and is locked; the objected line follows by a supplement', async () => {
    const take = async (roster: string) => {
      const answers = [];
      for (const post of PROGRAMME.posts) {
        answers.push((await edge.as(post, 'POST', `rosters/${roster}/steps/${post}`)).body.nextPost);
      }
      await edge.lock(roster);
      return answers;
    };
    expect(await edge.as('town-finance', 'POST', `rosters/${rosterId}/steps/town-finance`)).toMatchObject({
      status: 409,
      body: { code: 'STEP_OUT_OF_ORDER', expected: 'village-clerk' },
    });
    expect(await take(rosterId)).toEqual([...PROGRAMME.posts.slice(1), null]);
    expect((await edge.as('auditor', 'GET', `rosters/${rosterId}`)).body).toMatchObject({
      state: 'locked',
      dueFen: '38746',
      pendingFen: '38746',
      objectionsOpen: 1,
    });

    const [objection] = (await edge.as('auditor', 'GET', `rosters/${rosterId}/objections`)).body.items;
    const settlement = `objections/${objection.id}/settlement`;
    const decision = { outcome: 'dismissed', note: '现场勘界，与权证一致' };
    expect(await edge.as('forestry-handler', 'POST', settlement, decision)).toMatchObject({
      status: 403,
      body: { code: 'SETTLED_BY_ONESELF' },
    });
    expect(await edge.as('town-finance', 'POST', settlement, decision)).toMatchObject({
      status: 201,
      body: { lineState: 'dismissed' },
    });
    const supplement = await edge.as('forestry-handler', 'POST', 'rosters', { supplementaryOf: rosterId });
    expect(supplement).toMatchObject({ status: 201, body: { lines: 1, totalFen: '19373' } });
    const { id } = supplement.body;
    const opened = await edge.as('forestry-handler', 'POST', `rosters/${id}/notice`);
    await edge.advancePast(opened.body.until);
    await edge.as('forestry-handler', 'POST', `rosters/${id}/notice/closing`);
    await take(id);
    const { items } = (await edge.as('auditor', 'GET', 'rosters')).body;
    expect(items).toMatchObject([
      { no: 'gyl-2026-610924100-1', pendingFen: '38746' },
      { no: 'gyl-2026-610924100-2', supplementaryOf: rosterId, pendingFen: '19373' },
    ]);
  });

  it('tells a household its own lines and nobody else’s', async () => {
    const token = await edge.person(household(1).phone!);
    const { body } = await edge.call('GET', 'books/county/my/payments', token);
    expect(body.items).toMatchObject([
      {
        partyName: '测试户1',
        year: 2026,
        explanationZh: '12.30 亩 × 15.75 元 × 1.00 = 193.73 元',
        state: 'pending',
        stateZh: '待发',
        accountLast4: '0001',
        ask: { postNameZh: '惠农资金兑付中心' },
      },
    ]);
    const stranger = await edge.person('13900000000');
    expect((await edge.call('GET', 'books/county/my/payments', stranger)).body).toEqual({ items: [] });
    expect(await edge.as('auditor', 'GET', 'my/payments')).toMatchObject({ status: 403 });
    expect(await edge.call('GET', 'books/county/my/payments')).toMatchObject({ status: 401 });
  });

  it('keeps the working calendar for the administrator of the house', async () => {
    const calendar = {
      year: 2027,
      source: '示例',
      days: [{ day: '2027-01-01', kind: 'holiday', nameZh: '元旦' }],
    };
    const token = await edge.staff('administrator');
    expect(await edge.call('POST', 'work-calendars', token, calendar)).toMatchObject({
      status: 403,
      body: { code: 'POST_REQUIRED', posts: ['administrator'] },
    });
  });
});
