import fc from 'fast-check';

import { ApiStage } from '../faults/api-stage';
import { HTTP_POINTS } from '../faults/http-fault';
import { PrivateCluster } from '../faults/private-cluster';
import { scenes, WireStage } from '../faults/wire-stage';
import { POINTS } from '../faults/wire-fault';
import { PATIENCE_MS, soak } from './soak';

const counts = {
  wire: 0,
  http: 0,
  apiKills: 0,
  stops: 0,
  backendKills: 0,
  postmasterKills: 0,
  units: 0,
  uncertain: 0,
};

it(
  'each unit moves exactly once, whatever is cut, killed or stopped, for as long as it takes',
  async () => {
    const all = () => ({
      faults:
        counts.wire +
        counts.http +
        counts.apiKills +
        counts.stops +
        counts.backendKills +
        counts.postmasterKills,
      ...counts,
    });
    await soak(all, async (seed) => {
      await onTheWire(seed);
      await beforeTheApi(seed);
      await underTheCluster(seed);
    });
  },
  PATIENCE_MS,
);

function count({ till, purse }: Pick<WireStage, 'till'> & { purse?: WireStage['purse'] }): void {
  counts.units += till.told.size + (purse?.told.size ?? 0);
  counts.uncertain += till.uncertain + (purse?.uncertain ?? 0);
}

async function onTheWire(seed: number): Promise<void> {
  const stage = await WireStage.open();
  try {
    for (const [at, scene] of fc.sample(scenes, { seed, numRuns: 1_500 }).entries()) {
      await stage.play(scene);
      counts.wire += 1;
      if (at % 300 === 299) await stage.expectWhole();
    }
    count(stage);
  } finally {
    await stage.close();
  }
}

async function beforeTheApi(seed: number): Promise<void> {
  const stage = await ApiStage.open();
  try {
    for (let round = 0; round < 200; round += 1) {
      await stage.cutHttp(HTTP_POINTS[round % HTTP_POINTS.length]!, 1 + (round % 8));
      counts.http += 1;
    }
    for (const point of fc.sample(fc.constantFrom(...POINTS), { seed, numRuns: 2 })) {
      await stage.killAt(point, 6);
      counts.apiKills += 1;
    }
    // Longer than a batch of another process is waited for.
    await stage.stopAt('before-commit', 18_000, 4);
    counts.stops += 1;
    await stage.expectWhole();
    count(stage);
  } finally {
    await stage.close();
  }
}

async function underTheCluster(seed: number): Promise<void> {
  const cluster = await PrivateCluster.open();
  let isPostmaster = false;
  const stage = await WireStage.open(async (pid) => {
    if (isPostmaster) await cluster.killPostmaster();
    else cluster.killBackend(pid);
  });
  try {
    for (const scene of fc.sample(scenes, { seed, numRuns: 2 })) {
      isPostmaster = !isPostmaster;
      await stage.play({ ...scene, blow: 'terminate' });
      if (isPostmaster) counts.postmasterKills += 1;
      else counts.backendKills += 1;
    }
    await stage.expectWhole();
    count(stage);
  } finally {
    await stage.close();
    await cluster.close();
  }
}
