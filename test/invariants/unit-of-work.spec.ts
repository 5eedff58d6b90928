import { DataSource } from 'typeorm';

import { ok, refuse } from '@app/kernel';
import { createDataSource, Metrics, UnitOfWork } from '@app/platform';
import { createTestDatabase, type TestDatabase } from '../support';

describe('a unit of work', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let work: UnitOfWork;
  const context = { book: 0, actor: 'test', action: 'test.write', subject: 'thing/1' };
  const count = async (sql: string) =>
    Number((await dataSource.query(`SELECT count(*) AS n FROM ${sql}`))[0].n);
  const addJob = `INSERT INTO platform.job (book, id, name, queue, payload, attempts_max, due_at)
                  VALUES (0, gen_random_uuid(), 'n', 'q', '{}', 1, now())`;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({
      url: database.appUrl,
      poolMax: 4,
      applicationName: 'test',
    }).initialize();
    work = new UnitOfWork(dataSource, new Metrics());
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('commits what is ok together with exactly one audit row that carries its facts', async () => {
    const before = await count('platform.audit');
    const result = await work.run(context, async (tx) => {
      await tx.execute(addJob);
      tx.audit({ lines: 3 });
      tx.audit({ state: 'locked' });
      return ok('done');
    });
    expect(result).toEqual({ ok: true, value: 'done' });
    expect(await count('platform.audit')).toBe(before + 1);
    const [row] = await dataSource.query(
      'SELECT actor, action, subject, facts FROM platform.audit ORDER BY id DESC LIMIT 1',
    );
    expect(row).toEqual({
      actor: 'test',
      action: 'test.write',
      subject: 'thing/1',
      facts: { lines: 3, state: 'locked' },
    });
  });

  it('rolls back everything it wrote when it is refused, the audit row included', async () => {
    const jobs = await count('platform.job');
    const audits = await count('platform.audit');
    const result = await work.run(context, async (tx) => {
      await tx.execute(addJob);
      return refuse({ code: 'NOT_TODAY' });
    });
    expect(result).toEqual({ ok: false, reason: { code: 'NOT_TODAY' } });
    expect([await count('platform.job'), await count('platform.audit')]).toEqual([jobs, audits]);
  });

  it('rolls back and throws on when the work throws, and gives its connection back', async () => {
    for (let i = 0; i < 10; i += 1) {
      await expect(
        work.run(context, async (tx) => {
          await tx.execute(addJob);
          throw new Error('broken');
        }),
      ).rejects.toThrow('broken');
    }
    expect(
      await count(
        `pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
      ),
    ).toBe(0);
  });

  it.each(['40001', '40P01'])('runs the work again after SQLSTATE %s', async (state) => {
    let tries = 0;
    const result = await work.run(context, async (tx) => {
      tries += 1;
      if (tries === 1) await tx.query(`DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${state}'; END $$`);
      return ok(tries);
    });
    expect(result).toEqual({ ok: true, value: 2 });
  });

  it('sets actor, book and scope for the transaction only', async () => {
    const seen = await work.run({ ...context, scope: ['610924'] }, async (tx) => {
      const [row] = await tx.query<{ actor: string; scope: string }>(
        `SELECT current_setting('tanhui.actor') AS actor, current_setting('tanhui.scope') AS scope`,
      );
      return ok(row);
    });
    expect(seen).toEqual({ ok: true, value: { actor: 'test', scope: '610924' } });
    const [after] = await dataSource.query(`SELECT current_setting('tanhui.actor', true) AS actor`);
    expect(after.actor ?? '').toBe('');
  });

  it('cannot change or delete what it audited', async () => {
    await expect(dataSource.query('UPDATE platform.audit SET actor = $1', ['other'])).rejects.toThrow(
      /permission denied/,
    );
    await expect(dataSource.query('DELETE FROM platform.audit')).rejects.toThrow(/permission denied/);
  });
});

describe("a book's clock", () => {
  let database: TestDatabase;
  let app: DataSource;
  let demo: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await createDataSource({ url: database.appUrl, poolMax: 2, applicationName: 'test' }).initialize();
    demo = await createDataSource({
      url: database.demoUrl,
      poolMax: 2,
      applicationName: 'test',
    }).initialize();
  });
  afterAll(async () => {
    await app.destroy();
    await demo.destroy();
    await database.drop();
  });
  const open = async () => {
    const [row] = await demo.query(
      `SELECT platform.open_rehearsal_book('r-' || substr(gen_random_uuid()::text, 1, 8), '演练', '610924', '2026-03-02T01:00:00Z') AS id`,
    );
    return row.id as number;
  };
  const now = async (book: number) =>
    (await app.query('SELECT platform.book_now($1) AS now', [book]))[0].now as Date;

  it('stands still in a rehearsal until the demo role moves it on', async () => {
    const book = await open();
    expect((await now(book)).toISOString()).toBe('2026-03-02T01:00:00.000Z');
    await demo.query(`SELECT platform.advance_clock($1, '2026-03-12T01:00:00Z')`, [book]);
    expect((await now(book)).toISOString()).toBe('2026-03-12T01:00:00.000Z');
  });

  it('never goes back', async () => {
    const book = await open();
    await expect(
      demo.query(`SELECT platform.advance_clock($1, '2026-03-01T00:00:00Z')`, [book]),
    ).rejects.toThrow(/already past/);
  });

  it('is the wall clock in a live book, and nobody can move it', async () => {
    const [{ id }] = await app.query(`SELECT platform.open_live_book('610924', '紫阳县', '610924') AS id`);
    expect(Math.abs(Date.now() - (await now(id)).getTime())).toBeLessThan(5_000);
    await expect(demo.query(`SELECT platform.advance_clock($1, '2030-01-01')`, [id])).rejects.toThrow(
      /no rehearsal/,
    );
  });

  it('is not the application to move, nor rehearsals its to open', async () => {
    const book = await open();
    await expect(app.query('SELECT platform.advance_clock($1, now())', [book])).rejects.toThrow(
      /permission denied/,
    );
    await expect(app.query(`SELECT platform.open_rehearsal_book('x', 'x', 'x', now())`)).rejects.toThrow(
      /permission denied/,
    );
    await expect(app.query('UPDATE platform.book SET clock_at = now()')).rejects.toThrow(/permission denied/);
  });
});
