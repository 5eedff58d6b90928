import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';

import { CreateFirstAdministrator } from '@app/identity';
import { createDataSource, readEnvironment } from '@app/platform';
import { createApp } from '../../apps/api/src/create-app';
import { appEnvironment, createTestDatabase, type TestDatabase } from '../support';
import { LedgerContract } from './ledger-contract';

const PASSWORD = 'clear-mountain-water-1';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly text: string;
  readonly headers: Headers;
}

export interface Call {
  /** An object is sent as JSON, a string as it is. */
  readonly body?: object | string;
  /** JSON unless said otherwise. */
  readonly type?: string;
  readonly key?: string;
  /** Whose token: the administrator's unless said otherwise. */
  readonly as?: string;
}

/**
 * The API as it is shipped, on a database of its own with the book `county`. Every answer of a ledger route is held
 * against the OpenAPI document.
 */
export class LedgerEdge {
  readonly contract = new LedgerContract();

  private constructor(
    private readonly database: TestDatabase,
    readonly admin: Client,
    private readonly app: NestFastifyApplication,
    readonly url: string,
    readonly tokens: Map<string, string>,
  ) {}

  static async start(): Promise<LedgerEdge> {
    const database = await createTestDatabase();
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    await admin.query(`SELECT platform.open_live_book('county', '县', '610924')`);
    const owner = createDataSource({ url: database.ownerUrl, poolMax: 1, applicationName: 'test-owner' });
    await owner.initialize();
    const administrator = await new CreateFirstAdministrator(owner).execute();
    await owner.destroy();
    const app = await createApp(readEnvironment({ ...appEnvironment(database), LOG_LEVEL: 'fatal' }));
    await app.listen(0, '127.0.0.1');
    const edge = new LedgerEdge(database, admin, app, await app.getUrl(), new Map());
    await edge.signIn('administrator', administrator!.login, administrator!.password);
    for (const post of ['auditor', 'card-operator']) await edge.createStaff(post);
    return edge;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.admin.end();
    await this.database.drop();
  }

  async call(
    method: 'GET' | 'POST',
    path: string,
    { body, type = 'application/json', key, as = 'administrator' }: Call = {},
  ): Promise<Answer> {
    const token = this.tokens.get(as);
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': type }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status, headers } = response;
    expect(this.contract.faults({ method, path, status, headers, text })).toEqual([]);
    const isJson = headers.get('content-type')?.includes('json') && !type.includes('ndjson');
    return { status, headers, text, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {} };
  }

  /** Without a body when there is none. */
  post(path: string, body: object | string | undefined, key?: string): Promise<Answer> {
    return this.call('POST', `books/county/${path}`, {
      ...(body === undefined ? {} : { body }),
      ...(key === undefined ? {} : { key }),
    });
  }

  get(path: string, as = 'administrator'): Promise<Answer> {
    return this.call('GET', `books/county/${path}`, { as });
  }

  /** Sends lines and reads the answers to them. */
  async lines(lines: readonly (object | string)[], key?: string): Promise<LineAnswer[]> {
    const body = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
    const answer = await this.call('POST', 'books/county/entries/batch', {
      ...{ body, type: 'application/x-ndjson' },
      ...(key === undefined ? {} : { key }),
    });
    expect(answer.status).toBe(200);
    return linesOf(answer.text);
  }

  /** Everything the ledger has stored, as one number; without what freezing a refusal leaves, when it may. */
  async fingerprint({ refusals = true } = {}): Promise<string> {
    const { rows } = await this.admin.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'ledger'::regnamespace AND relkind IN ('r', 'p')
        ORDER BY relname`,
    );
    const frozen = `- 'next_refusal' - 'recorded_at'`;
    const prints = rows
      .filter(({ name }) => refusals || name !== 'refusal')
      .map(
        ({ name }) => `SELECT md5(coalesce(string_agg(row, E'\n' ORDER BY row), '')) AS print FROM
          (SELECT (to_jsonb(t) ${refusals || name !== 'fence' ? '' : frozen})::text AS row FROM ledger.${name} t) r`,
      );
    const all = await this.admin.query<{ print: string }>(prints.join(' UNION ALL '));
    return all.rows.map(({ print }) => print).join(' ');
  }

  /** Two people are needed for some steps: the name under which the second signs in. */
  async anotherAdministrator(): Promise<string> {
    await this.createStaff('administrator', 'another');
    return 'another';
  }

  private async createStaff(post: string, name = post): Promise<void> {
    const login = `the.${name}`;
    const assignments = [{ post, region: '610924' }];
    await this.post('staff', { login, password: PASSWORD, displayName: '经办', assignments });
    await this.signIn(name, login, PASSWORD);
  }

  private async signIn(name: string, user: string, password: string): Promise<void> {
    const { body } = await this.call('POST', 'sessions', { body: { user, password } });
    this.tokens.set(name, String(body.token));
  }
}

export interface LineAnswer {
  readonly line: number;
  readonly status: number;
  readonly replayed?: true;
  readonly entry?: { readonly id: string; readonly seq: string; readonly postings: readonly object[] };
  readonly problem?: Record<string, unknown>;
}

export const linesOf = (text: string): LineAnswer[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LineAnswer);

/** A transfer of an amount of CNY from one account to another. */
export const transfer = (from: string, to: string, amount: string, rest: object = {}) => ({
  kind: 'transfer',
  ...rest,
  postings: [
    { account: from, asset: 'CNY', debit: amount },
    { account: to, asset: 'CNY', credit: amount },
  ],
});
