import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { processesInside } from '../../scripts/servers/orphan.mjs';
import { startRedis } from '../../scripts/servers/redis.mjs';
import { newSecrets } from '../../scripts/secrets.mjs';
import { describeWithRedis } from '../support';
import { WorkerStage } from './worker-stage';

const LEASE_MS = 30_000;

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
    await stage.stopAt('before-commit', LEASE_MS + 3_000, 5);
  }, 120_000);
});

describeWithRedis('a queue that is killed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tanhui-redis-'));
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let stage: WorkerStage;
  beforeAll(async () => {
    redis = await startRedis({ folder, password: newSecrets().redis, logFile: join(folder, 'log') });
    stage = await WorkerStage.open(redis.url);
  });
  afterAll(async () => {
    await stage.close();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('costs nothing that was due', async () => {
    for (let round = 0; round < 3; round += 1) {
      await stage.during(10, async () => {
        // It is started again at once where everybody looks for it, and remembers nothing.
        for (const pid of processesInside(folder) ?? []) process.kill(pid, 'SIGKILL');
        await Promise.resolve();
      });
    }
    await stage.expectWhole();
  }, 120_000);
});
