import fc from 'fast-check';

import { PrivateCluster } from './private-cluster';
import { scenes, WireStage } from './wire-stage';

describe('a ledger whose PostgreSQL is killed', () => {
  let cluster: PrivateCluster;
  let stage: WireStage;
  let isPostmaster = false;
  beforeAll(async () => {
    cluster = await PrivateCluster.open();
    stage = await WireStage.open(async (pid) => {
      if (isPostmaster) await cluster.killPostmaster();
      else cluster.killBackend(pid);
    });
  }, 120_000);
  afterAll(async () => {
    await stage.close();
    await cluster.close();
  });
  afterEach(() => stage.expectWhole(), 30_000);

  const play = async (count: number, seed: number) => {
    for (const scene of fc.sample(scenes, { seed, numRuns: count }))
      await stage.play({ ...scene, blow: 'terminate' });
  };

  it('moves each unit exactly once when the backend that posts is killed', async () => {
    await play(2, 1);
  }, 180_000);

  it('moves each unit exactly once when the postmaster is killed', async () => {
    isPostmaster = true;
    await play(1, 2);
  }, 120_000);
});
