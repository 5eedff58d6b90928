import { IdentityEdge, newStaff, STAFF_PASSWORD } from './identity-edge';

describe('signing in over HTTP', () => {
  let edge: IdentityEdge;
  let adminToken: string;
  const createStaff = (body: object, token = adminToken) => edge.createStaff(body, token);

  beforeAll(async () => {
    edge = await IdentityEdge.start();
    adminToken = await edge.tokenOf(edge.administrator.login, edge.administrator.password);
  });
  afterAll(() => edge.stop());

  describe('the guard', () => {
    it.each([
      ['no token', undefined],
      ['a token that was never given', 'A'.repeat(43)],
      ['a token of another shape', 'x'],
    ])('refuses %s', async (_name, token) => {
      const answer = await edge.call('GET', 'me', token === undefined ? {} : { token });
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ code: 'SIGN_IN_REQUIRED', status: 401 });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    });

    it('lets public routes pass', async () => {
      const answer = await edge.call('GET', 'regions/610924');
      expect([answer.status, answer.body]).toEqual([
        200,
        { code: '610924', name: '紫阳县', level: 'county', parent: '6109' },
      ]);
    });
  });

  describe('regions', () => {
    it('lists what lies directly below and is in use', async () => {
      const { body } = await edge.call('GET', 'regions/6109/children');
      const items = body.items as { code: string; name: string }[];
      expect(items).toHaveLength(10);
      expect(items.map(({ code }) => code)).not.toContain('610928');
      expect(items).toContainEqual({ code: '610981', name: '旬阳市', level: 'county', parent: '6109' });
    });

    it('still knows a code that is no longer in use, and what took its place', async () => {
      const { body } = await edge.call('GET', 'regions/610928');
      expect(body).toMatchObject({ name: '旬阳县', successor: '610981', validTo: '2021-01-01' });
    });

    it.each(['999999', 'x', "'", '61092'])('answers 404 to the code %s', async (code) => {
      const answer = await edge.call('GET', `regions/${encodeURIComponent(code)}`);
      expect([answer.status, answer.body.code]).toEqual([404, 'REGION_UNKNOWN']);
    });
  });

  describe('staff', () => {
    it('sign in with the right password and are who they are', async () => {
      const me = await edge.call('GET', 'me', { token: adminToken });
      expect(me.body).toMatchObject({
        kind: 'staff',
        displayName: '系统管理员',
        assignments: [{ book: null, post: 'administrator', region: '' }],
      });
    });

    it('get 201, a token of 256 bits and an end twelve hours away', async () => {
      const answer = await edge.signIn(edge.administrator.login.toUpperCase(), edge.administrator.password);
      expect(answer.status).toBe(201);
      expect(answer.body.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
      const hours = (new Date(String(answer.body.expiresAt)).getTime() - Date.now()) / 3_600_000;
      expect(hours).toBeCloseTo(12, 1);
    });

    it('with a wrong password, and nobody at all, get the same answer', async () => {
      const wrong = await edge.signIn(edge.administrator.login, 'not-this-one');
      const nobody = await edge.signIn('nobody', 'not-this-one');
      expect([wrong.status, wrong.body]).toEqual([401, nobody.body]);
      expect(wrong.body).toMatchObject({ code: 'SIGN_IN_FAILED' });
    });

    it.each(['locked.clerk', 'does.not.exist'])(
      '%s is locked after five wrong passwords, even for the right one, until the window ends',
      async (login) => {
        if (login === 'locked.clerk') await createStaff(newStaff(login));
        const guesses = await Promise.all(
          Array.from({ length: 8 }, () => edge.signIn(login, 'not-this-one')),
        );
        expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
        expect(guesses.filter(({ status }) => status === 429)).toHaveLength(3);
        const locked = await edge.signIn(login, STAFF_PASSWORD);
        expect(locked.body).toMatchObject({ code: 'SIGN_IN_LOCKED', status: 429 });
        const minutes = (new Date(String(locked.body.until)).getTime() - Date.now()) / 60_000;
        expect(minutes).toBeGreaterThan(13);
        await edge.admin.query(
          `UPDATE identity.sign_in_attempts SET first_at = first_at - interval '16 minutes'`,
        );
        expect((await edge.signIn(login, STAFF_PASSWORD)).status).toBe(login === 'locked.clerk' ? 201 : 401);
      },
    );

    it('start counting again after the right password', async () => {
      await createStaff(newStaff('forgetful.clerk'));
      for (let round = 0; round < 2; round += 1) {
        for (let guess = 0; guess < 4; guess += 1) await edge.signIn('forgetful.clerk', 'not-this-one');
        expect((await edge.signIn('forgetful.clerk', STAFF_PASSWORD)).status).toBe(201);
      }
    });

    it('are out when their session has expired', async () => {
      await createStaff(newStaff('tired.clerk'));
      const token = await edge.tokenOf('tired.clerk');
      expect((await edge.call('GET', 'me', { token })).status).toBe(200);
      await edge.admin.query(
        `UPDATE identity.sessions SET expires_at = clock_timestamp() - interval '1 second'
          WHERE user_id = (SELECT id FROM identity.users WHERE login = 'tired.clerk')`,
      );
      expect((await edge.call('GET', 'me', { token })).body.code).toBe('SIGN_IN_REQUIRED');
    });

    it('are out when they ended their session, and others stay in', async () => {
      const token = await edge.tokenOf(edge.administrator.login, edge.administrator.password);
      expect((await edge.call('DELETE', 'sessions/current', { token })).status).toBe(204);
      expect((await edge.call('GET', 'me', { token })).status).toBe(401);
      expect((await edge.call('GET', 'me', { token: adminToken })).status).toBe(200);
    });

    it('are out at once when they are disabled', async () => {
      await createStaff(newStaff('former.clerk'));
      const token = await edge.tokenOf('former.clerk');
      await edge.admin.query(
        `UPDATE identity.users SET disabled_at = clock_timestamp() WHERE login = 'former.clerk'`,
      );
      expect((await edge.call('GET', 'me', { token })).status).toBe(401);
      expect((await edge.signIn('former.clerk', STAFF_PASSWORD)).status).toBe(401);
    });

    it('hold only the posts of the present day', async () => {
      await createStaff(newStaff('dated.clerk'));
      await edge.admin.query(
        `INSERT INTO identity.assignments (book, user_id, post, region, valid_from, valid_to, acting_order_no)
         SELECT a.book, u.id, d.post, '610924', current_date + d.starts, current_date + d.ends, '紫林人〔2026〕3号'
           FROM identity.users u JOIN identity.assignments a ON a.user_id = u.id
          CROSS JOIN (VALUES ('town-finance', -9, -2), ('auditor', 2, 9), ('card-operator', -2, 9))
                  AS d (post, starts, ends)
          WHERE u.login = 'dated.clerk'`,
      );
      const token = await edge.tokenOf('dated.clerk');
      expect((await edge.call('GET', 'me', { token })).body.assignments).toEqual([
        { book: 'county', post: 'card-operator', region: '610924', actingOrderNo: '紫林人〔2026〕3号' },
        { book: 'county', post: 'village-clerk', region: '610924100' },
      ]);
    });
  });

  describe('an administrator', () => {
    it('creates staff who can sign in', async () => {
      const created = await createStaff({
        ...newStaff('Town.Finance'),
        assignments: [
          { post: 'town-finance', region: '610924100' },
          { post: 'town-finance', region: '610924100' },
        ],
      });
      expect([created.status, created.body.login]).toEqual([201, 'town.finance']);
      const token = await edge.tokenOf('town.finance');
      expect((await edge.call('GET', 'me', { token })).body).toMatchObject({
        userId: created.body.userId,
        assignments: [{ book: 'county', post: 'town-finance', region: '610924100' }],
      });
    });

    it.each([
      [
        'a login that is taken',
        newStaff('town.finance'),
        409,
        { code: 'LOGIN_TAKEN', login: 'town.finance' },
      ],
      ['the first login', newStaff('admin'), 409, { code: 'LOGIN_TAKEN' }],
      ['a login with a blank', newStaff('town clerk'), 422, { code: 'LOGIN_MALFORMED' }],
      [
        'a short password',
        { ...newStaff('short'), password: 'short' },
        422,
        { code: 'PASSWORD_WEAK', leastLength: 10 },
      ],
      [
        'a post that is none',
        { ...newStaff('posted'), assignments: [{ post: 'king', region: '' }] },
        422,
        { code: 'POST_UNKNOWN', post: 'king' },
      ],
      [
        'a region that is none',
        newStaff('placed', '610999'),
        422,
        { code: 'ASSIGNMENT_REGION_UNKNOWN', region: '610999' },
      ],
      ['no assignment', { ...newStaff('idle'), assignments: [] }, 422, { code: 'FIELDS_INVALID' }],
      ['a field too many', { ...newStaff('more'), isAdmin: true }, 422, { code: 'FIELDS_INVALID' }],
    ])('is refused %s, and nothing is changed', async (_name, body, status, problem) => {
      const users = await edge.admin.query('SELECT id FROM identity.users');
      const answer = await createStaff(body);
      expect([answer.status, answer.body]).toEqual([status, expect.objectContaining(problem)]);
      expect((await edge.admin.query('SELECT id FROM identity.users')).rowCount).toBe(users.rowCount);
    });

    it('of one county acts neither in another book nor beyond the county; who is none does not act', async () => {
      const staff = (login: string, post: string, region: string) =>
        createStaff({ ...newStaff(login), assignments: [{ post, region }] });
      await staff('county.admin', 'administrator', '610924');
      await staff('just.clerk', 'village-clerk', '610924');
      const countyAdmin = await edge.tokenOf('county.admin');
      const clerk = await edge.tokenOf('just.clerk');

      expect((await createStaff(newStaff('hired', '610924101'), countyAdmin)).status).toBe(201);
      const beyond = await createStaff(newStaff('hired.too', '610925100'), countyAdmin);
      expect([beyond.status, beyond.body]).toEqual([
        403,
        expect.objectContaining({ code: 'POST_REQUIRED', posts: ['administrator'], region: '610925100' }),
      ]);
      const elsewhere = await edge.call('POST', 'books/other/staff', {
        body: newStaff('hired.elsewhere', '610924100'),
        token: countyAdmin,
      });
      expect([elsewhere.status, elsewhere.body.code]).toEqual([403, 'POST_REQUIRED']);
      expect((await createStaff(newStaff('hired.by.clerk'), clerk)).body.code).toBe('POST_REQUIRED');
    });

    it('is refused a book that is none', async () => {
      const answer = await edge.call('POST', 'books/nowhere/staff', {
        body: newStaff('lost'),
        token: adminToken,
      });
      expect([answer.status, answer.body.code]).toEqual([404, 'BOOK_UNKNOWN']);
    });
  });
});
