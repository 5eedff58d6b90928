import { csv, household, parcel, right } from '../invariants/registry-book';
import { OTHER_TOWN, RegistryEdge, TOWN } from './registry-edge';

describe('the guards against fraud over HTTP', () => {
  let edge: RegistryEdge;
  let handler: string;
  let townFinance: string;
  let otherTownFinance: string;

  beforeAll(async () => {
    edge = await RegistryEdge.start();
    ({ handler } = await edge.loadCounty());
    const copied = { bank_account: household(1).bank_account! };
    await edge.upload('parties', handler, csv('parties', [household(20, copied)]));
    await edge.upload(
      'parcels',
      handler,
      csv(
        'parcels',
        [20, 21, 22].map((n) => parcel(n)),
      ),
    );
    await edge.upload(
      'rights',
      handler,
      csv('rights', [right(20, 20, { share_percent: '50' }), right(22, 20, { share_percent: '30' })]),
    );
    townFinance = await edge.staff('town-finance', TOWN);
    otherTownFinance = await edge.staff('town-finance', OTHER_TOWN);
  });
  afterAll(() => edge.stop());

  const ask = (path: string, token: string) => edge.call('GET', `books/county/registry-guards${path}`, token);

  it('counts findings as of today, and lists them with their evidence', async () => {
    const { status, body } = await ask('', townFinance);
    expect([status, body.day]).toEqual([200, '2026-03-02']);
    expect(body.guards).toContainEqual({ guard: 'account-shared', findings: 1 });
    expect(body.guards).toContainEqual({ guard: 'holder-missing', findings: 1 });
    const shared = await ask('/account-shared/findings', townFinance);
    expect(shared.body.items).toMatchObject([{ subject: 'HH00001', parties: ['HH00001', 'HH00020'] }]);
    expect(shared.body.next).toBeNull();
  });

  it('shows nobody what lies outside their regions', async () => {
    const { body } = await ask('', otherTownFinance);
    const findings = (body.guards as { findings: number }[]).map((each) => each.findings);
    expect(Math.max(...findings)).toBe(0);
  });

  it('comes in pages that meet', async () => {
    const whole = await ask('/shares-incomplete/findings', handler);
    const first = await ask('/shares-incomplete/findings?limit=1', handler);
    const cursor = encodeURIComponent(first.body.next as string);
    const rest = await ask(`/shares-incomplete/findings?cursor=${cursor}`, handler);
    expect([...first.body.items, ...rest.body.items]).toEqual(whole.body.items);
    expect(whole.body.items.length).toBeGreaterThan(1);
  });

  it.each([
    ['?day=2026-02-30', 422, 'FIELDS_INVALID'],
    ['?day=0000-01-01', 422, 'FIELDS_INVALID'],
    ['/ghosts/findings', 404, 'GUARD_UNKNOWN'],
    ['/area-outlier/findings?limit=1000', 422, 'FIELDS_INVALID'],
  ])('refuses %s', async (path, status, code) => {
    const answer = await ask(path, handler);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is for staff, not for residents', async () => {
    const answer = await ask('', await edge.person(household(1).phone!));
    expect([answer.status, answer.body.code]).toEqual([403, 'POST_REQUIRED']);
  });
});
