import type { Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';

import {
  DisbursementJobsModule,
  DisbursementModule,
  OpenBasis,
  PaymentChannel,
  PayoutSteps,
} from '@app/disbursement';
import { AllotIndicator, FundsModule, ReserveFunds } from '@app/funds';
import { canonicalHash, invariant, newId, ok, type Refusal, type Result } from '@app/kernel';
import { Ledger, LedgerModule, type EntryDraft } from '@app/ledger';
import {
  Crypto,
  Database,
  PlatformModule,
  readEnvironment,
  Statistics,
  UnitOfWork,
  type Tx,
} from '@app/platform';
import { RegistryModule } from '@app/registry';
import { appEnvironment, createTestDatabase, type TestDatabase } from '../support';
import { ScriptedBank, ScriptedSteps } from './disbursement-bank';

const HASH = canonicalHash('test');

export interface Payee {
  readonly party: string;
  readonly account: string;
}

export interface PaymentSource {
  /** Roster or settlement id. */
  readonly id: string;
  /** Indicator id or channel. */
  readonly fund: string;
  readonly payees: readonly Payee[];
  readonly totalFen: bigint;
}

export interface Stage {
  readonly imports?: readonly Type[];
  /** Settings of a real bank link, in place of the scripted bank. */
  readonly settings?: NodeJS.ProcessEnv;
  /** Starts the module and says what to close in the end. */
  readonly start?: (module: TestingModule) => Promise<Closable>;
}

interface Closable {
  close(): Promise<void>;
}

const startAlone = (module: TestingModule): Promise<Closable> => module.init();

/** A county with a book of its own, a bank that follows a script, and every service as the worker has it. */
export class County {
  #serial = 0;

  private constructor(
    private readonly module: TestingModule,
    private readonly running: Closable,
    readonly database: TestDatabase,
    readonly bank: ScriptedBank,
    readonly steps: ScriptedSteps,
    readonly book: number,
  ) {}

  /** With a scripted bank, or with what `stage` brings: more modules, settings of a real bank link. */
  static async open(stage: Stage = {}): Promise<County> {
    const database = await createTestDatabase();
    const [bank, steps] = [new ScriptedBank(), new ScriptedSteps()];
    const environment = readEnvironment({
      ...appEnvironment(database),
      LOG_LEVEL: 'fatal',
      ...stage.settings,
    });
    const builder = Test.createTestingModule({
      imports: [
        PlatformModule.forProcess('test', environment),
        DisbursementModule,
        DisbursementJobsModule,
        FundsModule,
        LedgerModule,
        RegistryModule,
        ...(stage.imports ?? []),
      ],
    });
    if (!stage.settings) builder.overrideProvider(PaymentChannel).useValue(bank);
    const module = await builder.overrideProvider(PayoutSteps).useValue(steps).compile();
    const running = await (stage.start ?? startAlone)(module);
    return new County(module, running, database, bank, steps, await openBook(database));
  }

  async close(): Promise<void> {
    await this.running.close();
    await this.database.drop();
  }

  get<Service>(service: abstract new (...args: never[]) => Service): Service {
    return this.module.get<Service>(service as new () => Service);
  }

  query<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return this.get(Database).query<Row>(sql, params);
  }

  run<T, R extends Refusal>(
    work: (tx: Tx) => Promise<Result<T, R>>,
    actor: string = 'payer',
  ): Promise<Result<T, R>> {
    return this.get(UnitOfWork).run({ book: this.book, actor, action: 'test' }, work);
  }

  /** Runs what is expected to go through, and gives its value. */
  async done<T, R extends Refusal>(work: (tx: Tx) => Promise<Result<T, R>>, actor?: string): Promise<T> {
    const result = await this.run(work, actor);
    invariant(result.ok, `the county was refused: ${result.ok ? '' : result.reason.code}`);
    return result.value;
  }

  balance(path: string): Promise<bigint> {
    return this.get(Ledger).balance(this.book, path, 'CNY');
  }

  /** What no role of the product may do: for putting the stage in order. */
  async owner(sql: string): Promise<void> {
    const owner = new Client({ connectionString: this.database.ownerUrl });
    await owner.connect();
    try {
      await owner.query(sql);
    } finally {
      await owner.end();
    }
  }

  async payees(count: number, bank = 'PSBC'): Promise<Payee[]> {
    const crypto = this.get(Crypto);
    const payees = Array.from({ length: count }, () => ({ party: newId(), account: newId() }));
    const numbers = payees.map(() => `6217990${String((this.#serial += 1)).padStart(12, '0')}`);
    await this.done(async (tx) => {
      await tx.query(
        `INSERT INTO registry.party (book, id, external_no, kind, name, region, recorded_at)
         SELECT $1, p, p::text, 'household', '户' || left(p::text, 4), '610924100001', $2 FROM unnest($3::uuid[]) AS p`,
        [tx.book, tx.now, payees.map(({ party }) => party)],
      );
      await tx.query(
        `INSERT INTO registry.bank_account (book, id, party, bank, number_sealed, number_index, last4, holder_name,
                valid, evidence, recorded_by, recorded_at)
         SELECT $1, a.id, a.party, $2, a.sealed, a.index, a.last4, '户主', '[2020-01-01,)', 'test', 'importer', $3
           FROM unnest($4::uuid[], $5::uuid[], $6::bytea[], $7::bytea[], $8::text[])
                AS a (id, party, sealed, index, last4)`,
        [
          tx.book,
          bank,
          tx.now,
          payees.map(({ account }) => account),
          payees.map(({ party }) => party),
          numbers.map((number) => crypto.seal('bank-account.number', number)),
          numbers.map((number) => crypto.blindIndex('bank-account.number', number)),
          numbers.map((number) => number.slice(-4)),
        ],
      );
      return ok(undefined);
    });
    return payees;
  }

  async indicator(amountFen: bigint): Promise<string> {
    const { id } = await this.done((tx) =>
      this.get(AllotIndicator).execute(tx, {
        docNo: `安财农〔2026〕${(this.#serial += 1)}号`,
        year: 2026,
        sourceKind: 'initial',
        fundSource: 'county',
        projectCode: 'P1',
        functionItem: '2110602',
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

  /** A roster locked against the indicator, with its basis: what compensation does, in short. */
  async roster(fund: string, payees: readonly Payee[], eachFen = 19_373n): Promise<PaymentSource> {
    const id = newId();
    const totalFen = eachFen * BigInt(payees.length);
    await this.done((tx) =>
      this.get(ReserveFunds).execute(tx, { indicator: fund, roster: id, amountFen: totalFen }),
    );
    const payable = ({ party }: Payee) => `payable/${fund}/${id}/${party}`;
    for (let from = 0; from < payees.length; from += 1_500) {
      const slice = payees.slice(from, from + 1_500);
      await this.post('compensation', 'compensation.lock', [
        [`reserved/${fund}/${id}`, eachFen * BigInt(slice.length)],
        ...slice.map((payee) => [payable(payee), -eachFen] as const),
      ]);
    }
    await this.done((tx) =>
      this.get(OpenBasis).execute(tx, {
        kind: 'roster',
        sourceId: id,
        rail: 'fiscal',
        indicator: fund,
        totalFen,
        hash: HASH,
        lines: payees.map((payee) => ({
          party: payee.party,
          amountFen: eachFen,
          payablePath: payable(payee),
        })),
      }),
    );
    // As the import of a registry and the lock of a roster do.
    for (const schema of ['registry', 'disbursement']) await this.get(Statistics).refresh(schema);
    return { id, fund, payees, totalFen };
  }

  /** A closed settlement of card money with its basis: what cards does, in short. */
  async settlement(channel: string, payees: readonly Payee[], eachFen = 4_500n): Promise<PaymentSource> {
    const [id, order] = [newId(), newId()];
    const totalFen = eachFen * BigInt(payees.length);
    const payable = ({ party }: Payee) => `payable-market/${party}/${id}`;
    await this.post('cards', 'cards.pay', [
      [`custody/${channel}`, totalFen],
      [`unsplit/${order}`, -totalFen],
    ]);
    await this.post('cards', 'cards.split', [
      [`unsplit/${order}`, totalFen],
      ...payees.map((payee) => [payable(payee), -eachFen] as const),
    ]);
    await this.done((tx) =>
      this.get(OpenBasis).execute(tx, {
        kind: 'settlement',
        sourceId: id,
        rail: 'market',
        channel,
        totalFen,
        hash: HASH,
        lines: payees.map((payee) => ({
          party: payee.party,
          amountFen: eachFen,
          payablePath: payable(payee),
        })),
      }),
    );
    return { id, fund: channel, payees, totalFen };
  }

  private async post(
    owner: string,
    kind: string,
    legs: readonly (readonly [string, bigint])[],
  ): Promise<void> {
    const draft: EntryDraft = {
      id: newId(),
      kind,
      legs: legs.map(([path, amount]) => ({ path, asset: 'CNY', amount })),
    };
    await this.done((tx) => this.get(Ledger).domain(owner).post(tx, [draft]));
  }
}

async function openBook(database: TestDatabase): Promise<number> {
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    await owner.query(
      `INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds)
       VALUES ('compensation.lock', 'compensation', false, '{reserved,payable}') ON CONFLICT DO NOTHING`,
    );
    const { rows } = await owner.query<{ id: number }>(
      `SELECT platform.open_rehearsal_book('ziyang-test', '紫阳县', '610924', '2026-06-01 09:00+08') AS id`,
    );
    return rows[0]!.id;
  } finally {
    await owner.end();
  }
}
