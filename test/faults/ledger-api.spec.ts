import { ApiStage } from './api-stage';
import { HTTP_POINTS } from './http-fault';

describe('an api that is cut off, killed and stopped', () => {
  let stage: ApiStage;
  beforeAll(async () => {
    stage = await ApiStage.open();
  });
  afterAll(() => stage.close());
  afterEach(() => stage.expectWhole());

  it('moves a unit once for a key, whatever is lost between it and its client', async () => {
    for (let round = 0; round < 10; round += 1) {
      for (const point of HTTP_POINTS) await stage.cutHttp(point, 1 + (round % 4));
    }
  }, 120_000);

  it('moves each unit once when it is killed while it posts', async () => {
    for (const point of ['half-a-call', 'before-commit', 'commit-sent', 'committed'] as const)
      await stage.killAt(point, 6);
  }, 120_000);

  it('moves each unit once when it stands still with the fence in its hands', async () => {
    await stage.stopAt('before-commit', 3_000, 4);
  }, 120_000);
});
