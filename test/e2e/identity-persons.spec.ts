import { IdentityEdge, newStaff } from './identity-edge';

const PHONE = '13900001234';

describe('a person', () => {
  let edge: IdentityEdge;
  /** The minute between two codes passes. */
  const waitAMinute = () =>
    edge.admin.query(`UPDATE identity.one_time_codes SET created_at = created_at - interval '61 seconds'`);
  /** A code that is not the one that was sent. */
  const otherThan = (code: string) => (code === '000000' ? '000001' : '000000');

  beforeAll(async () => {
    edge = await IdentityEdge.start();
  });
  afterAll(() => edge.stop());

  it('signs in by the code sent to the phone, and is shown with the phone masked', async () => {
    expect((await edge.requestCode('+86 139-0000-1234')).status).toBe(202);
    expect(edge.sent.at(-1)).toEqual({ phone: PHONE, code: expect.stringMatching(/^\d{6}$/) });
    const signedIn = await edge.signInByCode(PHONE, edge.lastCode);
    expect(signedIn.status).toBe(201);
    const me = await edge.call('GET', 'me', { token: String(signedIn.body.token) });
    expect(me.body).toMatchObject({ kind: 'person', displayName: '139****1234', assignments: [] });
  });

  it('is the same user the next time', async () => {
    await waitAMinute();
    const ids: unknown[] = [];
    for (let time = 0; time < 2; time += 1) {
      await edge.requestCode(PHONE);
      const { body } = await edge.signInByCode(PHONE, edge.lastCode);
      ids.push((await edge.call('GET', 'me', { token: String(body.token) })).body.userId);
      await waitAMinute();
    }
    expect(ids[0]).toMatch(/-/);
    expect(ids[1]).toBe(ids[0]);
  });

  it('cannot use a code twice, also not at once', async () => {
    await edge.requestCode('13900002222');
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => edge.signInByCode('13900002222', edge.lastCode)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401, 401]);
    const later = await edge.signInByCode('13900002222', edge.lastCode);
    expect([later.status, later.body.code]).toEqual([401, 'CODE_REFUSED']);
  });

  it('is refused another phone’s code, an expired one, and one that a newer one replaced', async () => {
    await edge.requestCode('13900003333');
    const first = edge.lastCode;
    expect((await edge.signInByCode('13900004444', first)).body.code).toBe('CODE_REFUSED');
    await waitAMinute();
    await edge.requestCode('13900003333');
    if (first !== edge.lastCode) expect((await edge.signInByCode('13900003333', first)).status).toBe(401);
    await edge.admin.query(`UPDATE identity.one_time_codes SET expires_at = clock_timestamp()`);
    expect((await edge.signInByCode('13900003333', edge.lastCode)).status).toBe(401);
  });

  it('has five tries at a code; then even the right one is refused', async () => {
    await edge.requestCode('13900005555');
    const wrong = otherThan(edge.lastCode);
    await Promise.all(Array.from({ length: 5 }, () => edge.signInByCode('13900005555', wrong)));
    expect((await edge.signInByCode('13900005555', edge.lastCode)).body.code).toBe('CODE_REFUSED');
  });

  it('gets one code a minute, also when asking many times at once', async () => {
    const before = edge.sent.length;
    const answers = await Promise.all(Array.from({ length: 5 }, () => edge.requestCode('13900006666')));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 429, 429, 429, 429]);
    expect(answers.find(({ status }) => status === 429)?.body).toMatchObject({
      code: 'CODE_TOO_OFTEN',
      retryAfterSeconds: expect.any(Number),
    });
    expect(edge.sent.length).toBe(before + 1);
  });

  it('is refused what is no mobile number', async () => {
    const answer = await edge.requestCode('12345');
    expect([answer.status, answer.body.code]).toEqual([422, 'PHONE_MALFORMED']);
  });

  it('cannot do what needs a post', async () => {
    await edge.requestCode('13900007777');
    const { body } = await edge.signInByCode('13900007777', edge.lastCode);
    expect((await edge.createStaff(newStaff('by.person'), String(body.token))).body.code).toBe(
      'POST_REQUIRED',
    );
  });
});
