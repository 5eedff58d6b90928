import { IdentityEdge, newStaff } from './identity-edge';

const TOWN = '610902107';
const VILLAGE = `${TOWN}001`;

describe('regions over time', () => {
  let edge: IdentityEdge;
  let token: string;

  beforeAll(async () => {
    edge = await IdentityEdge.start();
    token = await edge.tokenOf(edge.administrator.login, edge.administrator.password);
  });
  afterAll(() => edge.stop());

  const get = async (path: string) => (await edge.call('GET', path)).body;
  const give = async (body: object, code = TOWN, by = token) => {
    const given = { from: '2024-01-01', documentNo: '批复〔2023〕9号', ...body };
    const answer = await edge.call('PUT', `regions/${code}/managing-body`, { token: by, body: given });
    return [answer.status, answer.body.code];
  };

  it('have one code before a decree and another after it, whichever is asked for', async () => {
    expect(await get('regions/610928?day=2020-12-31')).toMatchObject({ onDay: '610928' });
    expect(await get('regions/610928?day=2021-01-01')).toMatchObject({
      onDay: '610981',
      successor: '610981',
    });
    expect(await get('regions/610981?day=2020-12-31')).toMatchObject({ onDay: '610928' });
    const codes = async (day: string) =>
      ((await get(`regions/6109/children?day=${day}`)).items as { code: string }[]).map(({ code }) => code);
    expect([
      (await codes('2020-06-30')).includes('610928'),
      (await codes('2020-06-30')).includes('610981'),
    ]).toEqual([true, false]);
    expect(await codes('2021-01-01')).not.toContain('610928');
  });

  it('lie in a managing body’s hands from the day of a document on, with all below them', async () => {
    expect(await give({ body: 'hengkou' })).toEqual([200, undefined]);
    expect(await get(`regions/${VILLAGE}?day=2023-12-31`)).not.toHaveProperty('managedBy');
    const managedBy = { code: 'hengkou', name: '恒口示范区', by: TOWN };
    expect(await get(`regions/${VILLAGE}?day=2024-01-01`)).toMatchObject({ managedBy });
    expect(await give({ body: 'gaoxin' }, VILLAGE)).toEqual([200, undefined]);
    expect(await get(`regions/${VILLAGE}`)).toMatchObject({ managedBy: { code: 'gaoxin', by: VILLAGE } });
    expect((await get('managing-bodies')).items).toMatchObject([
      { code: 'gaoxin', areas: [{ region: VILLAGE }] },
      {
        code: 'hengkou',
        areas: [{ region: TOWN, from: '2024-01-01', to: null, documentNo: '批复〔2023〕9号' }],
      },
      { code: 'yinghu', areas: [] },
    ]);
  });

  it('pass to other hands, and back to the county, from a later day', async () => {
    expect(await give({ body: 'yinghu', from: '2025-01-01' })).toEqual([200, undefined]);
    expect(await get(`regions/${TOWN}?day=2024-12-31`)).toMatchObject({ managedBy: { code: 'hengkou' } });
    expect(await get(`regions/${TOWN}?day=2025-01-01`)).toMatchObject({ managedBy: { code: 'yinghu' } });
    expect(await give({ from: '2026-01-01' })).toEqual([200, undefined]);
    expect(await get(`regions/${TOWN}`)).not.toHaveProperty('managedBy');
  });

  it.each<[string, object, string, number, string]>([
    ['a body that there is not', { body: 'nobody' }, TOWN, 404, 'MANAGING_BODY_UNKNOWN'],
    ['a place that there is not', { body: 'yinghu' }, '610902999', 404, 'REGION_UNKNOWN'],
    ['a place of another county', { body: 'yinghu' }, '610924100', 422, 'REGION_OUTSIDE_BODY'],
    ['what was in other hands later', { body: 'yinghu', from: '2023-01-01' }, VILLAGE, 409, 'MANAGED_BEFORE'],
    ['what is in these hands', { body: 'gaoxin', from: '2027-01-01' }, VILLAGE, 409, 'MANAGED_BEFORE'],
    [
      'what was in other hands for some days',
      { body: 'gaoxin', from: '2024-06-01' },
      TOWN,
      409,
      'MANAGED_BEFORE',
    ],
    ['a day that there is not', { body: 'yinghu', from: '2026-02-30' }, VILLAGE, 422, 'HANDOVER_DAY_WRONG'],
    ['no document', { body: 'yinghu', documentNo: '' }, VILLAGE, 422, 'FIELDS_INVALID'],
  ])('are not given away for %s', async (_what, body, code, status, refused) => {
    expect(await give(body, code)).toEqual([status, refused]);
  });

  it('are given away by an administrator only', async () => {
    expect(await give({ body: 'yinghu' }, TOWN, '')).toEqual([401, 'SIGN_IN_REQUIRED']);
    await edge.createStaff(newStaff('clerk'), token);
    expect(await give({ body: 'yinghu' }, TOWN, await edge.tokenOf('clerk'))).toEqual([403, 'POST_REQUIRED']);
  });
});
