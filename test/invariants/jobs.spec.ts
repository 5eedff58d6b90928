import { setTimeout as sleep } from 'node:timers/promises';

import Redis from 'ioredis';
import { DataSource } from 'typeorm';

import { ok } from '@app/kernel';
import {
  again,
  createDataSource,
  defineJob,
  DONE,
  JobHandlers,
  type JobOutcome,
  JobRunner,
  Jobs,
  Metrics,
  QueueBackend,
  Sweeper,
  UnitOfWork,
  WakeQueue,
  WorkerPool,
} from '@app/platform';
import { createTestDatabase, describeWithRedis, queuePrefix, redisUrl, type TestDatabase } from '../support';

const JOB = defineJob({
  queue: 'test',
  name: 'test.count',
  attemptsMax: 3,
  leaseSeconds: 1,
  parse: (json) => json as { n: number },
});

/** A process that fetches jobs, and the knobs to make it misbehave. */
class Process {
  readonly handlers = new JobHandlers();
  readonly pool: WorkerPool;
  readonly wakeQueue: WakeQueue;

  constructor(dataSource: DataSource, backend: QueueBackend, handle: (n: number) => Promise<JobOutcome>) {
    this.handlers.on(JOB, ({ payload }) => handle(payload.n));
    this.wakeQueue = new WakeQueue(backend, () => undefined);
    const runner = new JobRunner(dataSource, this.handlers, this.wakeQueue);
    this.pool = new WorkerPool(backend, this.handlers, runner, new Sweeper(dataSource, this.wakeQueue), {
      warn: () => undefined,
    });
    this.pool.start();
  }

  async stop(): Promise<void> {
    await this.pool.stop();
    await this.wakeQueue.close();
  }
}

const facts = (redis: () => string | undefined) => () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let backend: QueueBackend;
  let producer: WakeQueue;
  let processes: Process[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({
      url: database.appUrl,
      poolMax: 8,
      applicationName: 'test',
    }).initialize();
  });
  beforeEach(() => {
    backend = new QueueBackend({ redisUrl: redis(), databaseUrl: database.appUrl, prefix: queuePrefix });
    producer = new WakeQueue(backend, () => undefined);
  });
  afterEach(async () => {
    await Promise.all(processes.map((process) => process.stop()));
    processes = [];
    await producer.close();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const start = (handle: (n: number) => Promise<JobOutcome>) => {
    const process = new Process(dataSource, backend, handle);
    processes.push(process);
    return process;
  };
  const add = async (numbers: readonly number[]) => {
    const jobs = new Jobs(producer);
    await new UnitOfWork(dataSource, new Metrics()).run(
      { book: 0, actor: 'test', action: 'test.add' },
      async (tx) => {
        for (const n of numbers) await jobs.add(tx, JOB, { n });
        return ok(undefined);
      },
    );
  };
  const states = async () => {
    const rows: { state: string; n: string }[] = await dataSource.query(
      'SELECT state, count(*) AS n FROM platform.job GROUP BY 1',
    );
    return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]));
  };
  const settled = async () => {
    for (let i = 0; i < 200; i += 1) {
      const { due = 0, running = 0 } = await states();
      if (due + running === 0) return;
      await sleep(100);
    }
    throw new Error(`never settled: ${JSON.stringify(await states())}`);
  };
  const clear = () => dataSource.query(`UPDATE platform.job SET state = 'done'`);

  it('runs each job once while two workers race for all of them', async () => {
    await clear();
    const ran: number[] = [];
    const handle = async (n: number) => {
      ran.push(n);
      await sleep(1);
      return DONE;
    };
    start(handle);
    start(handle);
    await add(Array.from({ length: 60 }, (_, n) => n));
    await settled();
    expect([...ran].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n));
  });

  it('runs a job whose wake was lost, because the sweeper finds its row', async () => {
    await clear();
    await dataSource.query(`INSERT INTO platform.job (book, id, name, queue, payload, attempts_max, due_at, woken_at)
      VALUES (0, gen_random_uuid(), 'test.count', 'test', '{"n": 7}', 3, now(), now() - interval '1 minute')`);
    const ran: number[] = [];
    start((n) => Promise.resolve((ran.push(n), DONE)));
    await settled();
    expect(ran).toEqual([7]);
  });

  it('tries again after a failure and gives up as dead after its last attempt, with the reason', async () => {
    await clear();
    let tries = 0;
    start(() => {
      tries += 1;
      return Promise.reject(new TypeError('account 6217991234567890123 broke'));
    });
    await add([1]);
    await settled();
    expect(tries).toBe(3);
    const [row] = await dataSource.query(`SELECT state, last_error FROM platform.job WHERE state = 'dead'`);
    expect(row).toEqual({ state: 'dead', last_error: 'TypeError' });
  });

  it('runs a job again that asks for it, without counting it as a failure', async () => {
    await clear();
    let runs = 0;
    start(() => {
      runs += 1;
      return Promise.resolve(runs < 5 ? again(10) : DONE);
    });
    await add([1]);
    await settled();
    expect(runs).toBe(5);
  });

  it('gives a job to another worker when the first sleeps past its lease, and no longer listens to the sleeper', async () => {
    await clear();
    let first = true;
    const ended: string[] = [];
    start(async () => {
      if (first) {
        first = false;
        await sleep(8_000);
        ended.push('sleeper');
        throw new Error('too late to fail it');
      }
      ended.push('other');
      return DONE;
    });
    await add([1]);
    await settled();
    await sleep(5_000);
    expect(ended[0]).toBe('other');
    const { dead = 0, due = 0, running = 0 } = await states();
    expect([dead, due, running]).toEqual([0, 0, 0]);
  });
};

describe(
  'jobs over the PostgreSQL queue',
  facts(() => undefined),
);

describeWithRedis('jobs over the Redis queue', () => {
  facts(() => redisUrl())();

  it('keep nothing in Redis that is worth keeping: its keys can be deleted at any moment', async () => {
    const redis = new Redis(redisUrl());
    const keys = await redis.keys(`${queuePrefix}:*`);
    if (keys.length > 0) await redis.del(...keys);
    await redis.quit();
    expect(keys.some((key) => key.includes('13812345678'))).toBe(false);
  });
});

it('a worker with a job that nobody handles does not start', () => {
  expect(() => new JobHandlers().assertComplete([JOB])).toThrow(/test.count has a handler/);
});
