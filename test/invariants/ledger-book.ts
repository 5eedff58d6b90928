import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';

import { newId, ok, type Result } from '@app/kernel';
import {
  Ledger,
  LedgerJobsModule,
  LedgerModule,
  OpenAccount,
  PostEntry,
  type DomainLedger,
  type EntryDraft,
  type Leg,
  type PostedEntry,
  type PostingRefusal,
} from '@app/ledger';
import { PlatformModule, readEnvironment, UnitOfWork } from '@app/platform';
import { appEnvironment, createTestDatabase, type TestDatabase } from '../support';

/** Kinds of an owner that exists in tests only: a source without end, purses, and a place nothing returns from. */
const KINDS = `
  INSERT INTO ledger.account_kind (kind, owner, side, floor) VALUES
    ('mine', 'test', 1, 0), ('purse', 'test', -1, 0), ('gone', 'test', -1, 0);
  INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds) VALUES
    ('test.dig', 'test', false, '{mine,purse}'),
    ('test.move', 'test', false, '{purse}'),
    ('test.retire', 'test', false, '{purse,gone}'),
    ('other.move', 'other', false, '{purse}')`;

export type Posted = Result<PostedEntry, PostingRefusal>;

/** A book of its own in a database of its own, seen through the product's own services. */
export class LedgerBook {
  readonly #modules: TestingModule[] = [];

  private constructor(
    readonly database: TestDatabase,
    /** Signed in as the administrator of the server, for what no role of the product may do. */
    readonly admin: Client,
    readonly id: number,
    readonly code: string,
  ) {}

  static async open(mode: 'live' | 'rehearsal' = 'live'): Promise<LedgerBook> {
    const database = await createTestDatabase();
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    await admin.query(KINDS);
    const code = 'county';
    const { rows } = await admin.query<{ id: number }>(
      mode === 'live'
        ? `SELECT platform.open_live_book('${code}', '县', '610924') AS id`
        : `SELECT platform.open_rehearsal_book('${code}', '县', '610924', '2026-03-01T00:00:00Z') AS id`,
    );
    const book = new LedgerBook(database, admin, rows[0]!.id, code);
    await book.startProcess();
    return book;
  }

  /** A book that is there already, in a database that somebody else drops: end it with `release`. */
  static async on(database: TestDatabase, code: string): Promise<LedgerBook> {
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    const { rows } = await admin.query<{ id: number }>('SELECT id FROM platform.book WHERE code = $1', [
      code,
    ]);
    const book = new LedgerBook(database, admin, rows[0]!.id, code);
    await book.startProcess();
    return book;
  }

  /** Another process of the product on the same database: its own pools and its own lane. */
  async startProcess(): Promise<TestingModule> {
    const environment = readEnvironment(appEnvironment(this.database));
    const module = await Test.createTestingModule({
      imports: [PlatformModule.forProcess('test', environment), LedgerModule, LedgerJobsModule],
    }).compile();
    await module.init();
    this.#modules.push(module);
    return module;
  }

  /** Ends a further process in order, as a signal would. */
  async stopProcess(module: TestingModule): Promise<void> {
    this.#modules.splice(this.#modules.indexOf(module), 1);
    await module.close();
  }

  async close(): Promise<void> {
    await this.release();
    await this.database.drop();
  }

  async release(): Promise<void> {
    for (const module of this.#modules) await module.close();
    await this.admin.end();
  }

  get module(): TestingModule {
    return this.#modules[0]!;
  }

  get ledger(): Ledger {
    return this.module.get(Ledger);
  }

  get door(): DomainLedger {
    return this.ledger.domain('test');
  }

  /** One entry of a domain kind in a unit of work of its own. */
  async post(draft: Partial<EntryDraft> & Pick<EntryDraft, 'kind' | 'legs'>): Promise<Posted> {
    const drafts = [{ id: newId(), ...draft }];
    const result = await this.all(drafts);
    return result.ok ? { ok: true, value: result.value[0]! } : result;
  }

  /** All of these in one unit of work, or none. */
  all(drafts: readonly EntryDraft[]): Promise<Result<PostedEntry[], PostingRefusal>> {
    const context = { book: this.id, actor: 'tester', action: 'test.post' };
    return this.module.get(UnitOfWork).run(context, (tx) => this.door.post(tx, drafts));
  }

  /** Each of these by itself, in one call: a refusal is an answer and stays with its id. */
  async each(drafts: readonly EntryDraft[]): Promise<Posted[]> {
    const context = { book: this.id, actor: 'tester', action: 'test.post-each' };
    const orders = drafts.map((draft) => ({ draft, actor: 'tester' }));
    const done = await this.module
      .get(UnitOfWork)
      .run(context, async (tx) => ok(await this.door.postEach(tx, orders)));
    return done.ok ? done.value : [];
  }

  /** A transfer through the lane, as the HTTP door sends it. */
  transfer(
    id: string,
    legs: readonly Leg[],
    rest: Partial<EntryDraft> = {},
    module = this.module,
  ): Promise<Posted> {
    return module.get(PostEntry).execute(this.id, 'tester', { id, kind: 'transfer', legs, ...rest });
  }

  async openAccount(path: string, floor: bigint | null, side: 1 | -1 = -1, asset = 'CNY'): Promise<void> {
    const context = { book: this.id, actor: 'tester', action: 'test.open' };
    const opened = await this.module.get(OpenAccount).execute(context, { path, asset, side, floor });
    if (!opened.ok) throw new Error(opened.reason.code);
  }

  balance(path: string, asset = 'CNY'): Promise<bigint> {
    return this.ledger.balance(this.id, path, asset);
  }
}

/** The entry, or a failing test that says why there is none. */
export function posted(result: Result<PostedEntry>): PostedEntry {
  if (!result.ok) throw new Error(`refused: ${result.reason.code}`);
  return result.value;
}

export const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.reason.code);
