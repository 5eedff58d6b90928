import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { DataSource } from 'typeorm';

import {
  AddStandard,
  BuildRoster,
  CloseNotice,
  CompensationModule,
  CreateProgramme,
  LockRoster,
  OpenNotice,
  TakeStep,
  USUAL_POSTS,
  USUAL_RIGHT_KINDS,
  type BuiltRoster,
  type ProgrammeDraft,
  type StandardDraft,
} from '@app/compensation';
import { AllotIndicator, FundsModule } from '@app/funds';
import type { Assignment, Principal } from '@app/identity';
import { addDays, invariant, newId, ok, startOf, type Refusal, type Result } from '@app/kernel';
import { Ledger, LedgerModule } from '@app/ledger';
import { Database, Metrics, PlatformModule, readEnvironment, type Tx, UnitOfWork } from '@app/platform';
import { RegistryModule } from '@app/registry';
import { appEnvironment, createTestDatabase, type TestDatabase } from '../support';
import { insertLand, TOWN, type Land, type LandTerms } from './compensation-land';
import { MortalUnitOfWork } from './compensation-mortal';

export const COUNTY = '610924';

/** A county with a rehearsal book of its own and every service of the compensation lib. */
export class CompensationCounty {
  #serial = 0;

  private constructor(
    readonly module: TestingModule,
    readonly database: TestDatabase,
    readonly book: number,
  ) {}

  /** Its clock stands at nine in the morning of the day in China. */
  static async open(day = '2026-05-06'): Promise<CompensationCounty> {
    const database = await createTestDatabase();
    const environment = readEnvironment({ ...appEnvironment(database), LOG_LEVEL: 'fatal' });
    const module = await Test.createTestingModule({
      imports: [
        PlatformModule.forProcess('test', environment),
        CompensationModule,
        FundsModule,
        LedgerModule,
        RegistryModule,
      ],
    })
      .overrideProvider(UnitOfWork)
      .useFactory({
        factory: (source: DataSource, metrics: Metrics) => new MortalUnitOfWork(source, metrics),
        inject: [DataSource, Metrics],
      })
      .compile();
    await module.init();
    const [row] = await asDemo<{ id: number }>(
      database,
      `SELECT platform.open_rehearsal_book('ziyang', '紫阳县', $1, $2) AS id`,
      [COUNTY, new Date(startOf(day).getTime() + 9 * 3_600_000)],
    );
    return new CompensationCounty(module, database, row!.id);
  }

  async close(): Promise<void> {
    await this.module.close();
    await this.database.drop();
  }

  get<Service>(service: abstract new (...args: never[]) => Service): Service {
    return this.module.get<Service>(service as new () => Service);
  }

  query<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return this.get(Database).query<Row>(sql, params);
  }

  /** Moves the book's clock on, as the demo role may. */
  async advanceTo(at: Date): Promise<void> {
    await asDemo(this.database, 'SELECT platform.advance_clock($1, $2)', [this.book, at]);
  }

  run<T, R extends Refusal>(who: Principal, work: (tx: Tx) => Promise<Result<T, R>>): Promise<Result<T, R>> {
    return this.get(UnitOfWork).run({ book: this.book, actor: who.userId, action: 'test' }, work);
  }

  /** Runs what is expected to go through, and gives its value. */
  async done<T, R extends Refusal>(who: Principal, work: (tx: Tx) => Promise<Result<T, R>>): Promise<T> {
    const result = await this.run(who, work);
    invariant(result.ok, `the county was refused: ${result.ok ? '' : JSON.stringify(result.reason, asText)}`);
    return result.value;
  }

  staff(post: string, region = COUNTY, ...more: Partial<Assignment>[]): Principal {
    const assignments = [{ post, region }, ...more].map((one) => ({
      bookId: this.book,
      post,
      region,
      ...one,
    }));
    return { userId: newId(), kind: 'staff', displayName: post, assignments };
  }

  person(phoneIndex = Buffer.from(newId())): Principal {
    return { userId: newId(), kind: 'person', displayName: '138****0000', phoneIndex, assignments: [] };
  }

  async programme(
    over: Partial<ProgrammeDraft> = {},
    standards: readonly Partial<StandardDraft>[] = [{}],
  ): Promise<string> {
    const keeper = this.staff('forestry-handler');
    const { id } = await this.done(keeper, (tx) =>
      this.get(CreateProgramme).execute(tx, keeper, {
        code: `gyl${(this.#serial += 1)}`,
        nameZh: '森林生态效益补偿',
        nameEn: 'Forest ecological benefit compensation',
        rightKinds: USUAL_RIGHT_KINDS,
        noticeDays: 7,
        noticeDayKind: 'working',
        posts: USUAL_POSTS,
        ...over,
      }),
    );
    for (const standard of standards) await this.standard(id, standard);
    return id;
  }

  /** 15.75 + 0.25 yuan a mu for collective and individual national forest, unless said otherwise. */
  async standard(programme: string, over: Partial<StandardDraft> = {}): Promise<string> {
    const keeper = this.staff('forestry-handler');
    const { id } = await this.done(keeper, (tx) =>
      this.get(AddStandard).execute(tx, keeper, {
        programme,
        level: 'national',
        tenure: 'individual',
        payableFenPerMu: 1_575n,
        publicManagementFenPerMu: 25n,
        validFrom: '2021-01-01',
        documentNo: '示例〔2021〕1号',
        ...over,
      }),
    );
    return id;
  }

  async indicator(amountFen = 100_000_000n): Promise<string> {
    const keeper = this.staff('indicator-keeper');
    const { id } = await this.done(keeper, (tx) =>
      this.get(AllotIndicator).execute(tx, {
        docNo: `安财农〔2026〕${(this.#serial += 1)}号`,
        year: 2026,
        sourceKind: 'initial',
        fundSource: 'county',
        projectCode: 'P1',
        functionItem: '2130209',
        economicItem: '30310',
        fundNature: '一般公共预算资金',
        budgetUnit: '县林业局',
        direct: false,
        amountFen,
        arrivedOn: '2026-01-15',
      }),
    );
    return id;
  }

  /** Lets the posts of a roster see it through to the lock. */
  async pay(roster: string): Promise<void> {
    await this.approve(roster);
    await this.lock(roster);
  }

  /** One parcel with one right for each of the terms, in that order. */
  async land(terms: readonly Partial<LandTerms>[]): Promise<Land[]> {
    return this.done(this.staff('importer'), async (tx) => ok(await insertLand(tx, terms)));
  }

  /** A roster of a township, made by a handler of the bureau. */
  async roster(
    programmeId: string,
    indicatorId: string,
    region = TOWN,
    maker = this.staff('forestry-handler'),
  ): Promise<BuiltRoster & { readonly maker: Principal }> {
    const order = { programmeId, indicatorId, region, year: 2026 };
    const built = await this.done(maker, (tx) => this.get(BuildRoster).execute(tx, maker, order));
    return { ...built, maker };
  }

  async publish(roster: string): Promise<{ until: string; hash: string }> {
    const maker = this.staff('forestry-handler');
    return this.done(maker, (tx) => this.get(OpenNotice).execute(tx, maker, roster));
  }

  /** Lets the notice pass and ends it. */
  async passNotice(roster: string, until: string): Promise<void> {
    const over = startOf(addDays(until, 1));
    const [row] = await this.query<{ now: Date }>('SELECT platform.book_now($1) AS now', [this.book]);
    if (row!.now < over) await this.advanceTo(over);
    const keeper = this.staff('town-finance');
    await this.done(keeper, (tx) => this.get(CloseNotice).execute(tx, keeper, roster));
  }

  step(who: Principal, roster: string, post: string) {
    return this.run(who, (tx) => this.get(TakeStep).execute(tx, who, { roster, post }));
  }

  /** Takes the usual posts' steps, each by somebody else, up to and without `before`. */
  async steps(roster: string, before?: string): Promise<void> {
    for (const post of USUAL_POSTS) {
      if (post === before) return;
      const who = this.staff(post);
      await this.done(who, (tx) => this.get(TakeStep).execute(tx, who, { roster, post }));
    }
  }

  /** A roster on its way: published, its notice passed, all steps taken. */
  async approve(roster: string): Promise<void> {
    const { until } = await this.publish(roster);
    await this.passNotice(roster, until);
    await this.steps(roster);
  }

  lock(roster: string): Promise<unknown> {
    return this.get(LockRoster).execute({ book: this.book, payload: { roster } });
  }

  balance(path: string): Promise<bigint> {
    return this.get(Ledger).balance(this.book, path, 'CNY');
  }

  async stateOf(roster: string): Promise<string> {
    const [row] = await this.query<{ state: string }>(
      'SELECT state FROM compensation.roster WHERE book = $1 AND id = $2',
      [this.book, roster],
    );
    return row!.state;
  }

  async lineStates(roster: string): Promise<string[]> {
    const rows = await this.query<{ state: string }>(
      'SELECT state FROM compensation.roster_line WHERE book = $1 AND roster = $2 ORDER BY no',
      [this.book, roster],
    );
    return rows.map(({ state }) => state);
  }
}

const asText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

async function asDemo<Row>(database: TestDatabase, sql: string, params: readonly unknown[]): Promise<Row[]> {
  const demo = new Client({ connectionString: database.demoUrl });
  await demo.connect();
  try {
    return (await demo.query(sql, [...params])).rows as Row[];
  } finally {
    await demo.end();
  }
}
