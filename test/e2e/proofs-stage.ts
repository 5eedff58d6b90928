import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from 'pg';

import { CreateFirstAdministrator } from '@app/identity';
import { present } from '@app/kernel';
import { createDataSource } from '@app/platform';
import {
  appEnvironment,
  createTestDatabase,
  freePort,
  startApp,
  type AppProcess,
  type TestDatabase,
} from '../support';
import { LedgerContract } from './ledger-contract';

const PATIENCE_MS = 30_000;

/** What the public page shows. */
export interface Log {
  readonly origin: string;
  readonly vkey: string;
  readonly size: string;
  readonly note: string;
}

/** Api and worker as processes over the book `county`, with the accounts `a` and `b`, and the command of proofs. */
export class ProofsStage {
  readonly contract = new LedgerContract();
  #api: AppProcess | undefined;
  #worker: AppProcess | undefined;
  #token = '';
  #keys = 0;

  private constructor(
    readonly database: TestDatabase,
    /** Gone with the stage. */
    readonly folder: string,
    readonly environment: Readonly<Record<string, string>>,
    readonly url: string,
  ) {}

  static async open(more: (folder: string) => Record<string, string> = () => ({})): Promise<ProofsStage> {
    const database = await createTestDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'tanhui-proofs-'));
    const port = await freePort();
    const environment = {
      ...appEnvironment(database),
      PORT: String(port),
      PUBLIC_URL: 'https://ledger.example',
      CHECKPOINT_FOLDER: join(folder, 'checkpoints'),
      ...more(folder),
    };
    const stage = new ProofsStage(database, folder, environment, `http://127.0.0.1:${port}/api/v1`);
    await stage.start();
    return stage;
  }

  async close(): Promise<void> {
    await this.#worker?.end();
    await this.#api?.end();
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async killWorker(): Promise<void> {
    await this.#worker?.end('SIGKILL');
    this.#worker = startApp('worker', this.environment);
  }

  async call(path: string, init: RequestInit = {}, as = this.#token): Promise<Response> {
    const headers = { ...(as && { authorization: `Bearer ${as}` }), ...init.headers };
    return this.held(path, await fetch(`${this.url}/${path}`, { ...init, headers }), init.method);
  }

  /** What the api counts, at the root of the server. */
  async metrics(headers: Record<string, string> = {}): Promise<Response> {
    return this.held('metrics', await fetch(new URL('/metrics', this.url), { headers }));
  }

  /** Every answer is held against the OpenAPI document. */
  private async held(path: string, answer: Response, method = 'GET'): Promise<Response> {
    const { status, headers } = answer;
    const text = await answer.clone().text();
    expect(this.contract.faults({ method, path, status, headers, text })).toEqual([]);
    return answer;
  }

  /** As anybody. */
  async see<T>(path: string): Promise<T> {
    return (await (await this.call(path, {}, '')).json()) as T;
  }

  async send(path: string, body: object, key?: string): Promise<Response> {
    const headers = { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) };
    return this.call(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async post(path: string, body: object, key?: string): Promise<Record<string, unknown>> {
    const answer = await this.send(path, body, key);
    expect(answer.status).toBeLessThan(300);
    return (await answer.json()) as Record<string, unknown>;
  }

  /** Its id. */
  async transfer(): Promise<string> {
    const postings = [
      { account: 'a', asset: 'CNY', debit: '12300' },
      { account: 'b', asset: 'CNY', credit: '12300' },
    ];
    const key = `proofs/${(this.#keys += 1)}`;
    const { id } = await this.post('books/county/entries', { kind: 'transfer', postings }, key);
    return String(id);
  }

  log(): Promise<Log> {
    return this.see<Log>('public/books/county/checkpoints');
  }

  /** The bundle, as soon as a checkpoint covers what is asked for: `entries/{id}`. */
  proofOf(what: string): Promise<string> {
    return this.until(async () => {
      const answer = await this.call(`books/county/${what}/proof`);
      if (answer.ok) return answer.text();
      expect(await answer.json()).toMatchObject({ code: 'PROOF_PENDING' });
      return undefined;
    });
  }

  /** Runs a command of the operator to its end, with nothing but this environment. */
  async cli(args: readonly string[], environment: Record<string, string> = {}): Promise<string> {
    return (await this.run(args, environment)).output;
  }

  async run(
    args: readonly string[],
    environment: Record<string, string> = {},
  ): Promise<{ readonly code: number | null; readonly output: string }> {
    const command = startApp('cli', { PATH: process.env.PATH, ...environment }, args);
    await this.until(() => Promise.resolve(command.hasEnded() || undefined));
    return { code: command.exitCode(), output: command.output() };
  }

  /** Where the text was written to. */
  file(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  async until<T>(ask: () => Promise<T | undefined>): Promise<T> {
    for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(100)) {
      const found = await ask();
      if (found !== undefined) return found;
    }
    throw new Error('it did not come to pass');
  }

  private async start(): Promise<void> {
    const admin = new Client({ connectionString: this.database.adminUrl });
    await admin.connect();
    await admin.query(`SELECT platform.open_live_book('county', '县', '610924')`);
    await admin.end();
    const owner = createDataSource({
      ...{ url: this.database.ownerUrl, poolMax: 1, applicationName: 'test-owner' },
    });
    await owner.initialize();
    const first = present(
      await new CreateFirstAdministrator(owner).execute(),
      'the first administrator is new',
    );
    await owner.destroy();
    this.#api = startApp('api', this.environment);
    this.#worker = startApp('worker', this.environment);
    await Promise.all([this.#api.printed('api ready'), this.#worker.printed('worker ready')]);
    const session = await this.post('sessions', { user: first.login, password: first.password });
    this.#token = String(session.token);
    for (const [path, floor] of Object.entries({ a: null, b: null, poor: '0' })) {
      await this.post('books/county/accounts', { path, asset: 'CNY', side: 'credit', floor });
    }
  }
}
