import { setTimeout as sleep } from 'node:timers/promises';

import { newId } from '@app/kernel';
import { move, PlaceHold } from '@app/ledger';
import { LedgerBook } from '../invariants/ledger-book';
import { appEnvironment, type AppProcess, startApp } from '../support';
import { TcpProxy } from '../support/tcp-proxy';
import { asker } from './processes';
import { acknowledged, type Ask } from './till';
import { WireFaults, type Point } from './wire-fault';

const FUNDS = 1_000_000n;
const PATIENCE_MS = 90_000;
/** The lease of the job that gives a hold back is half a minute. */
export const LONGER_THAN_A_LEASE_MS = 33_000;

/** Workers as processes, which give holds back when their time has run out. */
export class WorkerStage {
  faults = 0;
  holds = 0;
  readonly #workers: AppProcess[] = [];
  #blow: () => Promise<void> = () => Promise.resolve();
  readonly #ask: Ask;

  private constructor(
    readonly home: LedgerBook,
    private readonly wire: WireFaults,
    private readonly proxy: TcpProxy,
    private readonly redisUrl: string | undefined,
  ) {
    this.#ask = asker(home);
  }

  /** @param redisUrl a Redis of this test's own, for the queue */
  static async open(redisUrl?: string): Promise<WorkerStage> {
    const home = await LedgerBook.open();
    const wire = new WireFaults(() => stage.#blow());
    const proxy = await TcpProxy.beforeUrl(home.database.appUrl, wire.watch);
    const stage: WorkerStage = new WorkerStage(home, wire, proxy, redisUrl);
    await home.openAccount('source', null);
    await home.openAccount('purse-of-holds', 0n);
    const legs = move('source', 'purse-of-holds', 'CNY', FUNDS);
    acknowledged(await home.transfer(newId(), legs));
    return stage;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.end('SIGKILL')));
    await this.proxy.close();
    await this.home.close();
  }

  /** Kills the worker when it gives a hold back and gets to a point; another takes over. */
  async killAt(point: Point, count: number): Promise<void> {
    await this.placeHolds(count);
    const killed = this.strike(point, (worker) => worker.end('SIGKILL'));
    // It may be dead before it can say that it is ready.
    await Promise.all([killed, this.start().catch(() => undefined)]);
    await this.start();
    await this.letLeasesRunOut();
    await this.allGivenBack();
    this.faults += 1;
  }

  /** Stops the worker at a point for longer than its lease, beside another one, and lets it go on. */
  async stopAt(point: Point, milliseconds: number, count: number): Promise<void> {
    await this.placeHolds(count);
    const goneOn: Promise<unknown>[] = [];
    const stopped = this.strike(point, (worker) => {
      process.kill(worker.pid, 'SIGSTOP');
      const goOn = (): boolean => worker.hasEnded() || process.kill(worker.pid, 'SIGCONT');
      goneOn.push(sleep(milliseconds).then(goOn));
      return Promise.resolve();
    });
    // It may sleep before it can say that it is ready.
    const started = this.start().catch(() => undefined);
    await stopped;
    await this.start();
    await this.allGivenBack();
    // What it does now comes too late, and must be seen by whoever looks next.
    await Promise.all([started, ...goneOn]);
    await sleep(1_000);
    this.faults += 1;
  }

  /** Whatever happens to the queue meanwhile, the rows know what is due. */
  async during(count: number, blow: () => Promise<void>): Promise<void> {
    await this.placeHolds(count);
    if (this.#workers.every((worker) => worker.hasEnded())) await this.start();
    await blow();
    await this.allGivenBack();
    this.faults += 1;
  }

  /** Each hold was given back by exactly one entry, and nothing else moved. */
  async expectWhole(): Promise<void> {
    const rows = await this.#ask(
      `SELECT h.state, count(s.seq)::int AS steps, count(*)::int AS holds
         FROM ledger.hold h LEFT JOIN ledger.hold_step s ON s.book = h.book AND s.hold = h.id
        WHERE h.book = $1 GROUP BY h.id, h.state`,
      [this.home.id],
    );
    expect(rows).toEqual(rows.map(() => ({ state: 'expired', steps: 1, holds: 1 })));
    expect(rows).toHaveLength(this.holds);
    expect(await this.home.balance('purse-of-holds')).toBe(FUNDS);
    const { ok, findings } = await this.home.ledger.verify(this.home.id);
    expect({ ok, findings }).toEqual({ ok: true, findings: [] });
  }

  private async placeHolds(count: number): Promise<void> {
    const expiresAt = new Date(Date.now() + 1_500);
    const terms = { from: 'purse-of-holds', asset: 'CNY', amount: 1n, expiresAt };
    const place = () =>
      this.home.module.get(PlaceHold).execute(this.home.id, 'tester', { id: newId(), ...terms });
    for (const placed of await Promise.all(Array.from({ length: count }, place))) acknowledged(placed);
    this.holds += count;
  }

  private strike(point: Point, blow: (worker: AppProcess) => Promise<void>): Promise<void> {
    return new Promise((struck) => {
      this.#blow = async () => {
        const alive = this.#workers.filter((worker) => !worker.hasEnded());
        await Promise.all(alive.map(blow));
        struck();
      };
      this.wire.arm({ point, blow: 'terminate' });
    });
  }

  private async start(): Promise<void> {
    const { database } = this.home;
    const worker = startApp('worker', {
      ...appEnvironment(database),
      DATABASE_URL: this.proxy.through(database.appUrl),
      ...(this.redisUrl && { REDIS_URL: this.redisUrl }),
    });
    this.#workers.push(worker);
    await worker.printed('worker ready');
  }

  /** What half a minute would do: who was killed holds no lease for ever. */
  private async letLeasesRunOut(): Promise<void> {
    await this.#ask(
      `UPDATE platform.job SET lease_until = clock_timestamp() - interval '1 second'
        WHERE book = $1 AND state = 'running'`,
      [this.home.id],
    );
  }

  private async allGivenBack(): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(100)) {
      const [left] = await this.#ask<{ n: number }>(
        `SELECT count(*)::int AS n FROM ledger.hold WHERE book = $1 AND state = 'held'`,
        [this.home.id],
      );
      if (left?.n === 0) return;
    }
    throw new Error('Some holds were never given back');
  }
}
