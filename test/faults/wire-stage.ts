import type { TestingModule } from '@nestjs/testing';
import fc from 'fast-check';

import { idOf } from '@app/kernel';
import { EndHold, Ledger, move, PlaceHold, PostEntry } from '@app/ledger';
import { UnitOfWork } from '@app/platform';
import { LedgerBook } from '../invariants/ledger-book';
import { appEnvironment } from '../support';
import { TcpProxy } from '../support/tcp-proxy';
import { asker, startLedger } from './processes';
import { acknowledged, Till, type Acknowledged } from './till';
import { POINTS, WireFaults, type WireFault } from './wire-fault';

const FAR = new Date(Date.UTC(2099, 0, 1));

/** What is under way when the blow falls. */
export interface Scene extends WireFault {
  /** How each caller moves its unit. */
  readonly ways: readonly Way[];
}
/** By itself through the lane, as a hold that is committed, in a unit of work of a domain. */
const WAYS = ['lane', 'lane', 'lane', 'hold', 'work'] as const;
type Way = (typeof WAYS)[number];

export const scenes = fc.record({
  point: fc.constantFrom(...POINTS),
  blow: fc.constantFrom('cut', 'cut', 'terminate', 'stall'),
  ways: fc.array(fc.constantFrom(...WAYS), { minLength: 1, maxLength: 12, size: 'max' }),
});

/** A ledger whose way to PostgreSQL leads through a proxy, beside one that goes straight. */
export class WireStage {
  faults = 0;

  private constructor(
    readonly home: LedgerBook,
    readonly wire: WireFaults,
    private readonly proxy: TcpProxy,
    private readonly module: TestingModule,
    readonly till: Till,
    /** For units of a domain, which stay on accounts of their own. */
    readonly purse: Till,
  ) {}

  /** @param terminate ends a backend; as an administrator does, unless said otherwise */
  static async open(terminate?: (pid: number) => Promise<void>): Promise<WireStage> {
    const home = await LedgerBook.open();
    // It may die with the server.
    home.admin.on('error', () => undefined);
    const asAdministrator = async (pid: number): Promise<void> => {
      await home.admin.query('SELECT pg_terminate_backend($1)', [pid]);
    };
    const wire = new WireFaults(terminate ?? asAdministrator);
    const environment = appEnvironment(home.database);
    const proxy = await TcpProxy.beforeUrl(home.database.appUrl, wire.watch);
    const module = await startLedger({ ...environment, DATABASE_URL: proxy.through(home.database.appUrl) });
    await home.openAccount('till', null);
    await home.openAccount('box', 0n);
    const boxes = ['box', 'purse/box'].map((box) => new Till(asker(home), home.id, box)) as [Till, Till];
    return new WireStage(home, wire, proxy, module, ...boxes);
  }

  async close(): Promise<void> {
    this.proxy.cutAll();
    await this.module.close();
    await this.proxy.close();
    await this.home.close();
  }

  /** Lets the blow fall while the callers are at it; each asks until it is told. */
  async play({ ways, ...fault }: Scene): Promise<void> {
    this.wire.arm(fault);
    await Promise.all(ways.map((way) => this.move(way)));
    if (this.wire.disarm()) this.faults += 1;
    else throw new Error(`${fault.blow} at ${fault.point} found nothing to strike`);
  }

  private move(way: Way): Promise<void> {
    if (way === 'work') return this.purse.move((id) => this.work(id));
    return this.till.move((id) => (way === 'lane' ? this.transfer(id) : this.hold(id)));
  }

  private async transfer(id: string): Promise<Acknowledged> {
    const draft = { id, kind: 'transfer', legs: move('till', 'box', 'CNY', 1n) };
    return acknowledged(await this.module.get(PostEntry).execute(this.home.id, 'tester', draft));
  }

  /** Two requests with a key each; whoever asks again asks both again. */
  private async hold(id: string): Promise<Acknowledged> {
    const { module, home } = this;
    const terms = { from: 'till', asset: 'CNY', amount: 1n, expiresAt: FAR };
    const hold = idOf('hold', id);
    acknowledged(await module.get(PlaceHold).execute(home.id, 'tester', { id: hold, ...terms }));
    return acknowledged(
      await module.get(EndHold).commit(home.id, 'tester', { id, hold, to: 'box', amount: 1n }),
    );
  }

  private async work(id: string): Promise<Acknowledged> {
    const { module, home } = this;
    const context = { book: home.id, actor: 'tester', action: 'test.fault' };
    const draft = { id, kind: 'test.dig', legs: move('mine/1', 'purse/box', 'CNY', 1n) };
    const done = await module
      .get(UnitOfWork)
      .run(context, (tx) => module.get(Ledger).domain('test').post(tx, [draft]));
    if (!done.ok) throw new Error(done.reason.code);
    return acknowledged({ ok: true, value: done.value[0]! });
  }

  async expectWhole(): Promise<void> {
    await this.till.expectEachOnce();
    await this.purse.expectEachOnce();
    const { ok, findings } = await this.home.ledger.verify(this.home.id);
    expect({ ok, findings }).toEqual({ ok: true, findings: [] });
  }
}
