import { CreateFirstAdministrator } from '@app/identity';
import { present } from '@app/kernel';
import { move, PostEntry } from '@app/ledger';
import { createDataSource } from '@app/platform';
import { LedgerBook } from '../invariants/ledger-book';
import { appEnvironment, type AppProcess, freePort, startApp } from '../support';
import { TcpProxy } from '../support/tcp-proxy';
import { HttpFaults, type HttpPoint } from './http-fault';
import { asker } from './processes';
import { acknowledged, Till, type Acknowledged } from './till';
import { WireFaults, type Point } from './wire-fault';

interface Proxies {
  /** Between the api and PostgreSQL, and before the api. */
  readonly database: TcpProxy;
  readonly edge: TcpProxy;
}

/** The api as a process of its own, with a proxy before it and one between it and PostgreSQL. */
export class ApiStage {
  faults = 0;
  #api: AppProcess | undefined;
  #token = '';
  /** What happens to the api when one of its transactions gets to the armed point. */
  #blow: () => Promise<void> = () => Promise.resolve();
  readonly till: Till;
  readonly http = new HttpFaults();
  readonly wire = new WireFaults(() => this.#blow());
  #proxies: Proxies | undefined;

  private constructor(
    readonly home: LedgerBook,
    private readonly port: number,
  ) {
    this.till = new Till(asker(home), home.id, 'box');
  }

  static async open(): Promise<ApiStage> {
    const home = await LedgerBook.open();
    const stage = new ApiStage(home, await freePort());
    await home.openAccount('till', null);
    await home.openAccount('box', 0n);
    const { port } = stage;
    stage.#proxies = {
      database: await TcpProxy.beforeUrl(home.database.appUrl, stage.wire.watch),
      edge: await TcpProxy.before(() => ({ host: '127.0.0.1', port }), stage.http.watch),
    };
    await stage.start();
    await stage.signIn();
    return stage;
  }

  async close(): Promise<void> {
    await this.#api?.end('SIGKILL');
    await this.proxies.edge.close();
    await this.proxies.database.close();
    await this.home.close();
  }

  /** The answer is lost on its way from the api, or the question on its way there. */
  async cutHttp(point: HttpPoint, callers: number): Promise<void> {
    this.http.arm(point);
    await this.moveUnits(callers);
    if (!this.http.disarm()) throw new Error(`${point} found nothing to strike`);
    this.faults += 1;
  }

  /** Kills the api when one of its transactions gets to a point, and starts it again. */
  async killAt(point: Point, callers: number): Promise<void> {
    let dead: () => void = () => undefined;
    const killed = new Promise<void>((resolve) => (dead = resolve));
    this.#blow = async () => {
      await this.api.end('SIGKILL');
      dead();
    };
    this.wire.arm({ point, blow: 'terminate' });
    const units = this.moveUnits(callers);
    await killed;
    await this.start();
    await units;
    this.faults += 1;
  }

  /** Stops the api at a point, perhaps with the fence in its hands; a neighbour posts and has to wait for it. */
  async stopAt(point: Point, milliseconds: number, callers: number): Promise<void> {
    this.#blow = () => {
      const { pid } = this.api;
      process.kill(pid, 'SIGSTOP');
      setTimeout(() => process.kill(pid, 'SIGCONT'), milliseconds);
      return Promise.resolve();
    };
    this.wire.arm({ point, blow: 'terminate' });
    await Promise.all([this.moveUnits(callers), this.till.move((id) => this.transferBeside(id))]);
    if (!this.wire.disarm()) throw new Error(`${point} found nothing to strike`);
    this.faults += 1;
  }

  async expectWhole(): Promise<void> {
    await this.till.expectEachOnce();
    const { ok, findings } = await this.home.ledger.verify(this.home.id);
    expect({ ok, findings }).toEqual({ ok: true, findings: [] });
  }

  private get api(): AppProcess {
    return present(this.#api, 'the api was started');
  }

  private get proxies(): Proxies {
    return present(this.#proxies, 'the proxies were started');
  }

  private async moveUnits(count: number): Promise<void> {
    const one = () => this.till.move((key) => this.transfer(key));
    await Promise.all(Array.from({ length: count }, one));
  }

  /** The same key until there is an answer: 201, or 200 when it had been done and nobody was told. */
  private async transfer(key: string): Promise<Acknowledged> {
    const legs = [
      { account: 'till', asset: 'CNY', debit: '1' },
      { account: 'box', asset: 'CNY', credit: '1' },
    ];
    const body = { kind: 'transfer', postings: legs };
    const headers = { authorization: `Bearer ${this.#token}`, 'idempotency-key': key };
    const answer = await this.post('books/county/entries', body, headers);
    return { id: String(answer.id), seq: String(answer.seq), recordedAt: String(answer.recordedAt) };
  }

  private async transferBeside(id: string): Promise<Acknowledged> {
    const draft = { id, kind: 'transfer', legs: move('till', 'box', 'CNY', 1n) };
    return acknowledged(await this.home.module.get(PostEntry).execute(this.home.id, 'tester', draft));
  }

  private async post(path: string, body: object, headers: object = {}): Promise<Record<string, unknown>> {
    const response = await fetch(`http://127.0.0.1:${this.proxies.edge.port}/api/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${response.status} ${String(answer.code)}`);
    return answer;
  }

  private async start(): Promise<void> {
    const { appUrl } = this.home.database;
    const DATABASE_URL = this.proxies.database.through(appUrl);
    const environment = { ...appEnvironment(this.home.database), DATABASE_URL, PORT: String(this.port) };
    this.#api = startApp('api', environment);
    await this.#api.printed('api ready');
  }

  private async signIn(): Promise<void> {
    const owner = createDataSource({
      url: this.home.database.ownerUrl,
      poolMax: 1,
      applicationName: 'test-owner',
    });
    await owner.initialize();
    const made = present(
      await new CreateFirstAdministrator(owner).execute(),
      'the first administrator is new',
    );
    await owner.destroy();
    const { token } = await this.post('sessions', { user: made.login, password: made.password });
    this.#token = String(token);
  }
}
