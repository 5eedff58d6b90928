import { Module, type Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';

import { CodeSender, hashPassword } from '@app/identity';
import { PlatformModule, readEnvironment } from '@app/platform';
import { AuthModule } from '../../apps/api/src/auth';
import { ProblemFilter, validationPipe } from '../../apps/api/src/http';
import { wireJson } from '../../apps/api/src/http/wire-json';
import { IdentityHttpModule } from '../../apps/api/src/identity/identity-http.module';
import { takeImportBodies } from '../../apps/api/src/registry/import-bodies';
import { RegistryHttpModule } from '../../apps/api/src/registry/registry-http.module';
import {
  consent,
  csv,
  household,
  openBook,
  OTHER_VILLAGE,
  parcel,
  right,
  VILLAGE,
} from '../invariants/registry-book';
import { appEnvironment, createTestDatabase, type TestDatabase } from '../support';

export const COUNTY = '610924';
export const TOWN = '610924100';
export const OTHER_TOWN = '610924101';
const PASSWORD = 'clear-mountain-water-1';

export interface Answer {
  readonly status: number;
  // Bodies differ by route; the expectations say what they should be.
  readonly body: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- read by expectations
}

/** The registry's routes behind the guard, as the whole edge mounts them. */
@Module({
  imports: [AuthModule, IdentityHttpModule, RegistryHttpModule],
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
})
class EdgeModule {}

/** The files of a small county: two households and a collective in one town, a household in another. */
const FILES: readonly (readonly [string, string])[] = [
  [
    'parties',
    csv('parties', [
      household(1),
      household(2),
      household(3, { region_code: OTHER_VILLAGE }),
      {
        external_no: 'JT1',
        kind: 'collective',
        name: '测试股份经济合作社',
        region_code: VILLAGE,
        phone: household(1).phone!,
      },
    ]),
  ],
  ['parcels', csv('parcels', [parcel(1), parcel(2), parcel(3, { scope_decision: '', scope_from: '' })])],
  [
    'rights',
    csv('rights', [
      right(1, 1, { share_percent: '66.6667' }),
      right(1, 2, { share_percent: '33.3333' }),
      right(2, 2),
      right(3, 1, { valid_to: '2025-12-31' }),
    ]),
  ],
  ['consents', csv('consents', [consent(2)])],
];

/** The API on a database of its own, with two rehearsal books and everyone's tokens. */
export class RegistryEdge {
  readonly #codes: string[] = [];
  #passwordHash = '';

  private constructor(
    readonly database: TestDatabase,
    readonly app: NestFastifyApplication,
    private readonly url: string,
    /** Ids by code. */
    readonly books: Readonly<Record<'county' | 'other', number>>,
  ) {}

  /** With the routes of `more` modules beside the registry's. */
  static async start(more: readonly Type[] = []): Promise<RegistryEdge> {
    const database = await createTestDatabase();
    const books = {
      county: await openBook(database, 'county'),
      other: await openBook(database, 'other', '610921'),
    };
    const app = await createEdge(database, more);
    const edge = new RegistryEdge(database, app, await app.getUrl(), books);
    jest.spyOn(app.get(CodeSender, { strict: false }), 'send').mockImplementation((_phone, code) => {
      edge.#codes.push(code);
      return Promise.resolve();
    });
    edge.#passwordHash = await hashPassword(PASSWORD);
    return edge;
  }

  /** Imports the files of a small county; returns who may import and the ids of its parties by external number. */
  async loadCounty(): Promise<{ handler: string; idOf: (externalNo: string) => string }> {
    const handler = await this.staff('forestry-handler', COUNTY);
    for (const [kind, file] of FILES) {
      const { status, body } = await this.upload(kind, handler, file);
      if (status !== 201) throw new Error(`${kind} did not load: ${JSON.stringify(body)}`);
    }
    const { body } = await this.call('GET', 'books/county/parties', handler);
    const items = body.items as { externalNo: string; id: string }[];
    const ids = new Map(items.map(({ externalNo, id }) => [externalNo, id]));
    return { handler, idOf: (externalNo) => ids.get(externalNo) ?? 'missing' };
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }

  async call(method: 'GET' | 'POST' | 'PUT', path: string, token?: string, body?: object): Promise<Answer> {
    return this.send(path, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  async upload(
    kind: string,
    token: string,
    content: string | Buffer,
    query = '',
    type = 'text/csv; charset=utf-8',
  ): Promise<Answer> {
    return this.sendFile(`books/county/imports/${kind}${query}`, token, content, type);
  }

  async sendFile(
    path: string,
    token: string,
    content: string | Buffer,
    type = 'text/csv; charset=utf-8',
  ): Promise<Answer> {
    return this.send(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body: typeof content === 'string' ? content : new Uint8Array(content),
    });
  }

  /** Reads past the edge, as nobody of the product may. */
  async look<Row extends object>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: this.database.adminUrl });
    await client.connect();
    try {
      return (await client.query<Row>(sql, [...params])).rows;
    } finally {
      await client.end();
    }
  }

  /** Moves the clock of the county's book on. */
  async advanceTo(instant: string): Promise<void> {
    const demo = new Client({ connectionString: this.database.demoUrl });
    await demo.connect();
    try {
      await demo.query('SELECT platform.advance_clock($1, $2)', [this.books.county, instant]);
    } finally {
      await demo.end();
    }
  }

  /** Sends a map file of the county's book. */
  async uploadMap(token: string, content: string | Buffer, query = ''): Promise<Answer> {
    return this.send(`books/county/map-files${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
      body: typeof content === 'string' ? content : new Uint8Array(content),
    });
  }

  /** Signs in a new staff member who holds the post in the book over the region. */
  async staff(post: string, region: string, book: 'county' | 'other' = 'county'): Promise<string> {
    const login = `${book}.${post}.${region}`;
    const demo = new Client({ connectionString: this.database.demoUrl });
    await demo.connect();
    try {
      const given = [this.books[book], login, this.#passwordHash, post, post, region];
      await demo.query('SELECT identity.demo_staff($1, $2, $3, $4, $5, $6)', given);
    } finally {
      await demo.end();
    }
    const { body } = await this.call('POST', 'sessions', undefined, { user: login, password: PASSWORD });
    return String(body.token);
  }

  async person(phone: string): Promise<string> {
    await this.call('POST', 'one-time-codes', undefined, { phone });
    const { body } = await this.call('POST', 'sessions/by-code', undefined, {
      phone,
      code: this.#codes.at(-1),
    });
    return String(body.token);
  }

  /** What the audit trail says of an action, oldest first. */
  async audited(action: string): Promise<Record<string, unknown>[]> {
    const owner = new Client({ connectionString: this.database.ownerUrl });
    await owner.connect();
    try {
      const { rows } = await owner.query<{ facts: Record<string, unknown> }>(
        'SELECT facts FROM platform.audit WHERE action = $1 ORDER BY id',
        [action],
      );
      return rows.map(({ facts }) => facts);
    } finally {
      await owner.end();
    }
  }

  /** A file as it comes, with its headers. */
  async download(path: string, token?: string): Promise<{ status: number; bytes: Buffer; headers: Headers }> {
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      headers: { ...(token && { authorization: `Bearer ${token}` }) },
    });
    return {
      status: response.status,
      bytes: Buffer.from(await response.arrayBuffer()),
      headers: response.headers,
    };
  }

  private async send(path: string, request: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1/${path}`, request);
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : {} };
  }
}

async function createEdge(database: TestDatabase, more: readonly Type[]): Promise<NestFastifyApplication> {
  const environment = readEnvironment({ ...appEnvironment(database), LOG_LEVEL: 'fatal' });
  const testing = await Test.createTestingModule({
    imports: [PlatformModule.forProcess('api', environment), EdgeModule, ...more],
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
