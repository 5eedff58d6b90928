import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { TestingModule } from '@nestjs/testing';
import { Client } from 'pg';

import { hashPassword } from '@app/identity';
import { JobHandlers, JobRunner, QueueBackend, Sweeper, WorkerPool } from '@app/platform';
import { AuthModule } from '../../apps/api/src/auth';
import { DisbursementHttpModule } from '../../apps/api/src/disbursement/disbursement-http.module';
import { DisclosureHttpModule } from '../../apps/api/src/disclosure/disclosure-http.module';
import { FundsHttpModule } from '../../apps/api/src/funds/funds-http.module';
import { ProblemFilter, validationPipe } from '../../apps/api/src/http';
import { wireJson } from '../../apps/api/src/http/wire-json';
import { IdentityHttpModule } from '../../apps/api/src/identity/identity-http.module';
import { RegistryHttpModule } from '../../apps/api/src/registry/registry-http.module';
import { BatchBook } from '../../apps/bank-simulator/src/batch-book';
import { createServer } from '../../apps/bank-simulator/src/server';
import { County } from '../invariants/disbursement-county';

const PASSWORD = 'clear-mountain-water-1';
const BANK_KEY = 'the key of this test';

/** The payout's routes behind the guard, as the whole edge mounts them. */
@Module({
  imports: [
    ...[AuthModule, IdentityHttpModule, RegistryHttpModule, FundsHttpModule],
    ...[DisbursementHttpModule, DisclosureHttpModule],
  ],
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
})
class EdgeModule {}

export interface Answer {
  readonly status: number;
  // Bodies differ by route; the expectations say what they should be.
  readonly body: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- read by expectations
}

/** API, worker and the bank simulator over HTTP, all on one database of their own. */
export class PayoutEdge {
  private constructor(
    readonly county: County,
    readonly bank: BatchBook,
    private readonly url: string,
    private readonly close: () => Promise<void>,
  ) {}

  static async start(): Promise<PayoutEdge> {
    const store = mkdtempSync(join(tmpdir(), 'tanhui-bank-'));
    const bank = new BatchBook(store, Date.now);
    const server = createServer(bank, BANK_KEY);
    const bankUrl = await server.listen({ port: 0, host: '127.0.0.1' });
    let app: NestFastifyApplication | undefined;
    const county = await County.open({
      imports: [EdgeModule],
      settings: { BANK_SIMULATOR_URL: bankUrl, BANK_KEY },
      start: async (module) => (app = await listen(module)),
    });
    if (!app) throw new Error('the edge was not started');
    const pool = workerOf(app);
    pool.start();
    return new PayoutEdge(county, bank, await app.getUrl(), async () => {
      await pool.stop();
      await county.close();
      await server.close();
      rmSync(store, { recursive: true });
    });
  }

  stop(): Promise<void> {
    return this.close();
  }

  /** Signs in a new staff member who holds the post over the region. Returns the token. */
  async staff(post: string, region = '610924'): Promise<string> {
    const demo = new Client({ connectionString: this.county.database.demoUrl });
    await demo.connect();
    const user = `${post}.${region}`;
    try {
      await demo.query('SELECT identity.demo_staff($1, $2, $3, $4, $5, $6)', [
        this.county.book,
        user,
        await hashPassword(PASSWORD),
        post,
        post,
        region,
      ]);
    } finally {
      await demo.end();
    }
    const { body } = await this.send('POST', '/api/v1/sessions', undefined, { user, password: PASSWORD });
    return String(body.token);
  }

  /** Calls a route of the county's book. */
  call(method: 'GET' | 'POST' | 'PUT', path: string, token?: string, body?: object): Promise<Answer> {
    return this.send(method, `/api/v1/books/ziyang-test/${path}`, token, body);
  }

  /** The events of a batch until the server ends the stream. */
  async events(batch: string, token: string): Promise<Record<string, unknown>[]> {
    const response = await fetch(`${this.url}/api/v1/books/ziyang-test/batches/${batch}/events`, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    });
    const text = await response.text();
    return text
      .split('\n')
      .filter((line) => line.startsWith('data: '))
      .map((line) => JSON.parse(line.slice('data: '.length)) as Record<string, unknown>);
  }

  private async send(method: string, path: string, token?: string, body?: object): Promise<Answer> {
    const response = await fetch(this.url + path, {
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

async function listen(module: TestingModule): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter();
  const app = module.createNestApplication<NestFastifyApplication>(adapter, { logger: false });
  adapter.getInstance().setReplySerializer(wireJson);
  app.setGlobalPrefix('api/v1');
  app.useGlobalPipes(validationPipe());
  await app.listen(0, '127.0.0.1');
  return app;
}

const workerOf = (app: NestFastifyApplication): WorkerPool =>
  new WorkerPool(app.get(QueueBackend), app.get(JobHandlers), app.get(JobRunner), app.get(Sweeper), {
    warn: () => undefined,
  });
