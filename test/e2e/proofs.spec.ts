import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { CreateFirstAdministrator } from '@app/identity';
import { publishedNotes } from '@app/ledger';
import { createDataSource } from '@app/platform';
import { compareCheckpoints, verifyBundle } from '@app/proof';
import { Client } from 'pg';
import {
  appEnvironment,
  createTestDatabase,
  freePort,
  startApp,
  type AppProcess,
  type TestDatabase,
} from '../support';
import { Strangers } from './proofs-edge';

const WEBHOOK_KEY = 'a secret of sixteen and more';
const PATIENCE_MS = 30_000;

interface Log {
  readonly origin: string;
  readonly vkey: string;
  readonly size: string;
  readonly note: string;
}

describe('proofs of the shipped product', () => {
  let database: TestDatabase;
  let strangers: Strangers;
  let folder: string;
  let api: AppProcess;
  let worker: AppProcess;
  let url: string;
  let token: string;
  let environment: Record<string, string>;

  beforeAll(async () => {
    database = await createTestDatabase();
    strangers = await Strangers.start();
    folder = mkdtempSync(join(tmpdir(), 'tanhui-proofs-'));
    const port = await freePort();
    url = `http://127.0.0.1:${port}/api/v1`;
    environment = {
      ...appEnvironment(database),
      PORT: String(port),
      PUBLIC_URL: 'https://ledger.example',
      CHECKPOINT_FOLDER: join(folder, 'checkpoints'),
      CHECKPOINT_STORE_URL: `${strangers.url}/store`,
      CHECKPOINT_STORE_AUTHORIZATION: 'Bearer store',
      CHECKPOINT_WEBHOOK_URL: `${strangers.url}/hook`,
      CHECKPOINT_WEBHOOK_KEY: WEBHOOK_KEY,
    };
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    await admin.query(`SELECT platform.open_live_book('county', '县', '610924')`);
    await admin.end();
    const owner = createDataSource({ url: database.ownerUrl, poolMax: 1, applicationName: 'test-owner' });
    await owner.initialize();
    const first = await new CreateFirstAdministrator(owner).execute();
    await owner.destroy();
    api = startApp('api', environment);
    await api.printed('api ready');
    worker = startApp('worker', environment);
    await worker.printed('worker ready');
    const session = await post('sessions', { user: first!.login, password: first!.password });
    token = String(session.token);
    for (const path of ['a', 'b']) {
      await post('books/county/accounts', { path, asset: 'CNY', side: 'credit', floor: null });
    }
  });
  afterAll(async () => {
    await worker.end();
    await api.end();
    await strangers.stop();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function call(path: string, init: RequestInit = {}, as = token): Promise<Response> {
    const headers = { ...(as && { authorization: `Bearer ${as}` }), ...init.headers };
    return fetch(`${url}/${path}`, { ...init, headers });
  }
  async function post(path: string, body: object, key?: string): Promise<Record<string, unknown>> {
    const headers = { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) };
    const answer = await call(path, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(answer.status).toBeLessThan(300);
    return (await answer.json()) as Record<string, unknown>;
  }
  let keys = 0;
  async function transfer(): Promise<string> {
    const postings = [
      { account: 'a', asset: 'CNY', debit: '12300' },
      { account: 'b', asset: 'CNY', credit: '12300' },
    ];
    const { id } = await post(
      'books/county/entries',
      { kind: 'transfer', postings },
      `proofs/${(keys += 1)}`,
    );
    return String(id);
  }
  const log = async (): Promise<Log> =>
    (await (await call('public/books/county/checkpoints', {}, '')).json()) as Log;
  async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
    for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(100)) {
      const found = await ask();
      if (found !== undefined) return found;
    }
    throw new Error('it did not come to pass');
  }
  const proofOf = (entry: string): Promise<string> =>
    until(async () => {
      const answer = await call(`books/county/entries/${entry}/proof`);
      if (answer.ok) return answer.text();
      expect(await answer.json()).toMatchObject({ code: 'PROOF_PENDING' });
      return undefined;
    });
  async function cli(...args: string[]): Promise<string> {
    const command = startApp('cli', { PATH: process.env.PATH }, ['proof', ...args]);
    await until(async () => command.hasEnded() || undefined);
    return command.output();
  }
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it('seals an entry behind the request and proves it to whoever has the public key', async () => {
    const bundle = await proofOf(await transfer());
    const { vkey, origin } = await log();
    expect(origin).toBe('ledger.example/books/county');
    expect(verifyBundle(bundle, vkey)).toMatchObject({
      ok: true,
      proven: { record: { kind: 'transfer', postings: [{ path: 'a', amount: 12_300n }, { path: 'b' }] } },
    });
  });

  it('checks a proof on the command line with neither database nor network', async () => {
    const bundle = await proofOf(await transfer());
    const { vkey } = await log();
    const whole = await cli('verify', file('bundle.json', bundle), '--key', vkey);
    expect(whole).toContain('PROVEN');
    expect(whole).toContain('debit     12300 CNY  a');
    const forged = bundle.replace('"amount": "12300"', '"amount": "12301"');
    expect(await cli('verify', file('forged.json', forged), '--key', vkey)).toMatch(/^NOT PROVEN {2}RECORD/);
    expect(await cli('verify', file('bundle.json', bundle))).toContain('Usage');
  });

  it('proves to everybody that a later checkpoint continues an earlier one', async () => {
    const before = await log();
    await proofOf(await transfer());
    const after = await log();
    expect(BigInt(after.size)).toBeGreaterThan(BigInt(before.size));
    const answer = await call(`public/books/county/consistency?from=${before.size}&to=${after.size}`, {}, '');
    const { path } = (await answer.json()) as { path: string[] };
    expect(compareCheckpoints([before.note, after.note], path, after.vkey)).toMatchObject({ ok: true });
    const told = await cli(
      ...['compare', file('old', before.note), file('new', after.note)],
      ...['--key', after.vkey, '--path', file('path.json', JSON.stringify({ path }))],
    );
    expect(told).toContain('CONSISTENT');
    const again = await call(`public/books/county/checkpoints/${before.size}`, {}, '');
    expect(await again.json()).toMatchObject({ note: before.note });
  });

  it.each([
    ['public/books/county/checkpoints/999999', 404, 'CHECKPOINT_UNKNOWN'],
    ['public/books/county/checkpoints/0x1', 404, 'CHECKPOINT_UNKNOWN'],
    ['public/books/county/consistency?from=1&to=999999', 422, 'PROOF_SIZES_WRONG'],
    ['public/books/county/consistency?from=2', 422, 'PROOF_SIZES_WRONG'],
    ['public/books/county/consistency?from=1&from=1&to=1', 422, 'PROOF_SIZES_WRONG'],
    ['public/books/nowhere/checkpoints', 404, 'BOOK_UNKNOWN'],
    ['books/county/entries/99999/proof', 404, 'ENTRY_UNKNOWN'],
    ['books/county/entries/not-an-id/proof', 404, 'ENTRY_UNKNOWN'],
  ])('refuses %s with %i %s', async (path, status, code) => {
    const answer = await call(path);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
  });

  it('gives the salt of an entry to nobody but a reader of the book', async () => {
    const entry = await transfer();
    await proofOf(entry);
    const answer = await call(`books/county/entries/${entry}/proof`, {}, '');
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain('salt');
  });

  it('publishes to folder, store and webhook, through broken places and a killed worker, each note once', async () => {
    strangers.broken = 3;
    await proofOf(await transfer());
    await worker.end('SIGKILL');
    worker = startApp('worker', environment);
    await proofOf(await transfer());
    const { note, size, vkey, origin } = await log();
    const place = `/store/county/${'0'.repeat(12)}/${size.padStart(12, '0')}.checkpoint`;
    await until(async () => strangers.objects.get(place));
    expect(strangers.objects.get(place)).toBe(note);
    const delivery = await until(async () => strangers.deliveries.find(({ body }) => body === note));
    const signature = createHmac('sha256', WEBHOOK_KEY).update(note).digest('hex');
    expect(delivery.headers).toMatchObject({
      'tanhui-signature': `sha256=${signature}`,
      'tanhui-delivery': `${origin}/${size}`,
    });
    const notes = await until(async () => {
      const found = await publishedNotes(join(folder, 'checkpoints'), 'county');
      return found.includes(note) ? found : undefined;
    });
    expect(new Set(notes).size).toBe(notes.length);
    const keyId = vkey.split('+')[1]!;
    expect(readFileSync(join(folder, 'checkpoints/county', `${keyId}.vkey`), 'utf8').trim()).toBe(vkey);
  });

  it('shows how far it is behind', async () => {
    const metrics = await (await fetch(new URL('/metrics', url))).text();
    expect(metrics).toMatch(/tanhui_seal_lag_seconds\{book="county"\} [\d.]+/);
  });
});
