import fc from 'fast-check';

import { scenes, WireStage } from './wire-stage';

const SEED = 20_260_301;
const FAULTS = 160;

describe('a ledger that is cut off from its database', () => {
  let stage: WireStage;
  beforeAll(async () => {
    stage = await WireStage.open();
  });
  afterAll(() => stage.close());

  it('moves each unit exactly once, wherever the connection breaks', async () => {
    for (const scene of fc.sample(scenes, { seed: SEED, numRuns: FAULTS })) await stage.play(scene);
    await stage.expectWhole();
    expect(stage.faults).toBe(FAULTS);
  }, 240_000);

  it('was struck at every point in every way', () => {
    expect(stage.wire.struck.size).toBe(18);
  });
});
