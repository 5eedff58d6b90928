import { createHmac } from 'node:crypto';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';

import { CodeSender, hashPassword } from '@app/identity';
import { addDays, startOf } from '@app/kernel';
import { readEnvironment } from '@app/platform';
import { createApp } from '../../apps/api/src/create-app';
import { consent, COUNTY, csv, household, openBook, parcel, right } from '../invariants/registry-book';
import { appEnvironment, createTestDatabase, type TestDatabase } from '../support';

const PASSWORD = 'clear-mountain-water-1';
const BANK_KEY = 'the key of this test';

/** Three households with a parcel each, all consenting; a fourth parcel is nobody's. */
const FILES = [
  ['parties', csv('parties', [household(1), household(2), household(3)])],
  ['parcels', csv('parcels', [parcel(1), parcel(2), parcel(3), parcel(4)])],
  ['rights', csv('rights', [right(1, 1), right(2, 2), right(3, 3, { share_percent: '60' })])],
  ['consents', csv('consents', [consent(1), consent(2), consent(3)])],
] as const;

export const SECRETS = [1, 2, 3].flatMap((serial) => {
  const { id_number: id, phone, bank_account: account } = household(serial);
  return [id!, phone!, account!];
});

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  // Bodies differ by route; the expectations say what they should be.
  readonly body: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- read by expectations
  readonly headers: Headers;
}

export interface Sending {
  /** A post of the county, a person's phone, a token as it is, or nobody. */
  readonly as?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly raw?: string | Uint8Array;
  readonly type?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The API as it is shipped, over two books; `county` has a little of everything. */
export class HostileEdge {
  readonly #tokens = new Map<string, string>();
  readonly #codes: string[] = [];

  private constructor(
    readonly database: TestDatabase,
    private readonly admin: Client,
    private readonly app: NestFastifyApplication,
    readonly url: string,
    private readonly book: number,
    private readonly passwordHash: string,
  ) {}

  static async start(): Promise<HostileEdge> {
    const database = await createTestDatabase();
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    const book = await openBook(database, 'county');
    await openBook(database, 'other', '610921');
    const environment = { ...appEnvironment(database), LOG_LEVEL: 'fatal', BANK_KEY };
    const app = await createApp(readEnvironment(environment));
    await app.listen(0, '127.0.0.1');
    const edge = new HostileEdge(
      database,
      admin,
      app,
      await app.getUrl(),
      book,
      await hashPassword(PASSWORD),
    );
    jest.spyOn(app.get(CodeSender, { strict: false }), 'send').mockImplementation((_phone, code) => {
      edge.#codes.push(code);
      return Promise.resolve();
    });
    for (const [kind, file] of FILES) await edge.done(await edge.upload(kind, file));
    return edge;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.admin.end();
    await this.database.drop();
  }

  /** An address below /api/v1, or from the root when it begins with a slash. */
  async send(method: string, path: string, sending: Sending = {}): Promise<Answer> {
    const { as, body, raw, type, key, headers } = sending;
    const json = body === undefined ? undefined : JSON.stringify(body);
    const response = await fetch(this.url + (path.startsWith('/') ? path : `/api/v1/${path}`), {
      method,
      headers: {
        ...(as !== undefined && { authorization: `Bearer ${await this.tokenOf(as)}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(type !== undefined && { 'content-type': type }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...headers,
      },
      body: json ?? (typeof raw === 'string' ? Buffer.from(raw) : raw) ?? null,
    });
    const text = await response.text();
    const contentType = response.headers.get('content-type') ?? '';
    return {
      status: response.status,
      type: contentType,
      text,
      body: contentType.includes('json') ? JSON.parse(text) : {},
      headers: response.headers,
    };
  }

  upload(kind: string, raw: string | Uint8Array): Promise<Answer> {
    return this.send('POST', `books/county/imports/${kind}`, {
      as: 'forestry-handler',
      raw,
      type: 'text/csv',
    });
  }

  /** A notice as the bank sends it, unless it has another signature or book. */
  notice(raw: string, { signature, book }: { signature?: string; book?: string } = {}): Promise<Answer> {
    const right = createHmac('sha256', BANK_KEY).update(raw).digest('hex');
    return this.send('POST', `books/${book ?? 'county'}/payment-notices`, {
      raw,
      type: 'application/json',
      headers: { 'x-bank-signature': signature ?? right },
    });
  }

  /** The body of what must succeed. */
  async done(answer: Answer | Promise<Answer>): Promise<Answer['body']> {
    const { status, text, body } = await answer;
    if (status >= 400) throw new Error(`It was refused: ${text}`);
    return body;
  }

  /** Reads past the edge, as nobody of the product may. */
  async query(sql: string): Promise<Record<string, unknown>[]> {
    return (await this.admin.query<Record<string, unknown>>(sql)).rows;
  }

  /** The first moment after a day, by the book's clock. */
  async advancePast(day: string): Promise<void> {
    await this.asDemo('SELECT platform.advance_clock($1, $2)', [this.book, startOf(addDays(day, 1))]);
  }

  /**
   * A digest of every row that is money, credits, land or people: equal before and after means unchanged. What the
   * ledger keeps of refusals, and the seals it makes by itself, are not among them.
   */
  async state(): Promise<string> {
    const { rows: tables } = await this.admin.query<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c
         JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname = ANY ($1)
          AND NOT (n.nspname = 'ledger' AND c.relname IN ('refusal', 'seal', 'checkpoint', 'log'))
        ORDER BY 1`,
      [['ledger', 'registry', 'credits', 'funds', 'disbursement', 'compensation', 'cards']],
    );
    const digests = tables.map(
      ({ name }) =>
        `SELECT '${name} ' || coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') AS d
           FROM (SELECT to_jsonb(x) - '{next_refusal,recorded_at}'::text[] AS t FROM ${name} x) y`,
    );
    const { rows } = await this.admin.query<{ d: string }>(`${digests.join(' UNION ALL ')} ORDER BY 1`);
    return rows.map(({ d }) => d).join('\n');
  }

  private async tokenOf(as: string): Promise<string> {
    const known = this.#tokens.get(as);
    if (known !== undefined) return known;
    const isPost = /^[a-z-]+(@\d+)?$/.test(as);
    const token = isPost ? await this.staff(as) : /^\d{11}$/.test(as) ? await this.person(as) : as;
    this.#tokens.set(as, token);
    return token;
  }

  /** `post`, or `post@region`: the same person each time. */
  private async staff(as: string): Promise<string> {
    const [post, region = COUNTY] = as.split('@');
    const login = as.replace('@', '.');
    const given = [this.book, login, this.passwordHash, login, post, region];
    await this.asDemo('SELECT identity.demo_staff($1, $2, $3, $4, $5, $6)', given);
    const body = { user: login, password: PASSWORD };
    return String((await this.done(this.send('POST', 'sessions', { body }))).token);
  }

  private async person(phone: string): Promise<string> {
    await this.done(this.send('POST', 'one-time-codes', { body: { phone } }));
    const body = { phone, code: this.#codes.at(-1) };
    return String((await this.done(this.send('POST', 'sessions/by-code', { body }))).token);
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
