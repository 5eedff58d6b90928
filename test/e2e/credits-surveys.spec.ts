import { COUNTY } from '../invariants/credits-county';
import { OTHER_VILLAGE, VILLAGE } from '../invariants/registry-book';
import { BOOK, CreditsEdge } from './credits-edge';

const plot = (n: number, volumeDm3: string, rest: object = {}) => ({
  ...{ plotCode: `YD-${n}`, measuredOn: '2021-09-01', areaM2: '600', volumeDm3, villageCode: VILLAGE },
  ...{ forestClass: 'broadleaf', ageGroup: 'middle', origin: 'natural' },
  ...rest,
});
const FIRST = {
  ...{ code: 'round-2021', documentNo: '样地〔2021〕1号' },
  rows: [1, 2, 3, 4].map((n) => plot(n, '6000')),
};
/** 2, 3, 4 and 5 m³ a hectare and year. */
const again = (n: number, volumeDm3: string) => ({
  ...{ plotCode: `YD-${n}`, measuredOn: '2025-09-01', areaM2: '600', volumeDm3 },
});
const SECOND = {
  ...{ code: 'round-2025', documentNo: '样地〔2025〕2号' },
  rows: ['6480', '6720', '6960', '7200'].map((volume, index) => again(index + 1, volume)),
};

describe('rounds of sample plots over HTTP', () => {
  let edge: CreditsEdge;
  let handler: string;
  let reviewer: string;

  beforeAll(async () => {
    edge = await CreditsEdge.start();
    handler = await edge.staff('forestry-handler', COUNTY);
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
  });
  afterAll(() => edge.stop());

  const record = (round: object, query = '', token = handler) =>
    edge.post(`books/${BOOK}/survey-rounds${query}`, round, token);
  const decide = (code: string, body = {}, token = reviewer) =>
    edge.post(`books/${BOOK}/survey-rounds/${code}/decision`, body, token);
  const growth = () => edge.get(`books/${BOOK}/survey-rounds/round-2025/growth?since=round-2021`, reviewer);

  it('are recorded whole or not at all, with every fault of every row', async () => {
    const bad = await record({
      ...FIRST,
      rows: [plot(1, '6000', { areaM2: '0' }), plot(1, '1.5'), { ...again(9, '1') }],
    });
    expect([bad.status, bad.body.code, bad.body.total]).toEqual([422, 'SURVEY_REFUSED', 7]);
    expect((await record(FIRST, '?dryRun=true')).body).toEqual({ code: 'round-2021', plots: 4, newPlots: 4 });
    expect((await edge.get(`books/${BOOK}/survey-rounds`, reviewer)).body.items).toEqual([]);
  });

  it('are recorded by one person for their own region and approved by another, once', async () => {
    const township = await edge.staff('forestry-handler', '610924101');
    const outside = await record(FIRST, '', township);
    expect(outside.body.errors).toMatchObject([{ code: 'PLOT_OUTSIDE' }, {}, {}, {}]);
    expect(
      (
        await record(
          { ...FIRST, rows: [plot(9, '1', { villageCode: OTHER_VILLAGE })] },
          '?dryRun=true',
          township,
        )
      ).status,
    ).toBe(200);
    expect((await record(FIRST)).status).toBe(201);
    expect((await record(FIRST)).body.code).toBe('SURVEY_EXISTS');
    expect((await decide('round-2021', {}, handler)).body.code).toBe('POST_REQUIRED');
    expect((await decide('round-2021')).status).toBe(201);
    expect((await decide('round-2021')).body.code).toBe('SURVEY_DECIDED');
  });

  it('refuse a plot that shrank and a growth that no forest has, with what was found last', async () => {
    const { body } = await record({
      ...SECOND,
      rows: [{ ...again(1, '6480'), areaM2: '500' }, again(2, '60000')],
    });
    expect(body.errors).toMatchObject([
      { row: 1, code: 'AREA_SHRANK', expected: 'at least 600, as it was on 2021-09-01' },
      { row: 2, code: 'GROWTH_IMPLAUSIBLE' },
    ]);
  });

  it('calibrate when both are approved: mean growth, its error and half-width, ready for a set', async () => {
    expect((await record(SECOND)).body).toMatchObject({ plots: 4, newPlots: 0 });
    expect((await growth()).body).toMatchObject({ status: 404, code: 'SURVEY_UNKNOWN', round: 'round-2025' });
    await decide('round-2025');
    expect((await growth()).body).toMatchObject({
      plots: 4,
      strata: [
        {
          ...{
            forestClass: 'broadleaf',
            ageGroup: 'middle',
            origin: 'natural',
            plots: 4,
            growthMilli: '3500',
          },
          ...{ standardErrorMicro: '645498', halfWidthPpm: '433960', evidenceNo: '样地〔2025〕2号' },
        },
      ],
    });
  });
});
