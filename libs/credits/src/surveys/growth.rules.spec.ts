import fc from 'fast-check';

import { estimate, plotGrowthMicro, stratumGrowths, type PlotPair } from './growth.rules';

/** 600 m², grown from 6.000 m³ in 1,461 days: four years of 365.25. */
const pair = (plot: string, volumeToDm3: bigint, over: Partial<PlotPair> = {}): PlotPair => ({
  ...{
    plot,
    forestClass: 'broadleaf',
    ageGroup: 'middle',
    origin: 'natural',
    from: '2021-09-01',
    to: '2025-09-01',
  },
  ...{ areaM2: 600n, volumeFromDm3: 6_000n, volumeToDm3 },
  ...over,
});

describe('growth between two rounds', () => {
  it('of a plot is its volume, a hectare and year of 365.25 days', () => {
    // 0.720 m³ on 0.06 ha in four years: 3 m³ a hectare and year.
    expect(plotGrowthMicro(pair('1', 6_720n))).toBe(3_000_000n);
    expect(plotGrowthMicro(pair('1', 5_280n))).toBe(-3_000_000n);
  });

  it('of a stratum is the mean, with its standard error and the half-width of the 90 % interval', () => {
    // 2, 3, 4 and 5 m³: mean 3.5, s = 1.290994, s ÷ 2 = 0.645497, t(3) = 2.353: 43.3959 % of the mean.
    const grown = [6_480n, 6_720n, 6_960n, 7_200n].map((volume, index) => pair(String(index), volume));
    expect(stratumGrowths(grown)).toEqual([
      {
        ...{ forestClass: 'broadleaf', ageGroup: 'middle', origin: 'natural', plots: 4, growthMilli: 3_500n },
        ...{ standardErrorMicro: 645_498n, halfWidthPpm: 433_960n },
      },
    ]);
  });

  it('has no error of a single plot and no part of a mean that is none', () => {
    expect(estimate([3_000_000n])).toMatchObject({ plots: 1, standardErrorMicro: null, halfWidthPpm: null });
    expect(estimate([1_000_000n, -1_000_000n])).toMatchObject({ growthMilli: 0n, halfWidthPpm: null });
    expect(estimate([5n, 5n])).toMatchObject({ standardErrorMicro: 0n, halfWidthPpm: 0n });
  });

  it('is told apart by class, age group and origin', () => {
    const strata = stratumGrowths([
      pair('1', 6_720n),
      pair('2', 6_720n, { origin: 'planted' }),
      pair('3', 6_720n, { ageGroup: 'young' }),
    ]);
    expect(strata.map(({ ageGroup, origin, plots }) => `${ageGroup} ${origin} ${plots}`)).toEqual([
      ...['middle natural 1', 'middle planted 1', 'young natural 1'],
    ]);
  });

  it('has an error that its square never falls short of, whatever the plots, and the same in any order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -10_000_000n, max: 30_000_000n }), { minLength: 2, maxLength: 60 }),
        (x) => {
          const n = BigInt(x.length);
          const sum = x.reduce((total, one) => total + one, 0n);
          const exact = n * x.reduce((total, one) => total + one * one, 0n) - sum * sum;
          const found = estimate(x);
          const error = found.standardErrorMicro!;
          const whole = n * n * (n - 1n);
          expect(error * error * whole >= exact).toBe(true);
          expect(error === 0n || (error - 1n) * (error - 1n) * whole < exact).toBe(true);
          expect(estimate([...x].reverse())).toEqual(found);
        },
      ),
    );
  });
});
