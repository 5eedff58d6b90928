import type { Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';

import {
  AssignGrams,
  CreditsModule,
  IssueRegion,
  MeasureParcels,
  RecheckMeasurements,
  ReserveGrams,
  SerialAudit,
  type IssuedCredits,
  type ReserveCommand,
} from '@app/credits';
import { invariant, newId, type Refusal, type Result } from '@app/kernel';
import { Ledger, LedgerModule } from '@app/ledger';
import { Database, PlatformModule, readEnvironment, UnitOfWork, type Tx } from '@app/platform';
import { ImportFile, RegistryModule, type ImportKind } from '@app/registry';
import { appEnvironment, createTestDatabase, type TestDatabase } from '../support';
import { consent, csv, household, openBook, parcel, right } from './registry-book';

export const COUNTY = '610924';
export const TOWNSHIP = '610924100';
export const YEAR = { from: '2025-01-01', to: '2025-12-31' };
export const MEASURER = 'measurer';
export const RECHECKER = 'rechecker';
export const ISSUER = 'issuer';

type Cells = Parameters<typeof csv>[1][number];

/** A county on a database of its own, its clock at 2 March 2026, with what credits need around them. */
export class CreditsCounty {
  private constructor(
    readonly module: TestingModule,
    readonly database: TestDatabase,
    readonly book: number,
  ) {}

  /** With what `more` brings besides. */
  static async open(more: readonly Type[] = []): Promise<CreditsCounty> {
    const database = await createTestDatabase();
    const environment = readEnvironment({ ...appEnvironment(database), LOG_LEVEL: 'fatal' });
    const module = await Test.createTestingModule({
      imports: [
        PlatformModule.forProcess('test', environment),
        ...[CreditsModule, LedgerModule, RegistryModule, ...more],
      ],
    }).compile();
    await module.init();
    return new CreditsCounty(module, database, await openBook(database, 'credits-test'));
  }

  /** Households with a parcel each and a consent to sell 60 % until 2028; measured, re-checked and issued. */
  static async issued(households: number): Promise<CreditsCounty> {
    const county = await CreditsCounty.open();
    await county.plant(households);
    await county.import(
      'consents',
      serials(households).map((serial) => consent(serial)),
    );
    await county.issueAll();
    return county;
  }

  /** Another book of the same county on the same database: it closes with this one. */
  async another(code: string): Promise<CreditsCounty> {
    return new CreditsCounty(this.module, this.database, await openBook(this.database, code));
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

  run<T, R extends Refusal>(actor: string, work: (tx: Tx) => Promise<Result<T, R>>): Promise<Result<T, R>> {
    return this.get(UnitOfWork).run({ book: this.book, actor, action: 'test' }, work);
  }

  /** Runs what is expected to go through, and gives its value. */
  async done<T, R extends Refusal>(actor: string, work: (tx: Tx) => Promise<Result<T, R>>): Promise<T> {
    const result = await this.run(actor, work);
    invariant(result.ok, `the county was refused: ${result.ok ? '' : JSON.stringify(result.reason, asText)}`);
    return result.value;
  }

  async import(kind: ImportKind, rows: readonly Cells[]): Promise<void> {
    const result = await this.get(ImportFile).execute(
      { book: this.book, actor: 'importer', action: 'test' },
      { kind, bytes: Buffer.from(csv(kind, rows)), bookRegion: COUNTY, regions: [COUNTY], dryRun: false },
    );
    invariant(
      result.ok,
      `the import of ${kind} was refused: ${JSON.stringify(result, asText).slice(0, 500)}`,
    );
  }

  async plant(households: number, cells: Cells = {}): Promise<void> {
    const all = serials(households);
    await this.import(
      'parties',
      all.map((serial) => household(serial)),
    );
    await this.import(
      'parcels',
      all.map((serial) => parcel(serial, cells)),
    );
    await this.import(
      'rights',
      all.map((serial) => right(serial, serial)),
    );
  }

  measure(actor = MEASURER, region = COUNTY, period = YEAR) {
    return this.run(actor, (tx) => this.get(MeasureParcels).execute(tx, { region, period }));
  }

  recheck(actor = RECHECKER, given: { rejection?: string; parcelCodes?: string[] } = {}) {
    const recheck = { region: COUNTY, period: YEAR, ...given };
    return this.run(actor, (tx) => this.get(RecheckMeasurements).execute(tx, recheck));
  }

  issue(actor = ISSUER, given: { region?: string; actingOrderNo?: string; documentNo?: string } = {}) {
    return this.get(IssueRegion).execute(
      { book: this.book, actor, action: 'test' },
      { region: COUNTY, period: YEAR, documentNo: '碳汇登记〔2026〕1号', ...given },
    );
  }

  async issueAll(): Promise<IssuedCredits[]> {
    for (const step of [await this.measure(), await this.recheck()]) {
      invariant(step.ok, `the county was refused: ${JSON.stringify(step, asText)}`);
    }
    const issued = await this.issue();
    invariant(issued.ok, `the county was refused: ${JSON.stringify(issued, asText)}`);
    return issued.value;
  }

  /** An hour from the book's clock, which stands still. */
  order(grams: bigint, given: Partial<ReserveCommand> = {}): ReserveCommand {
    const expiresAt = new Date('2026-03-02T02:00:00Z');
    return { orderId: newId(), grams, leastGrade: 'G1', expiresAt, maxSuppliers: 20, ...given };
  }

  reserve(command: ReserveCommand) {
    return this.run('seller', (tx) => this.get(ReserveGrams).execute(tx, command));
  }

  /** A card with so many grams on it. */
  async card(grams: bigint): Promise<{ orderId: string; cardId: string }> {
    const command = this.order(grams);
    const ids = { orderId: command.orderId, cardId: newId() };
    await this.done('seller', (tx) => this.get(ReserveGrams).execute(tx, command));
    await this.done('seller', (tx) => this.get(AssignGrams).execute(tx, ids));
    return ids;
  }

  async advanceTo(instant: string): Promise<void> {
    await as(this.database.demoUrl, 'SELECT platform.advance_clock($1, $2)', [this.book, instant]);
  }

  owner(sql: string, params: readonly unknown[] = []): Promise<void> {
    return as(this.database.ownerUrl, sql, params);
  }

  async grams(head: string): Promise<bigint> {
    return (await this.get(Ledger).sums(this.book, [head])).get(head) ?? 0n;
  }

  async partyId(serial: number): Promise<string> {
    const [row] = await this.query<{ id: string }>(
      'SELECT id FROM registry.party WHERE book = $1 AND external_no = $2',
      [this.book, household(serial).external_no],
    );
    return row!.id;
  }
}

export const serials = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Serials, ledger, issuances and land agree, and no gram is missing. */
export async function expectBookInOrder(county: CreditsCounty): Promise<void> {
  expect(await county.get(SerialAudit).execute(county.book)).toMatchObject({ ok: true, findings: [] });
  expect(await county.get(Ledger).verify(county.book)).toMatchObject({ ok: true, findings: [] });
  const places = ['holding', 'reserved-grams', 'card', 'retired', 'buffer', 'cancelled', 'external'];
  const sums = await county.get(Ledger).sums(county.book, ['issued', ...places]);
  expect(sums.get('issued')).toBe(places.reduce((sum, head) => sum + (sums.get(head) ?? 0n), 0n));
}

const asText = (_key: string, value: unknown): unknown =>
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
