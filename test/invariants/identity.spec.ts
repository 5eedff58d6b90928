import { Client } from 'pg';
import type { DataSource } from 'typeorm';

import { newId } from '@app/kernel';
import { CreateFirstAdministrator } from '@app/identity';
import { createDataSource, Database } from '@app/platform';
import { Regions } from '@app/regions';
import { createTestDatabase, type TestDatabase } from '../support';

const HASH = `$scrypt$ln=10,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;
const DENIED = { code: '42501' };

describe('identity in the database', () => {
  let database: TestDatabase;
  let owner: DataSource;
  let app: Client;
  let auditor: Client;
  let demo: Client;
  let rehearsal: number;
  let live: number;

  const connect = async (url: string): Promise<Client> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    return client;
  };
  const idOf = async (client: Client, sql: string) =>
    (await client.query<{ id: number }>(`SELECT ${sql} AS id`)).rows[0]!.id;
  const demoStaff = (book: number, login: string, post = 'village-clerk', region = '610924') =>
    demo.query<{ id: string }>('SELECT identity.demo_staff($1, $2, $3, $4, $5, $6) AS id', [
      book,
      login,
      HASH,
      '演练人员',
      post,
      region,
    ]);
  const count = async (sql: string) => Number((await owner.query(`SELECT count(*) AS n FROM ${sql}`))[0].n);

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = createDataSource({ url: database.ownerUrl, poolMax: 4, applicationName: 'test-owner' });
    await owner.initialize();
    app = await connect(database.appUrl);
    auditor = await connect(database.auditorUrl);
    demo = await connect(database.demoUrl);
    live = await idOf(app, `platform.open_live_book('live', '紫阳县', '610924')`);
    rehearsal = await idOf(
      demo,
      `platform.open_rehearsal_book('drill', '演练', '610924', '2031-05-01T16:30:00Z')`,
    );
  });

  afterAll(async () => {
    await Promise.all([app, auditor, demo].map((client) => client.end()));
    await owner.destroy();
    await database.drop();
  });

  it('of several first starts at once, exactly one makes the administrator', async () => {
    const made = await Promise.all(
      Array.from({ length: 4 }, () => new CreateFirstAdministrator(owner).execute()),
    );
    expect(made.filter((one) => one !== undefined)).toEqual([
      { login: 'admin', password: expect.stringMatching(/^[A-Za-z0-9_-]{20}$/) },
    ]);
    expect(await owner.query('SELECT book, post, region FROM identity.assignments')).toEqual([
      { book: 0, post: 'administrator', region: '' },
    ]);
    expect(await new CreateFirstAdministrator(owner).execute()).toBeUndefined();
  });

  it.each(['app', 'auditor', 'demo'] as const)('%s cannot make a first administrator', async (role) => {
    const client = { app, auditor, demo }[role];
    await expect(
      client.query('SELECT identity.create_first_administrator($1, $2, $3, $4)', [newId(), 'x', HASH, 'x']),
    ).rejects.toMatchObject(DENIED);
  });

  it('a rehearsal gets staff, holding their post from the day of its own clock', async () => {
    const { rows } = await demoStaff(rehearsal, 'drill.clerk');
    expect(
      await owner.query(
        'SELECT book, post, region, valid_from::text FROM identity.assignments WHERE user_id = $1',
        [rows[0]!.id],
      ),
    ).toEqual([{ book: rehearsal, post: 'village-clerk', region: '610924', valid_from: '2031-05-02' }]);
  });

  it.each([
    ['a live book', () => live],
    ['all books', () => 0],
    ['a book that is none', () => 4711],
  ])('demo cannot name staff in %s', async (_name, book) => {
    const users = await count('identity.users');
    await expect(demoStaff(book(), 'intruder', 'administrator', '')).rejects.toThrow('is no rehearsal');
    expect(await count('identity.users')).toBe(users);
  });

  it('demo can take over neither an existing login nor that of the administrator', async () => {
    await demoStaff(rehearsal, 'taken');
    await expect(demoStaff(rehearsal, 'taken')).rejects.toMatchObject({ code: '23505' });
    await expect(demoStaff(rehearsal, 'admin')).rejects.toMatchObject({ code: '23514' });
  });

  it('the application cannot name staff of a rehearsal past its own rules', async () => {
    await expect(
      app.query('SELECT identity.demo_staff($1, $2, $3, $4, $5, $6)', [
        rehearsal,
        'x',
        HASH,
        'x',
        'auditor',
        '',
      ]),
    ).rejects.toMatchObject(DENIED);
  });

  it.each([
    `UPDATE identity.users SET password_hash = '${HASH}'`,
    `UPDATE identity.users SET disabled_at = NULL`,
    `DELETE FROM identity.users`,
    `UPDATE identity.assignments SET post = 'administrator'`,
    `DELETE FROM identity.assignments`,
    `UPDATE identity.sessions SET expires_at = 'infinity'`,
    `DELETE FROM identity.sessions`,
    `UPDATE identity.one_time_codes SET expires_at = 'infinity'`,
    `INSERT INTO identity.posts VALUES ('king', '王', 'King')`,
    `UPDATE regions.region SET name = 'x'`,
    `INSERT INTO regions.region (code, name, level) VALUES ('99', 'x', 'province')`,
  ])('the application cannot %s', async (sql) => {
    await expect(app.query(sql)).rejects.toMatchObject(DENIED);
  });

  it.each([
    'SELECT password_hash FROM identity.users',
    'SELECT phone_sealed FROM identity.users',
    'SELECT phone_index FROM identity.users',
    'SELECT token_hash FROM identity.sessions',
    'SELECT code_hash FROM identity.one_time_codes',
    'SELECT login_digest FROM identity.sign_in_attempts',
  ])('an auditor cannot %s', async (sql) => {
    await expect(auditor.query(sql)).rejects.toMatchObject(DENIED);
  });

  it('an auditor sees who holds which post', async () => {
    const { rows } = await auditor.query(
      `SELECT u.login, a.post FROM identity.users u JOIN identity.assignments a ON a.user_id = u.id
        WHERE u.login = 'admin'`,
    );
    expect(rows).toEqual([{ login: 'admin', post: 'administrator' }]);
  });

  it.each([
    ['a staff member without a password', 'kind, login, display_name', `'staff', 'x1', 'x'`],
    ['a person with a login', 'kind, login, phone_sealed, phone_index', `'person', 'x2', 'a', 'b'`],
    ['a person without a phone', 'kind', `'person'`],
    [
      'a password in clear',
      'kind, login, display_name, password_hash',
      `'staff', 'x3', 'x', 'secret-secret'`,
    ],
  ])('refuses %s', async (_name, columns, values) => {
    await expect(
      app.query(`INSERT INTO identity.users (id, ${columns}) VALUES (gen_random_uuid(), ${values})`),
    ).rejects.toMatchObject({ code: '23514' });
  });

  it.each([
    ['a book that is none', `4711, u.id, 'auditor', '610924', 'today', NULL, NULL`, '23503'],
    ['a region that is none', `LIVE, u.id, 'auditor', '610999', 'today', NULL, NULL`, '23503'],
    ['a post that is none', `LIVE, u.id, 'king', '610924', 'today', NULL, NULL`, '23503'],
    ['acting without an end', `LIVE, u.id, 'auditor', '610924', 'today', NULL, '3号'`, '23514'],
    ['an end before the beginning', `LIVE, u.id, 'auditor', '', 'today', 'yesterday', NULL`, '23514'],
  ])('refuses an assignment with %s', async (_name, values, code) => {
    await expect(
      app.query(
        `INSERT INTO identity.assignments (book, user_id, post, region, valid_from, valid_to, acting_order_no)
         SELECT ${values.replace('LIVE', String(live))} FROM identity.users u WHERE u.login = 'admin'`,
      ),
    ).rejects.toMatchObject({ code });
  });

  describe('the region tree', () => {
    let appSource: DataSource;
    let regions: Regions;

    beforeAll(async () => {
      appSource = createDataSource({ url: database.appUrl, poolMax: 1, applicationName: 'test-app' });
      await appSource.initialize();
      regions = new Regions(new Database(appSource));
    });
    afterAll(() => appSource.destroy());

    it('holds the published numbers of Ankang', async () => {
      const { rows } = await app.query(
        `SELECT level, count(*)::int AS n FROM regions.region
          WHERE starts_with(code, '6109') AND valid_to IS NULL GROUP BY level ORDER BY level`,
      );
      expect(rows).toEqual([
        { level: 'county', n: 10 },
        { level: 'prefecture', n: 1 },
        { level: 'township', n: 139 },
        { level: 'village', n: 1924 },
      ]);
    });

    it('knows in which regions a village lies, from the province down', async () => {
      const village = (await regions.children('610924100'))[0]!;
      expect(village.level).toBe('village');
      expect((await regions.ancestors(village.code)).map(({ name }) => name)).toEqual([
        '陕西省',
        '安康市',
        '紫阳县',
        expect.any(String),
      ]);
    });

    it('says on which day one code followed another', async () => {
      const found = await regions.byCodes(['610928', '610981', '610999', 'x']);
      expect([...found.keys()].sort()).toEqual(['610928', '610981']);
      expect(found.get('610928')).toMatchObject({ successor: '610981', validTo: '2021-01-01' });
      expect(found.get('610981')).toMatchObject({ validFrom: '2021-01-01', validTo: null });
    });

    it('refuses a code that does not exist', async () => {
      expect(await regions.byCode('610999')).toEqual({
        ok: false,
        reason: { code: 'REGION_UNKNOWN', region: '610999' },
      });
    });
  });
});
