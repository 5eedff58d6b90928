import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';

import {
  CARDS_JOBS,
  CardsJobsModule,
  CardsModule,
  MarketFigures,
  PlaceOrder,
  ReceivePayment,
  type MarketFiguresView,
  type Order,
  type OrderDraft,
} from '@app/cards';
import { CreditsModule, IssueCredits, MeasureParcels, RecheckMeasurements } from '@app/credits';
import {
  DisbursementJobsModule,
  DisbursementModule,
  PaymentChannel,
  PlanBatches,
  PollBatch,
  SubmitBatch,
} from '@app/disbursement';
import { invariant, newId, type Refusal, type Result } from '@app/kernel';
import { Ledger, LedgerModule } from '@app/ledger';
import { Database, JobRunner, PlatformModule, readEnvironment, UnitOfWork, type Tx } from '@app/platform';
import { ImportFile, RegistryModule, type ImportKind } from '@app/registry';
import { appEnvironment, createTestDatabase, type TestDatabase } from '../support';
import { openMarket, PRODUCT } from './cards-market';
import { ScriptedBank } from './disbursement-bank';
import { consent, csv, household, openBook, parcel, right } from './registry-book';

const COUNTY = '610924';
const TOWNSHIP = '610924100';
const YEAR = { from: '2025-01-01', to: '2025-12-31' };
const SECONDS = 1_000;
export const DAY_MS = 86_400 * SECONDS;

export const CHANNEL = 'agent-bank';
/** 12.30 mu of middle-aged broadleaf forest: 3,075,000 g, less a tenth for the buffer, 60 % of it consented. */
export const SELLABLE_GRAMS_EACH = 1_660_500n;

/** A county whose households let part of their grams be sold, with a card product on sale. */
export class CardCounty {
  #people = 0;

  private constructor(
    readonly module: TestingModule,
    readonly database: TestDatabase,
    readonly bank: ScriptedBank,
    readonly book: number,
  ) {}

  /** `households` own a parcel each and have consented. */
  static async open(households: number): Promise<CardCounty> {
    const database = await createTestDatabase();
    const bank = new ScriptedBank();
    const environment = readEnvironment({ ...appEnvironment(database), LOG_LEVEL: 'fatal' });
    const module = await Test.createTestingModule({
      imports: [
        PlatformModule.forProcess('test', environment),
        CardsModule,
        CardsJobsModule,
        CreditsModule,
        DisbursementModule,
        DisbursementJobsModule,
        LedgerModule,
        RegistryModule,
      ],
    })
      .overrideProvider(PaymentChannel)
      .useValue(bank)
      .compile();
    await module.init();
    const county = new CardCounty(module, database, bank, await openBook(database, 'cards-test'));
    await county.plant(households);
    await openMarket(county);
    return county;
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

  run<T, R extends Refusal>(work: (tx: Tx) => Promise<Result<T, R>>, actor = 'test'): Promise<Result<T, R>> {
    return this.get(UnitOfWork).run({ book: this.book, actor, action: 'test' }, work);
  }

  /** Runs what is expected to go through, and gives its value. */
  async done<T, R extends Refusal>(work: (tx: Tx) => Promise<Result<T, R>>, actor?: string): Promise<T> {
    const result = await this.run(work, actor);
    invariant(result.ok, `the county was refused: ${result.ok ? '' : JSON.stringify(result.reason, text)}`);
    return result.value;
  }

  async owner(sql: string, params: readonly unknown[] = []): Promise<void> {
    await as(this.database.ownerUrl, sql, params);
  }

  async now(): Promise<Date> {
    const [row] = await this.query<{ now: Date }>('SELECT platform.book_now($1) AS now', [this.book]);
    return row!.now;
  }

  /** Lets the rehearsal's clock go on. */
  async pass(milliseconds: number): Promise<void> {
    const to = new Date((await this.now()).getTime() + milliseconds);
    await as(this.database.demoUrl, 'SELECT platform.advance_clock($1, $2)', [this.book, to]);
  }

  /** Runs this lib's jobs that are due, as a worker would, until none is left. Returns how many ran. */
  async work(): Promise<number> {
    for (let ran = 0; ; ran += 1) {
      const [job] = await this.query<{ id: string }>(
        `SELECT id FROM platform.job WHERE book = $1 AND state = 'due' AND name = ANY ($2)
            AND due_at <= platform.book_now($1) ORDER BY due_at, name LIMIT 1`,
        [this.book, CARDS_JOBS.map(({ name }) => name)],
      );
      if (!job) return ran;
      await this.get(JobRunner).run({ book: this.book, id: job.id });
    }
  }

  balance(path: string, asset = 'CNY'): Promise<bigint> {
    return this.get(Ledger).balance(this.book, path, asset);
  }

  async grams(head: string): Promise<bigint> {
    return (await this.get(Ledger).sums(this.book, [head])).get(head) ?? 0n;
  }

  figures(): Promise<MarketFiguresView> {
    return this.get(MarketFigures).of(this.book);
  }

  newBuyer(): string {
    return newId();
  }

  draft(grams: bigint, given: Partial<OrderDraft> = {}): OrderDraft {
    this.#people += 1;
    return {
      product: PRODUCT,
      grams,
      cardNumber: `7256${String(this.#people).padStart(12, '0')}`,
      buyerName: '王小雨',
      buyerUser: newId(),
      ...given,
    };
  }

  place(draft: OrderDraft) {
    return this.run((tx) => this.get(PlaceOrder).execute(tx, draft));
  }

  async order(grams: bigint, given: Partial<OrderDraft> = {}): Promise<Order> {
    return (await this.done((tx) => this.get(PlaceOrder).execute(tx, this.draft(grams, given)))).order;
  }

  pay(
    order: Pick<Order, 'no' | 'amountFen'>,
    given: { noticeNo?: string; channel?: string; amountFen?: bigint } = {},
  ) {
    return this.run((tx) =>
      this.get(ReceivePayment).execute(tx, {
        noticeNo: `n-${order.no}`,
        channel: CHANNEL,
        orderNo: order.no,
        amountFen: order.amountFen,
        paidAt: tx.now,
        ...given,
      }),
    );
  }

  /** A paid order and its card. */
  async card(
    grams: bigint,
    given: Partial<OrderDraft> = {},
  ): Promise<{ order: Order; draft: OrderDraft; cardId: string }> {
    const draft = this.draft(grams, given);
    const { order } = await this.done((tx) => this.get(PlaceOrder).execute(tx, draft));
    invariant((await this.pay(order)).ok, 'an order is paid');
    const [card] = await this.query<{ id: string }>(
      'SELECT id FROM cards.card WHERE book = $1 AND order_id = $2',
      [this.book, order.id],
    );
    return { order, draft, cardId: card!.id };
  }

  /** Pays out every closed settlement through the scripted bank. */
  async payOut(settlement: string): Promise<void> {
    const { batches } = await this.done(
      (tx) => this.get(PlanBatches).execute(tx, { settlementId: settlement }),
      'payer',
    );
    for (const { id } of batches) {
      const job = { book: this.book, payload: { batch: id } };
      await this.get(SubmitBatch).execute(job);
      await this.get(PollBatch).execute(job);
    }
  }

  private async import(kind: ImportKind, rows: Parameters<typeof csv>[1]): Promise<void> {
    const context = { book: this.book, actor: 'importer', action: 'test' };
    const result = await this.get(ImportFile).execute(context, {
      kind,
      bytes: Buffer.from(csv(kind, rows)),
      bookRegion: COUNTY,
      regions: [COUNTY],
      dryRun: false,
    });
    invariant(result.ok, `the import of ${kind} was refused`);
  }

  private async plant(households: number): Promise<void> {
    const serials = Array.from({ length: households }, (_, index) => index + 1);
    await this.import(
      'parties',
      serials.map((serial) => household(serial)),
    );
    await this.import(
      'parcels',
      serials.map((serial) => parcel(serial, { public_welfare_level: serial % 2 ? 'none' : 'national' })),
    );
    await this.import(
      'rights',
      serials.map((serial) => right(serial, serial)),
    );
    await this.import(
      'consents',
      serials.map((serial) => consent(serial)),
    );
    const scope = { region: TOWNSHIP, period: YEAR };
    await this.done((tx) => this.get(MeasureParcels).execute(tx, scope), 'measurer');
    await this.done((tx) => this.get(RecheckMeasurements).execute(tx, scope), 'rechecker');
    await this.done(
      (tx) => this.get(IssueCredits).execute(tx, { ...scope, documentNo: '登记〔2026〕1号' }),
      'issuer',
    );
  }
}

const text = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

async function as(url: string, sql: string, params: readonly unknown[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql, [...params]);
  } finally {
    await client.end();
  }
}
