import { present } from '@app/kernel';
import { describeWithRedis } from '../support';
import { MortalRedis } from './mortal-redis';
import { LONGER_THAN_A_LEASE_MS, WorkerStage } from './worker-stage';

describe('a worker that is killed and stopped', () => {
  let stage: WorkerStage;
  beforeAll(async () => {
    stage = await WorkerStage.open();
  });
  afterAll(() => stage.close());
  afterEach(() => stage.expectWhole());

  it('gives each hold back once when it dies while it does', async () => {
    for (const point of ['before-commit', 'committed'] as const) await stage.killAt(point, 5);
  }, 120_000);

  it('gives each hold back once when it sleeps longer than its lease', async () => {
    await stage.stopAt('before-commit', LONGER_THAN_A_LEASE_MS, 5);
  }, 120_000);
});

describeWithRedis('a queue that is killed', () => {
  let redis: MortalRedis;
  let stage: WorkerStage;
  beforeAll(async () => {
    redis = present(await MortalRedis.open(), 'there is a Redis of our own');
    stage = await WorkerStage.open(redis.url);
  });
  afterAll(async () => {
    await stage.close();
    await redis.close();
  });

  it('costs nothing that was due', async () => {
    for (let round = 0; round < 3; round += 1) await stage.during(10, () => redis.kill());
    await stage.expectWhole();
    expect(redis.kills).toBe(3);
  }, 120_000);
});
