import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import Redis from 'ioredis';

import { PlanBatches } from '@app/disbursement';
import { County, type PaymentSource } from '../invariants/disbursement-county';
import { expectBookVerifies, expectIdentities } from '../invariants/disbursement-identities';
import {
  appEnvironment,
  type AppProcess,
  describeWithRedis,
  freePort,
  queuePrefix,
  redisUrl,
  startApp,
} from '../support';

const LINES = 8_000;
const EACH_FEN = 19_373n;

/** Real processes on a real queue: the county plans, a worker and the bank do the rest. */
class Stage {
  #processes: AppProcess[] = [];
  readonly store = mkdtempSync(join(tmpdir(), 'tanhui-bank-'));

  private constructor(
    readonly county: County,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  static async open(queue: 'postgres' | 'redis'): Promise<Stage> {
    const port = await freePort();
    const link = { BANK_SIMULATOR_URL: `http://127.0.0.1:${port}`, SIMULATOR_PORT: String(port) };
    const settings = { ...link, ...(queue === 'redis' && { REDIS_URL: redisUrl() }) };
    const county = await County.open({ settings });
    const stage = new Stage(county, { ...appEnvironment(county.database, queue), ...link });
    await stage.start('bank-simulator', 'ready');
    return stage;
  }

  async close(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.end()));
    await this.county.close();
    rmSync(this.store, { recursive: true });
  }

  worker(): Promise<AppProcess> {
    return this.start('worker', 'worker ready');
  }

  /** Kills without a word, and waits until the server too knows that the client is gone. */
  async kill(worker: AppProcess): Promise<void> {
    await worker.end('SIGKILL');
    await sleep(500);
  }

  /** A roster with a planned batch, whose submission waits in the queue. */
  async planned(): Promise<PaymentSource> {
    const { county } = this;
    const fund = await county.indicator(EACH_FEN * BigInt(LINES));
    const roster = await county.roster(fund, await county.payees(LINES), EACH_FEN);
    await county.done((tx) => county.get(PlanBatches).execute(tx, { indicatorId: fund }));
    return roster;
  }

  async count(roster: PaymentSource, state: string): Promise<number> {
    const [row] = await this.county.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM disbursement.payment_line WHERE book = $1 AND source_id = $2 AND state = $3`,
      [this.county.book, roster.id, state],
    );
    return row?.n ?? 0;
  }

  /** Waits until so many lines are in a state. */
  async until(roster: PaymentSource, state: string, enough: number): Promise<void> {
    for (const end = Date.now() + 100_000; Date.now() < end; await sleep(10)) {
      if ((await this.count(roster, state)) >= enough) return;
    }
    throw new Error(`lines never became ${state}`);
  }

  /** How often the bank took each line into its books, over all that it ever took. */
  timesTaken(): number[] {
    const times = new Map<string, number>();
    for (const line of readFileSync(join(this.store, 'batches.jsonl'), 'utf8').trim().split('\n')) {
      const event = JSON.parse(line) as { type: string; batch?: { lines: { key: string }[] } };
      for (const { key } of event.batch?.lines ?? []) times.set(key, (times.get(key) ?? 0) + 1);
    }
    return [...times.values()];
  }

  async expectPaidOnce(roster: PaymentSource): Promise<void> {
    expect(await this.count(roster, 'paid')).toBe(LINES);
    expect(await this.county.balance(`paid/${roster.fund}/${roster.id}`)).toBe(roster.totalFen);
    expect(this.timesTaken()).toHaveLength(LINES);
    expect(new Set(this.timesTaken())).toEqual(new Set([1]));
    await expectIdentities(this.county);
    await expectBookVerifies(this.county);
  }

  private async start(app: 'worker' | 'bank-simulator', ready: string): Promise<AppProcess> {
    const process = startApp(app, { ...this.environment, SIMULATOR_STORE: this.store });
    this.#processes.push(process);
    await process.printed(ready);
    return process;
  }
}

const facts = (queue: 'postgres' | 'redis') => () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open(queue);
  });
  afterAll(() => stage.close());

  it('pays every line exactly once when workers are killed while submitting and while results come', async () => {
    const roster = await stage.planned();
    const first = await stage.worker();
    await stage.until(roster, 'in-transit', 1);
    await stage.kill(first);
    expect(await stage.count(roster, 'pending')).toBeGreaterThan(0);
    await expectIdentities(stage.county);

    const second = await stage.worker();
    await stage.until(roster, 'paid', 1);
    await stage.kill(second);
    expect(await stage.count(roster, 'in-transit')).toBeGreaterThan(0);
    await expectIdentities(stage.county);

    if (queue === 'redis') await forgetQueue();
    await stage.worker();
    await stage.until(roster, 'paid', LINES);
    await stage.expectPaidOnce(roster);
  }, 180_000);
};

/** What a flush takes from us: every key of this test's queues. */
async function forgetQueue(): Promise<void> {
  const redis = new Redis(redisUrl());
  const keys = await redis.keys(`${queuePrefix}:*`);
  if (keys.length > 0) await redis.del(...keys);
  await redis.quit();
}

describe('a payout over the PostgreSQL queue', facts('postgres'));
describeWithRedis('a payout over Redis, which forgets everything', facts('redis'));
