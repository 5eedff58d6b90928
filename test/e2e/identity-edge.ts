import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';

import { CodeSender, CreateFirstAdministrator, type FirstAdministrator } from '@app/identity';
import { createDataSource, PlatformModule, readEnvironment } from '@app/platform';
import { AuthModule } from '../../apps/api/src/auth';
import { ProblemFilter, validationPipe } from '../../apps/api/src/http';
import { IdentityHttpModule } from '../../apps/api/src/identity/identity-http.module';
import { RegionsHttpModule } from '../../apps/api/src/regions/regions-http.module';
import { appEnvironment, createTestDatabase, type TestDatabase } from '../support';

export const STAFF_PASSWORD = 'clear-mountain-water-1';

/** The identity and region routes behind the guard, as the whole edge mounts them. */
@Module({
  imports: [AuthModule, IdentityHttpModule, RegionsHttpModule],
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
})
class EdgeModule {}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

/** A running edge on a database of its own, with an administrator, two live books and a sender that remembers. */
export class IdentityEdge {
  private constructor(
    private readonly database: TestDatabase,
    /** A superuser's connection, to make time pass and to look behind the curtain. */
    readonly admin: Client,
    private readonly app: NestFastifyApplication,
    readonly administrator: FirstAdministrator,
    private readonly url: string,
    /** What the sender was given, oldest first. */
    readonly sent: readonly { phone: string; code: string }[],
  ) {}

  static async start(): Promise<IdentityEdge> {
    const database = await createTestDatabase();
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    await admin.query(`SELECT platform.open_live_book('county', '紫阳县', '610924')`);
    await admin.query(`SELECT platform.open_live_book('other', '岚皋县', '610925')`);
    const administrator = await firstAdministrator(database);
    const sent: { phone: string; code: string }[] = [];
    const app = await createEdge(database, (phone, code) => sent.push({ phone, code }));
    return new IdentityEdge(database, admin, app, administrator, await app.getUrl(), sent);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.admin.end();
    await this.database.drop();
  }

  async call(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    options: { body?: object; token?: string } = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: {
        ...(options.token && { authorization: `Bearer ${options.token}` }),
        ...(options.body && { 'content-type': 'application/json' }),
      },
      ...(options.body && { body: JSON.stringify(options.body) }),
    });
    const text = await response.text();
    const body = text ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, body, headers: response.headers };
  }

  signIn(user: string, password: string): Promise<Answer> {
    return this.call('POST', 'sessions', { body: { user, password } });
  }

  async tokenOf(user: string, password = STAFF_PASSWORD): Promise<string> {
    return String((await this.signIn(user, password)).body.token);
  }

  createStaff(body: object, token: string): Promise<Answer> {
    return this.call('POST', 'books/county/staff', { body, token });
  }

  requestCode(phone: string): Promise<Answer> {
    return this.call('POST', 'one-time-codes', { body: { phone } });
  }

  signInByCode(phone: string, code: string): Promise<Answer> {
    return this.call('POST', 'sessions/by-code', { body: { phone, code } });
  }

  get lastCode(): string {
    return this.sent.at(-1)?.code ?? '';
  }
}

/** A village clerk who may be created in the book `county`. */
export const newStaff = (login: string, region = '610924100') => ({
  login,
  password: STAFF_PASSWORD,
  displayName: '经办',
  assignments: [{ post: 'village-clerk', region }],
});

async function firstAdministrator(database: TestDatabase): Promise<FirstAdministrator> {
  const owner = createDataSource({ url: database.ownerUrl, poolMax: 1, applicationName: 'test-owner' });
  await owner.initialize();
  try {
    return (await new CreateFirstAdministrator(owner).execute())!;
  } finally {
    await owner.destroy();
  }
}

async function createEdge(
  database: TestDatabase,
  onSend: (phone: string, code: string) => void,
): Promise<NestFastifyApplication> {
  const environment = readEnvironment({ ...appEnvironment(database), LOG_LEVEL: 'fatal' });
  const sender: CodeSender = { send: (phone, code) => Promise.resolve(onSend(phone, code)) };
  const testing = await Test.createTestingModule({
    imports: [PlatformModule.forProcess('api', environment), EdgeModule],
  })
    .overrideProvider(CodeSender)
    .useValue(sender)
    .compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  app.setGlobalPrefix('api/v1');
  app.useGlobalPipes(validationPipe());
  await app.listen(0, '127.0.0.1');
  return app;
}
