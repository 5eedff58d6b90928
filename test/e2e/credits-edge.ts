import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';

import { CodeSender, hashPassword } from '@app/identity';
import { PlatformModule, readEnvironment } from '@app/platform';
import { AuthModule } from '../../apps/api/src/auth';
import { CreditsHttpModule } from '../../apps/api/src/credits/credits-http.module';
import { ProblemFilter, validationPipe } from '../../apps/api/src/http';
import { wireJson } from '../../apps/api/src/http/wire-json';
import { IdentityHttpModule } from '../../apps/api/src/identity/identity-http.module';
import { takeImportBodies } from '../../apps/api/src/registry/import-bodies';
import { ReportsHttpModule } from '../../apps/api/src/reports/reports-http.module';
import { CreditsCounty } from '../invariants/credits-county';
import { appEnvironment } from '../support';

const PASSWORD = 'clear-mountain-water-1';
export const BOOK = 'credits-test';

@Module({
  imports: [AuthModule, IdentityHttpModule, CreditsHttpModule, ReportsHttpModule],
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
})
class EdgeModule {}

export interface Answer {
  readonly status: number;
  // Bodies differ by route; the expectations say what they should be.
  readonly body: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- read by expectations
}

/** The credits routes behind the guard, over a county that has nothing measured yet. */
export class CreditsEdge {
  private constructor(
    readonly county: CreditsCounty,
    /** The code that was sent last. */
    private readonly phone: { code: string },
    private readonly app: NestFastifyApplication,
    readonly url: string,
  ) {}

  static async start(): Promise<CreditsEdge> {
    const county = await CreditsCounty.open();
    const phone = { code: '' };
    const sender: CodeSender = { send: (_to, code) => Promise.resolve(void (phone.code = code)) };
    const environment = readEnvironment({ ...appEnvironment(county.database), LOG_LEVEL: 'fatal' });
    const testing = await Test.createTestingModule({
      imports: [PlatformModule.forProcess('api', environment), EdgeModule],
    })
      .overrideProvider(CodeSender)
      .useValue(sender)
      .compile();
    const adapter = new FastifyAdapter();
    adapter.getInstance().setReplySerializer(wireJson);
    takeImportBodies(adapter.getInstance());
    const app = testing.createNestApplication<NestFastifyApplication>(adapter, { logger: false });
    app.setGlobalPrefix('api/v1');
    app.useGlobalPipes(validationPipe());
    await app.listen(0, '127.0.0.1');
    return new CreditsEdge(county, phone, app, await app.getUrl());
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.county.close();
  }

  get(path: string, token?: string): Promise<Answer> {
    return this.send('GET', path, token);
  }

  /** A file as it is sent, and the fingerprint of what is in it. */
  async file(
    path: string,
    token: string,
  ): Promise<{ status: number; type: string; sha256: string; body: Buffer }> {
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      sha256: response.headers.get('x-content-sha256') ?? '',
      body: Buffer.from(await response.arrayBuffer()),
    };
  }

  post(path: string, body: object, token?: string): Promise<Answer> {
    return this.send('POST', path, token, body);
  }

  async upload(
    path: string,
    token: string,
    content: string | Uint8Array,
    type = 'text/csv',
  ): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body: typeof content === 'string' ? content : new Uint8Array(content),
    });
    return { status: response.status, body: JSON.parse(await response.text()) };
  }

  put(path: string, body: object, token?: string): Promise<Answer> {
    return this.send('PUT', path, token, body);
  }

  async person(phone: string): Promise<string> {
    await this.post('one-time-codes', { phone });
    const { body } = await this.post('sessions/by-code', { phone, code: this.phone.code });
    return String(body.token);
  }

  /** Signs in a new staff member who holds the post in the book over the region. */
  async staff(post: string, region: string): Promise<string> {
    const login = `${BOOK}.${post}.${region}`;
    const demo = new Client({ connectionString: this.county.database.demoUrl });
    await demo.connect();
    try {
      const given = [this.county.book, login, await hashPassword(PASSWORD), post, post, region];
      await demo.query('SELECT identity.demo_staff($1, $2, $3, $4, $5, $6)', given);
    } finally {
      await demo.end();
    }
    const { body } = await this.post('sessions', { user: login, password: PASSWORD });
    return String(body.token);
  }

  private async send(method: string, path: string, token?: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : {} };
  }
}
