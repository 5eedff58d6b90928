import fc from 'fast-check';

import { ApiStage } from '../faults/api-stage';
import { HTTP_POINTS } from '../faults/http-fault';
import { MortalRedis } from '../faults/mortal-redis';
import { PrivateCluster } from '../faults/private-cluster';
import { scenes, WireStage } from '../faults/wire-stage';
import { POINTS } from '../faults/wire-fault';
import { LONGER_THAN_A_LEASE_MS, WorkerStage } from '../faults/worker-stage';
import { PATIENCE_MS, soak, wish } from './soak';

const counts = {
  wire: 0,
  http: 0,
  apiKills: 0,
  stops: 0,
  backendKills: 0,
  postmasterKills: 0,
  workerKills: 0,
  workerStops: 0,
  queueKills: 0,
  units: 0,
  holds: 0,
  uncertain: 0,
};
/** What was moved and asked while the blows fell, and is no blow itself. */
const NO_FAULTS = ['units', 'holds', 'uncertain'];
/** A worker that sleeps past its lease costs half a minute: once in so many rounds, beginning with the first. */
const ROUNDS_A_SLEEP = 4;

it(
  'each unit moves exactly once, whatever is cut, killed or stopped, for as long as it takes',
  async () => {
    const faults = () =>
      Object.entries(counts).reduce((all, [name, n]) => (NO_FAULTS.includes(name) ? all : all + n), 0);
    let hasRedis = false;
    await soak(
      () => ({ faults: faults(), ...counts }),
      async (seed) => {
        // It sleeps beside the others: waiting costs nobody anything.
        const slept = (seed - wish.seed) % ROUNDS_A_SLEEP === 0 ? pastTheLease() : Promise.resolve();
        slept.catch(() => undefined);
        await onTheWire(seed);
        await beforeTheApi(seed);
        await underTheCluster(seed);
        hasRedis = await behindTheWorkers(seed);
        await slept;
      },
    );
    // A kind of blow that never fell was not tested, however many of the others did.
    const never = Object.entries(counts).filter(([, n]) => n === 0);
    expect(never).toEqual(hasRedis ? [] : [['queueKills', 0]]);
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
    for (const [at, scene] of fc.sample(scenes, { seed, numRuns: 2_000 }).entries()) {
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

/** Workers die while they give holds back, and so does the queue that wakes them. False without a queue to kill. */
async function behindTheWorkers(seed: number): Promise<boolean> {
  const redis = await MortalRedis.open();
  const stage = await WorkerStage.open(redis?.url);
  try {
    for (const point of fc.sample(fc.constantFrom(...POINTS), { seed, numRuns: 2 })) {
      await stage.killAt(point, 5);
      counts.workerKills += 1;
    }
    for (let round = 0; redis && round < 2; round += 1) {
      await stage.during(10, () => redis.kill());
      counts.queueKills += 1;
    }
    await stage.expectWhole();
    counts.holds += stage.holds;
  } finally {
    await stage.close();
    await redis?.close();
  }
  return redis !== undefined;
}

/** A worker wakes up when another one has long done its work, on the queue of PostgreSQL. */
async function pastTheLease(): Promise<void> {
  const stage = await WorkerStage.open();
  try {
    await stage.stopAt('before-commit', LONGER_THAN_A_LEASE_MS, 5);
    counts.workerStops += 1;
    await stage.expectWhole();
    counts.holds += stage.holds;
  } finally {
    await stage.close();
  }
}
