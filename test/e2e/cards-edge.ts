import { createHmac } from 'node:crypto';

import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';

import { CodeSender, CreateFirstAdministrator } from '@app/identity';
import { present } from '@app/kernel';
import { createDataSource, PlatformModule, readEnvironment } from '@app/platform';
import { AuthModule } from '../../apps/api/src/auth';
import { CardsHttpModule } from '../../apps/api/src/cards/cards-http.module';
import { CreditsHttpModule } from '../../apps/api/src/credits/credits-http.module';
import { ProblemFilter, validationPipe } from '../../apps/api/src/http';
import { wireJson } from '../../apps/api/src/http/wire-json';
import { IdentityHttpModule } from '../../apps/api/src/identity/identity-http.module';
import { CardCounty } from '../invariants/cards-county';
import { appEnvironment } from '../support';

const BANK_KEY = 'the-bank-and-we-know-it';
const PASSWORD = 'clear-mountain-water-1';
export const BOOK = 'cards-test';

@Module({
  imports: [AuthModule, IdentityHttpModule, CreditsHttpModule, CardsHttpModule],
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
})
class EdgeModule {}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

interface Call {
  readonly body?: object;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The card routes behind the guard, over a county with grams to sell. */
export class CardsEdge {
  private constructor(
    readonly county: CardCounty,
    /** The code that was sent last. */
    private readonly phone: { code: string },
    private readonly app: NestFastifyApplication,
    private readonly url: string,
  ) {}

  static async start(): Promise<CardsEdge> {
    const county = await CardCounty.open(3);
    const phone = { code: '' };
    const sender: CodeSender = { send: (_to, code) => Promise.resolve(void (phone.code = code)) };
    const environment = readEnvironment({
      ...appEnvironment(county.database),
      BANK_KEY,
      LOG_LEVEL: 'fatal',
    });
    const testing = await Test.createTestingModule({
      imports: [PlatformModule.forProcess('api', environment), EdgeModule],
    })
      .overrideProvider(CodeSender)
      .useValue(sender)
      .compile();
    const adapter = new FastifyAdapter();
    adapter.getInstance().setReplySerializer(wireJson);
    const app = testing.createNestApplication<NestFastifyApplication>(adapter, { logger: false });
    app.setGlobalPrefix('api/v1');
    app.useGlobalPipes(validationPipe());
    await app.listen(0, '127.0.0.1');
    return new CardsEdge(county, phone, app, await app.getUrl());
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.county.close();
  }

  call(method: 'GET' | 'POST', path: string, { body, token, headers }: Call = {}): Promise<Answer> {
    return this.send(method, path, body && JSON.stringify(body), {
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    });
  }

  get(path: string, token?: string): Promise<Answer> {
    return this.call('GET', path, token ? { token } : {});
  }

  post(path: string, body: object, token?: string, headers?: Call['headers']): Promise<Answer> {
    return this.call('POST', path, { body, ...(token && { token }), ...(headers && { headers }) });
  }

  /** A notice as the bank sends it; `signature` replaces the right one. */
  notice(notice: object, signature?: string): Promise<Answer> {
    const body = JSON.stringify(notice);
    const right = createHmac('sha256', BANK_KEY).update(body).digest('hex');
    return this.send('POST', `books/${BOOK}/payment-notices`, body, {
      'x-bank-signature': signature ?? right,
    });
  }

  async person(phone: string): Promise<string> {
    await this.post('one-time-codes', { phone });
    const { body } = await this.post('sessions/by-code', { phone, code: this.phone.code });
    return String(body.token);
  }

  /** Signs in as the first administrator's creation: somebody with this post in the book. */
  async staff(post: string): Promise<string> {
    const owner = createDataSource({
      url: this.county.database.ownerUrl,
      poolMax: 1,
      applicationName: 'test-owner',
    });
    await owner.initialize();
    const first = await new CreateFirstAdministrator(owner).execute().finally(() => owner.destroy());
    const administrator = present(first, 'the first administrator is made once');
    const admin = await this.signIn(administrator.login, administrator.password);
    const assignments = [{ post, region: '610924' }];
    const body = { login: post, password: PASSWORD, displayName: '经办', assignments };
    await this.post(`books/${BOOK}/staff`, body, admin);
    return this.signIn(post, PASSWORD);
  }

  private async signIn(user: string, password: string): Promise<string> {
    return String((await this.post('sessions', { user, password })).body.token);
  }

  private async send(
    method: string,
    path: string,
    body: string | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
      headers: response.headers,
    };
  }
}
