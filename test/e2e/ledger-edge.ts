import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';

import { CreateFirstAdministrator } from '@app/identity';
import { createDataSource, PlatformModule, readEnvironment } from '@app/platform';
import { AuthModule } from '../../apps/api/src/auth';
import { ProblemFilter, validationPipe } from '../../apps/api/src/http';
import { wireJson } from '../../apps/api/src/http/wire-json';
import { IdentityHttpModule } from '../../apps/api/src/identity/identity-http.module';
import { LedgerHttpModule } from '../../apps/api/src/ledger/ledger-http.module';
import { VerifyHttpModule } from '../../apps/api/src/verify/verify-http.module';
import { appEnvironment, createTestDatabase, type TestDatabase } from '../support';

const PASSWORD = 'clear-mountain-water-1';

@Module({
  imports: [AuthModule, IdentityHttpModule, LedgerHttpModule, VerifyHttpModule],
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
})
class EdgeModule {}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

export interface Call {
  /** An object is sent as JSON, a string as it is. */
  readonly body?: object | string;
  readonly key?: string;
  /** Whose token: the administrator's unless said otherwise. */
  readonly as?: string;
}

/** The ledger's routes behind the guard, on a database of its own with the book `county`. */
export class LedgerEdge {
  private constructor(
    private readonly database: TestDatabase,
    readonly admin: Client,
    private readonly app: NestFastifyApplication,
    private readonly url: string,
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
    const app = await createEdge(database);
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
    { body, key, as = 'administrator' }: Call = {},
  ): Promise<Answer> {
    const token = this.tokens.get(as);
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
      headers: response.headers,
    };
  }

  post(path: string, body: object | string, key?: string): Promise<Answer> {
    return this.call('POST', `books/county/${path}`, { body, ...(key === undefined ? {} : { key }) });
  }

  get(path: string, as = 'administrator'): Promise<Answer> {
    return this.call('GET', `books/county/${path}`, { as });
  }

  private async createStaff(post: string): Promise<void> {
    const login = `the.${post}`;
    const assignments = [{ post, region: '610924' }];
    await this.post('staff', { login, password: PASSWORD, displayName: '经办', assignments });
    await this.signIn(post, login, PASSWORD);
  }

  private async signIn(name: string, user: string, password: string): Promise<void> {
    const { body } = await this.call('POST', 'sessions', { body: { user, password } });
    this.tokens.set(name, String(body.token));
  }
}

async function createEdge(database: TestDatabase): Promise<NestFastifyApplication> {
  const environment = readEnvironment({ ...appEnvironment(database), LOG_LEVEL: 'fatal' });
  const testing = await Test.createTestingModule({
    imports: [PlatformModule.forProcess('api', environment), EdgeModule],
  }).compile();
  const adapter = new FastifyAdapter();
  const app = testing.createNestApplication<NestFastifyApplication>(adapter, { logger: false });
  adapter.getInstance().setReplySerializer(wireJson);
  app.setGlobalPrefix('api/v1');
  app.useGlobalPipes(validationPipe());
  await app.listen(0, '127.0.0.1');
  return app;
}

/** A transfer of an amount of CNY from one account to another. */
export const transfer = (from: string, to: string, amount: string, rest: object = {}) => ({
  kind: 'transfer',
  ...rest,
  postings: [
    { account: from, asset: 'CNY', debit: amount },
    { account: to, asset: 'CNY', credit: amount },
  ],
});
