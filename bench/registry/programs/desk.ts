import 'reflect-metadata';

import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { CreditsModule, IssueRegion, MeasureParcels, RecheckMeasurements } from '@app/credits';
import { ok, type Refusal, type Result } from '@app/kernel';
import {
  Books,
  Database,
  Logger,
  PlatformModule,
  readEnvironment,
  UnitOfWork,
  writeWorkbook,
  type Tx,
} from '@app/platform';
import { ImportFile, RegistryModule } from '@app/registry';
import { COUNTY_KINDS, csvOf, headingsOf, rowsOf, type CountyKind } from './county';

const REGION = '610924';
const FILE_ROWS = 100_000;

interface Question {
  readonly command: string;
  readonly parameters: object;
}

interface FileWish {
  readonly book: number;
  readonly kind: CountyKind;
  readonly from: number;
  readonly count: number;
  readonly format?: 'csv' | 'xlsx';
  readonly dryRun?: boolean;
}

/** The registry and its credits without HTTP: does what the bench asks, and tells the seconds of the work alone. */
class RegistryDesk {
  #villages: string[] = [];

  constructor(private readonly app: INestApplicationContext) {}

  answer(command: string, parameters: object): Promise<unknown> {
    const commands: Readonly<Record<string, (given: never) => Promise<unknown>>> = {
      open: (given: { code: string }) => this.open(given),
      import: (given: FileWish) => this.import(given),
      county: (given: { book: number; count: number }) => this.county(given),
      issue: (given: { book: number; year: number }) => this.issue(given),
    };
    const work = commands[command];
    if (!work) throw new Error(`the desk knows no ${command}`);
    return work(parameters as never);
  }

  private async open({ code }: { code: string }): Promise<number> {
    const books = this.app.get(Books, { strict: false });
    return this.work(0, 'bench', async (tx) =>
      ok(await books.openLive(tx, { code, name: code, region: REGION })),
    );
  }

  /** All files of a county, part by part; the seconds of their imports. */
  private async county({ book, count }: { book: number; count: number }): Promise<number> {
    let seconds = 0;
    for (let from = 0; from < count; from += FILE_ROWS) {
      const part = { from, count: Math.min(FILE_ROWS, count - from) };
      for (const kind of COUNTY_KINDS) seconds += await this.import({ book, kind, ...part });
    }
    return seconds;
  }

  private async import({
    book,
    kind,
    from,
    count,
    format = 'csv',
    dryRun = false,
  }: FileWish): Promise<number> {
    const part = { from, count, villages: await this.villages() };
    const bytes = format === 'csv' ? csvOf(kind, part) : await workbookOf(kind, part);
    const context = { book, actor: 'bench', action: 'bench.import' };
    const given = { kind, bytes, dryRun, bookRegion: REGION, regions: [REGION] };
    return timed(async () => {
      const result = await this.app.get(ImportFile, { strict: false }).execute(context, given);
      if (!result.ok) throw new Error(JSON.stringify(result.reason).slice(0, 1_000));
    });
  }

  /** Measuring, the re-check of another and the issuance of a third. */
  private async issue({ book, year }: { book: number; year: number }): Promise<number> {
    const scope = { region: REGION, period: { from: `${year}-01-01`, to: `${year}-12-31` } };
    const get = <T>(service: abstract new (...given: never[]) => T): T =>
      this.app.get<T>(service as new () => T, { strict: false });
    return timed(async () => {
      await this.work(book, 'measurer', (tx) => get(MeasureParcels).execute(tx, scope));
      await this.work(book, 'rechecker', (tx) => get(RecheckMeasurements).execute(tx, scope));
      const context = { book, actor: 'issuer', action: 'bench.issue' };
      const issued = await get(IssueRegion).execute(context, { ...scope, documentNo: '登记〔2026〕1号' });
      if (!issued.ok) throw new Error(JSON.stringify(issued.reason).slice(0, 1_000));
    });
  }

  private async villages(): Promise<string[]> {
    if (this.#villages.length === 0) {
      const rows = await this.app.get(Database, { strict: false }).query<{ code: string }>(
        `SELECT code FROM regions.region WHERE starts_with(code, $1) AND level = 'village' AND valid_to IS NULL
            ORDER BY code`,
        [REGION],
      );
      this.#villages = rows.map(({ code }) => code);
    }
    return this.#villages;
  }

  private async work<T>(
    book: number,
    actor: string,
    work: (tx: Tx) => Promise<Result<T, Refusal>>,
  ): Promise<T> {
    const context = { book, actor, action: 'bench' };
    const result = await this.app.get(UnitOfWork, { strict: false }).run(context, work);
    if (!result.ok) throw new Error(JSON.stringify(result.reason).slice(0, 1_000));
    return result.value;
  }
}

async function workbookOf(kind: CountyKind, part: Parameters<typeof rowsOf>[1]): Promise<Buffer> {
  const columns = headingsOf(kind).map((heading) => ({ heading, width: 16 }));
  const pieces: Buffer[] = [];
  for await (const piece of writeWorkbook([{ name: kind, columns, rows: [[...rowsOf(kind, part)]] }])) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1e9;
}

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  @Module({ imports: [PlatformModule.forProcess('desk', environment), RegistryModule, CreditsModule] })
  class DeskModule {}
  const app = await NestFactory.createApplicationContext(DeskModule, {
    logger: new Logger('desk', environment.LOG_LEVEL),
    abortOnError: false,
  });
  app.enableShutdownHooks();
  const desk = new RegistryDesk(app);
  process.on('message', ({ command, parameters }: Question) => {
    void desk
      .answer(command, parameters)
      .then((value) => ({ ok: true, value }))
      .catch((error: unknown) => ({ ok: false, error: error instanceof Error ? error.stack : String(error) }))
      .then((answer) => process.send?.(answer));
  });
  console.log('ready');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
