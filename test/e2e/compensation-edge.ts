import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';

import { LockRoster } from '@app/compensation';
import { CodeSender, hashPassword } from '@app/identity';
import { addDays, startOf } from '@app/kernel';
import { PlatformModule, readEnvironment } from '@app/platform';
import { AuthModule } from '../../apps/api/src/auth';
import { CompensationHttpModule } from '../../apps/api/src/compensation/compensation-http.module';
import { FundsHttpModule } from '../../apps/api/src/funds/funds-http.module';
import { ProblemFilter, validationPipe } from '../../apps/api/src/http';
import { wireJson } from '../../apps/api/src/http/wire-json';
import { IdentityHttpModule } from '../../apps/api/src/identity/identity-http.module';
import { takeImportBodies } from '../../apps/api/src/registry/import-bodies';
import { RegistryHttpModule } from '../../apps/api/src/registry/registry-http.module';
import { csv, household, openBook, parcel, right } from '../invariants/registry-book';
import { appEnvironment, createTestDatabase, type TestDatabase } from '../support';

export const COUNTY = '610924';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PASSWORD = 'clear-mountain-water-1';

export interface Answer {
  readonly status: number;
  // Bodies differ by route; the expectations say what they should be.
  readonly body: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- read by expectations
  readonly headers: Headers;
}

/** The routes a payout's first half needs, behind the guard, as the whole edge mounts them. */
@Module({
  imports: [AuthModule, IdentityHttpModule, RegistryHttpModule, FundsHttpModule, CompensationHttpModule],
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
})
class EdgeModule {}

/** Three households of one village, each with a parcel of 12.30 mu. */
const FILES: readonly (readonly [string, string])[] = [
  ['parties', csv('parties', [household(1), household(2), household(3)])],
  ['parcels', csv('parcels', [parcel(1), parcel(2), parcel(3)])],
  ['rights', csv('rights', [right(1, 1), right(2, 2), right(3, 3)])],
];

/** The API on a database of its own, with a rehearsal book whose households and parcels are imported. */
export class CompensationEdge {
  readonly #codes: string[] = [];
  readonly #tokens = new Map<string, string>();
  #passwordHash = '';

  private constructor(
    readonly database: TestDatabase,
    private readonly app: NestFastifyApplication,
    private readonly url: string,
    readonly book: number,
  ) {}

  static async start(): Promise<CompensationEdge> {
    const database = await createTestDatabase();
    const book = await openBook(database, 'county', COUNTY);
    const app = await createEdge(database);
    const edge = new CompensationEdge(database, app, await app.getUrl(), book);
    jest.spyOn(app.get(CodeSender, { strict: false }), 'send').mockImplementation((_phone, code) => {
      edge.#codes.push(code);
      return Promise.resolve();
    });
    edge.#passwordHash = await hashPassword(PASSWORD);
    const importer = await edge.staff('forestry-handler');
    for (const [kind, file] of FILES) {
      const { status, body } = await edge.upload(kind, importer, file);
      if (status !== 201) throw new Error(`${kind} did not load: ${JSON.stringify(body)}`);
    }
    return edge;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }

  /** As somebody who holds the post over the region: the same person each time. */
  async as(
    post: string,
    method: 'GET' | 'POST',
    path: string,
    body?: object,
    region = COUNTY,
  ): Promise<Answer> {
    return this.call(method, `books/county/${path}`, await this.staff(post, region), body);
  }

  async call(method: 'GET' | 'POST', path: string, token?: string, body?: object): Promise<Answer> {
    return this.send(path, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  async staff(post: string, region = COUNTY): Promise<string> {
    const login = `${post}.${region}`;
    const known = this.#tokens.get(login);
    if (known !== undefined) return known;
    const given = [this.book, login, this.#passwordHash, post, post, region];
    await this.asDemo('SELECT identity.demo_staff($1, $2, $3, $4, $5, $6)', given);
    const { body } = await this.call('POST', 'sessions', undefined, { user: login, password: PASSWORD });
    this.#tokens.set(login, String(body.token));
    return String(body.token);
  }

  async person(phone: string): Promise<string> {
    await this.call('POST', 'one-time-codes', undefined, { phone });
    const code = this.#codes.at(-1);
    const { body } = await this.call('POST', 'sessions/by-code', undefined, { phone, code });
    return String(body.token);
  }

  /** The first moment after a day, by the book's clock. */
  async advancePast(day: string): Promise<void> {
    await this.asDemo('SELECT platform.advance_clock($1, $2)', [this.book, startOf(addDays(day, 1))]);
  }

  /** What the worker does with the job. */
  async lock(roster: string): Promise<void> {
    await this.app.get(LockRoster, { strict: false }).execute({ book: this.book, payload: { roster } });
  }

  /** A programme with a standard, an indicator, and a roster of the township in draft. */
  async draft(): Promise<{ id: string; indicator: string; programme: string }> {
    const made = async (post: string, path: string, body: object): Promise<string> => {
      const answer = await this.as(post, 'POST', path, body);
      if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
      return String(answer.body.id);
    };
    const programme = await made('forestry-handler', 'programmes', {
      ...{ code: 'gyl', nameZh: '森林生态效益补偿', noticeDays: 7, noticeDayKind: 'working' },
    });
    await made('forestry-handler', `programmes/${programme}/standards`, {
      ...{ level: 'national', tenure: 'individual', payableFenPerMu: '1575', publicManagementFenPerMu: '25' },
      ...{ validFrom: '2021-01-01', documentNo: '示例〔2021〕1号' },
    });
    const indicator = await made('indicator-keeper', 'indicators', {
      ...{
        docNo: '安财农〔2026〕1号',
        year: 2026,
        sourceKind: 'initial',
        fundSource: 'county',
        projectCode: 'P1',
      },
      ...{ functionItem: '2130209', economicItem: '30310', fundNature: '一般公共预算资金' },
      ...{ budgetUnit: '县林业局', direct: false, amountFen: '1000000', arrivedOn: '2026-01-15' },
    });
    const order = { programmeId: programme, indicatorId: indicator, region: '610924100', year: 2026 };
    return { id: await made('forestry-handler', 'rosters', order), indicator, programme };
  }

  /** A file as the body: a workbook or a text. */
  async sendFile(path: string, post: string, content: string | Buffer, region = COUNTY): Promise<Answer> {
    const type = typeof content === 'string' ? 'text/csv; charset=utf-8' : XLSX;
    return this.send(`books/county/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await this.staff(post, region)}`, 'content-type': type },
      body: typeof content === 'string' ? content : new Uint8Array(content),
    });
  }

  async download(path: string, post: string): Promise<Buffer> {
    const headers = { authorization: `Bearer ${await this.staff(post)}` };
    const response = await fetch(`${this.url}/api/v1/books/county/${path}`, { headers });
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }

  private upload(kind: string, token: string, content: string): Promise<Answer> {
    return this.send(`books/county/imports/${kind}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv; charset=utf-8' },
      body: content,
    });
  }

  private async send(path: string, request: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1/${path}`, request);
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : {}, headers: response.headers };
  }

  private async asDemo(sql: string, params: readonly unknown[]): Promise<void> {
    const demo = new Client({ connectionString: this.database.demoUrl });
    await demo.connect();
    try {
      await demo.query(sql, [...params]);
    } finally {
      await demo.end();
    }
  }
}

async function createEdge(database: TestDatabase): Promise<NestFastifyApplication> {
  const environment = readEnvironment({ ...appEnvironment(database), LOG_LEVEL: 'fatal' });
  const testing = await Test.createTestingModule({
    imports: [PlatformModule.forProcess('api', environment), EdgeModule],
  }).compile();
  const adapter = new FastifyAdapter();
  const app = testing.createNestApplication<NestFastifyApplication>(adapter, { logger: false });
  const fastify = adapter.getInstance();
  fastify.setReplySerializer(wireJson);
  takeImportBodies(fastify);
  app.setGlobalPrefix('api/v1');
  app.useGlobalPipes(validationPipe());
  await app.listen(0, '127.0.0.1');
  return app;
}
