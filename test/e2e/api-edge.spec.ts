import { createHash, randomBytes } from 'node:crypto';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';

import { CreateFirstAdministrator, Sessions } from '@app/identity';
import { newId } from '@app/kernel';
import { createDataSource, readEnvironment } from '@app/platform';
import { createApp } from '../../apps/api/src/create-app';
import { appEnvironment, createTestDatabase, type TestDatabase } from '../support';

const TOKEN = 'metrics-of-a-county-0123456789';

describe('the api as a process runs it', () => {
  let database: TestDatabase;
  let admin: Client;
  let app: NestFastifyApplication;
  let url: string;
  let user: string;
  let token: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    await admin.query(`SELECT platform.open_live_book('county', '县', '610924')`);
    const owner = createDataSource({ url: database.ownerUrl, poolMax: 1, applicationName: 'test-owner' });
    await owner.initialize();
    await new CreateFirstAdministrator(owner).execute();
    await owner.destroy();
    app = await createApp(
      readEnvironment({ ...appEnvironment(database), METRICS_TOKEN: TOKEN, LOG_LEVEL: 'fatal' }),
    );
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    const { rows } = await admin.query<{ id: string }>('SELECT id FROM identity.users');
    user = rows[0]!.id;
    token = await openSession();
    for (const path of ['till', 'shelf']) {
      await post('accounts', { path, asset: 'CNY', side: 'credit', floor: null });
    }
  });
  afterAll(async () => {
    await app.close();
    await admin.end();
    await database.drop();
  });

  const send = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  const post = (path: string, body: object, key: string = newId()) =>
    send('POST', `books/county/${path}`, body, { 'idempotency-key': key });
  const transfer = (key?: string) =>
    post(
      'entries',
      {
        kind: 'transfer',
        postings: [
          { account: 'till', asset: 'CNY', debit: '1' },
          { account: 'shelf', asset: 'CNY', credit: '1' },
        ],
      },
      key,
    );
  const metrics = (headers: Record<string, string> = {}) => fetch(`${url}/metrics`, { headers });

  it('answers a post and its replay with the same bytes, and says which is which', async () => {
    const [first, again] = [await transfer('order-1'), await transfer('order-1')];
    expect([first.status, again.status]).toEqual([201, 200]);
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect(first.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await again.text()).toBe(await first.text());
  });

  it('shows its metrics to this machine and to whoever has the token, and to no proxy', async () => {
    await transfer();
    const own = await metrics();
    expect(own.status).toBe(200);
    const text = await own.text();
    for (const name of [
      'lane_wait_seconds',
      'lane_sql_seconds',
      'lane_commit_seconds',
      'lane_batch_commands',
    ]) {
      expect(text).toMatch(new RegExp(`^tanhui_${name}_count(\\{[^}]*\\})? [1-9]`, 'm'));
    }
    expect(text).toContain('route="/api/v1/books/:book/entries",status="201"');
    expect(text).toMatch(/^tanhui_lane_backlog_commands\{book="\d+"\} 0$/m);
    const forwarded = { 'x-forwarded-for': '203.0.113.7' };
    expect((await metrics(forwarded)).status).toBe(404);
    expect((await metrics({ ...forwarded, authorization: 'Bearer wrong' })).status).toBe(404);
    expect((await metrics({ ...forwarded, authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    expect((await fetch(`${url}/api/v1/metrics`)).status).toBe(404);
  });

  it('counts refusals by their code', async () => {
    expect((await post('entries', { kind: 'transfer', postings: [] })).status).toBe(422);
    expect(await (await metrics()).text()).toMatch(
      /^tanhui_refusals_total\{code="POSTINGS_MALFORMED"\} [1-9]/m,
    );
  });

  it('refuses a session at once when it has ended, though requests are looked up together', async () => {
    const sessions = app.get(Sessions, { strict: false });
    const open = await openSession();
    expect(await sessions.principalOf(open)).toMatchObject({ userId: user });
    const crowd = Array.from({ length: 40 }, () => sessions.principalOf(open));
    const principal = (await crowd[0])!;
    const more = Array.from({ length: 40 }, () => sessions.principalOf(open));
    await sessions.end(principal, open);
    const after = await Promise.all(Array.from({ length: 40 }, () => sessions.principalOf(open)));
    expect(after.every((found) => found === undefined)).toBe(true);
    await Promise.all([...crowd, ...more]);
  });

  it('says that the database is away, and when to send the same again, instead of breaking', async () => {
    const { name } = database;
    const neighbour = new Client({ connectionString: database.adminUrl.replace(`/${name}`, '/postgres') });
    await neighbour.connect();
    await neighbour.query(`ALTER DATABASE ${name} CONNECTION LIMIT 0`);
    try {
      await neighbour.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = $1 AND backend_type = 'client backend' AND application_name LIKE 'tanhui%'`,
        [name],
      );
      const answer = await transfer('order-2');
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
      expect(await answer.json()).toMatchObject({ code: 'DATABASE_AWAY', retryAfterSeconds: 2 });
    } finally {
      await neighbour.query(`ALTER DATABASE ${name} CONNECTION LIMIT -1`);
      await neighbour.end();
    }
    expect((await transfer('order-2')).status).toBe(201);
  });

  const openSession = async (): Promise<string> => {
    const text = randomBytes(32).toString('base64url');
    await admin.query(
      `INSERT INTO identity.sessions (token_hash, user_id, expires_at) VALUES ($1, $2, now() + interval '1 hour')`,
      [createHash('sha256').update(text).digest(), user],
    );
    return text;
  };
});
