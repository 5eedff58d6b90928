import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createTestDatabase, type TestDatabase } from './database';
import { appEnvironment, freePort, startApp, type AppProcess } from './processes';

/** What `npm run demo` prints, as far as the tests read it. Grams and fen are decimal strings. */
export interface DemoReport {
  readonly book: string;
  readonly households: number;
  readonly credits: Readonly<Record<string, string>>;
  readonly fiscal: Readonly<Record<string, string>>;
  readonly market: Readonly<Record<string, string>>;
  readonly rosterLines: number;
  readonly linesPaid: number;
  readonly linesFailedOnce: number;
  readonly linesReissued: number;
  readonly linesUnknown: number;
  readonly objections: number;
  readonly cardsSold: number;
  readonly certificates: readonly string[];
  readonly plotGroups: number;
  readonly project: { readonly state: string; readonly parcels: number };
  readonly externalList: { readonly entries: number; readonly matched: number };
  readonly statement: Readonly<Record<'no' | 'grams' | 'recognised', string>> & { readonly comments: number };
  readonly changes: Readonly<Record<string, number>>;
  readonly custody: {
    readonly movedOutGrams: string;
    readonly returnedGrams: string;
    readonly differences: number;
  };
  readonly reversal: Readonly<Record<string, string | number>>;
  readonly guards: Readonly<Record<string, number>>;
  readonly vouchers: number;
  readonly receipts: number;
  readonly oneBook: readonly Readonly<
    Record<'day' | 'areaMu100' | 'issuedGrams' | 'cancelledGrams', string> & { parcels: number }
  >[];
  readonly exportedBytes: number;
  readonly queueBackend: string;
  readonly verify: { readonly ok: boolean; readonly findings: readonly unknown[] };
}

/** The whole product as processes over one test database: api, worker, bank simulator. */
export class County {
  readonly directory = mkdtempSync(join(tmpdir(), 'tanhui-county-'));
  readonly processes: AppProcess[] = [];
  #output = '';
  #mirror: NodeJS.Timeout | undefined;

  private constructor(
    readonly database: TestDatabase,
    readonly environment: Record<string, string>,
    readonly apiUrl: string,
  ) {}

  static async open(queue: 'postgres' | 'redis'): Promise<County> {
    const database = await createTestDatabase();
    const [api, simulator] = [await freePort(), await freePort()];
    const environment = {
      ...appEnvironment(database, queue),
      PORT: String(api),
      API_URL: `http://127.0.0.1:${api}`,
      SIMULATOR_PORT: String(simulator),
      BANK_SIMULATOR_URL: `http://127.0.0.1:${simulator}`,
    };
    const county = new County(database, environment, `http://127.0.0.1:${api}`);
    Object.assign(environment, {
      SIMULATOR_STORE: join(county.directory, 'bank'),
      DEMO_DIRECTORY: join(county.directory, 'files'),
      DEMO_CODE_LOG: join(county.directory, 'api.log'),
    });
    await county.start();
    return county;
  }

  private async start(): Promise<void> {
    const log = join(this.directory, 'api.log');
    writeFileSync(log, '');
    const [api, worker, bank] = (['api', 'worker', 'bank-simulator'] as const).map((app) =>
      startApp(app, this.environment),
    ) as [AppProcess, AppProcess, AppProcess];
    this.processes.push(api, worker, bank);
    // The demo reads its one-time codes from the api's log, as it does beside the launcher.
    this.#mirror = setInterval(() => writeFileSync(log, api.output()), 50);
    await Promise.all([api.printed('api ready'), worker.printed('worker ready'), bank.printed('ready')]);
  }

  /** Kills the worker as a crash would, at once, and starts another. */
  async killWorker(): Promise<void> {
    const [worker] = this.processes.splice(1, 1);
    await worker!.end('SIGKILL');
    this.#output += worker!.output();
    const next = startApp('worker', this.environment);
    this.processes.splice(1, 0, next);
    await next.printed('worker ready');
  }

  /** Runs the demo to its end; `meanwhile` is called with its progress so far, again and again. */
  async demo(args: readonly string[], meanwhile?: (progress: string) => Promise<void>): Promise<DemoReport> {
    const demo = startApp('cli', this.environment, ['demo', ...args, '--json']);
    this.processes.push(demo);
    const end = Date.now() + 400_000;
    while (!demo.output().includes('"secondsByStep"')) {
      await meanwhile?.(demo.output());
      if (Date.now() > end || demo.hasEnded()) break;
      await sleep(20);
    }
    const line = demo
      .output()
      .split('\n')
      .find((text) => text.startsWith('{"book"'));
    if (!line) throw new Error(`The demo printed no figures:\n${demo.output().slice(-3_000)}`);
    return JSON.parse(line) as DemoReport;
  }

  /** Everything the processes printed. */
  get output(): string {
    return this.#output + this.processes.map((process) => process.output()).join('\n');
  }

  async close(): Promise<void> {
    clearInterval(this.#mirror);
    await Promise.all(this.processes.map((process) => process.end()));
    await this.database.drop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
