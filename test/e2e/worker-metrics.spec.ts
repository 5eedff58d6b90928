import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from 'pg';

import { appEnvironment, type AppProcess, createTestDatabase, freePort, startApp } from '../support';
import type { TestDatabase } from '../support';

const TOKEN = 'metrics-of-a-county-0123456789';
const PATIENCE_MS = 20_000;

describe('the metrics of the worker', () => {
  let database: TestDatabase;
  let admin: Client;
  let worker: AppProcess;
  let port: number;

  beforeAll(async () => {
    database = await createTestDatabase();
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    await admin.query(`SELECT platform.open_live_book('county', '县', '610924')`);
    port = await freePort();
    worker = startApp('worker', environmentWith({ WORKER_METRICS_PORT: String(port) }));
    await worker.printed('worker ready');
  });
  afterAll(async () => {
    await worker.end();
    await admin.end();
    await database.drop();
  });

  const environmentWith = (more: Record<string, string>) => ({
    ...appEnvironment(database),
    METRICS_TOKEN: TOKEN,
    ...more,
  });
  const ask = (headers: Record<string, string> = {}, path = 'metrics', method = 'GET') =>
    fetch(`http://127.0.0.1:${port}/${path}`, { method, headers });

  /** The text, as soon as it fits: an audit takes its time. */
  async function textThatFits(wanted: RegExp): Promise<string> {
    for (const end = Date.now() + PATIENCE_MS; ; await sleep(200)) {
      const text = await (await ask()).text();
      if (wanted.test(text) || Date.now() > end) return text;
    }
  }

  it('tell of the process, of the seals and of every audit', async () => {
    const audited = /^tanhui_audit_whole_age_seconds\{book="1"\} [\d.]+$/m;
    const text = await textThatFits(audited);
    for (const line of [
      audited,
      /^process_cpu_seconds_total [\d.]+$/m,
      /^tanhui_seal_lag_seconds\{book="county"\} [\d.]+$/m,
      /^tanhui_audit_standing_findings\{book="1"\} 0$/m,
      /^tanhui_audit_seconds_count\{kind="whole"\} 1$/m,
    ]) {
      expect(text).toMatch(line);
    }
  });

  it('count the jobs that are not done by their state, as they are when somebody asks', async () => {
    const job = (state: string, due: string) =>
      admin.query(
        `INSERT INTO platform.job (book, id, name, queue, payload, state, attempts_max, due_at, woken_at)
         VALUES (1, gen_random_uuid(), 'test.nothing', 'test', '{}', $1, 1, now() + $2::interval, 'infinity')`,
        [state, due],
      );
    for (const [state, due] of [
      ['due', '1 day'],
      ['due', '-1 minute'],
      ['dead', '-1 minute'],
      ['dead', '-1 minute'],
      ['done', '-1 minute'],
    ] as const) {
      await job(state, due);
    }
    const counted = [...(await (await ask()).text()).matchAll(/^tanhui_jobs\{name="test.nothing",(.*)$/gm)];
    expect(counted.map(([, rest]) => rest).sort()).toEqual([
      'state="dead"} 2',
      'state="due"} 1',
      'state="waiting"} 1',
    ]);
    await admin.query(`DELETE FROM platform.job WHERE name = 'test.nothing'`);
    expect(await (await ask()).text()).not.toContain('test.nothing');
  });

  it('tell of a finding until a whole audit is clean', async () => {
    const found = (findings: number, kind = 'new') =>
      admin.query('SELECT audit.record_run(1, $2, 0, 0, 0, 0, 0, $1, $3, 5)', [findings, kind, []]);
    const standing = async () =>
      /^tanhui_audit_standing_findings\{book="1"\} (\d+)$/m.exec(await (await ask()).text())?.[1];
    await found(2);
    await found(1);
    await found(0);
    expect(await standing()).toBe('3');
    await found(0, 'whole');
    expect(await standing()).toBe('0');
  });

  it('are shown to this machine and to whoever has the token, and to no proxy', async () => {
    const forwarded = { 'x-forwarded-for': '203.0.113.7' };
    const statuses = await Promise.all([
      ask(),
      ask(forwarded),
      ask({ ...forwarded, authorization: 'Bearer wrong' }),
      ask({ ...forwarded, authorization: `Bearer ${TOKEN}` }),
      ask({}, 'metrics', 'POST'),
      ask({}, 'health'),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([200, 404, 404, 200, 404, 404]);
    expect((await ask()).headers.get('content-type')).toContain('text/plain; version=0.0.4');
  });

  it('are nowhere without a port, and a worker whose port is taken does not start', async () => {
    const second = startApp('worker', environmentWith({ WORKER_METRICS_PORT: String(port) }));
    await expect(second.printed('worker ready')).rejects.toThrow('EADDRINUSE');
    await second.end();
    const third = startApp('worker', environmentWith({}));
    await third.printed('worker ready');
    expect(third.output()).not.toContain('metrics shown');
    await third.end();
  });
});
