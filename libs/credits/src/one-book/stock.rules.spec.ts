import type { LandCell } from './land.rules';
import {
  densitiesBy,
  factorsBy,
  stockChanges,
  stockOf,
  type Density,
  type SpeciesFactors,
} from './stock.rules';

const KEY = { forestClass: 'conifer', ageGroup: 'middle', origin: 'natural' };
const cell = (areaMu100: bigint, given: Partial<LandCell> = {}): LandCell => ({
  ...KEY,
  ...{ status: 'reserve', registered: true, parcels: 1, areaMu100 },
  ...given,
});
const density: Density = { ...KEY, grams: 40_000n, source: '密度来源', illustrative: true };
/** 马尾松. */
const pine: SpeciesFactors = {
  ...{ species: 'masson-pine', name: '马尾松', source: '参数来源', illustrative: true },
  ...{ densityMilli: 380n, expansionMilli: 1472n, rootMilli: 187n, carbonMilli: 460n },
};
const figures = { densities: densitiesBy([density]), factors: factorsBy([pine]) };

describe('the carbon stock', () => {
  it('is area × density where nothing else is known, and not stated where no density is', () => {
    const cells = [cell(1000n), cell(500n, { forestClass: 'farmland-reserved' })];
    expect(stockOf(cells, [], figures)).toEqual({
      ...{ grams: 40_000_000n, byVolumeGrams: 0n, byVolumeMu100: 0n },
      ...{ byDensityMu100: 1000n, unstatedMu100: 500n, illustrative: true, sources: ['密度来源'] },
    });
  });

  it('is reckoned from volume where volume and species are known: 100 m³ of Masson pine hold 111.99 t', () => {
    const volume = { ...KEY, species: '马尾松', areaMu100: 400n, volumeDm3: 100_000n };
    const stock = stockOf([cell(1000n)], [volume], figures);
    expect(stock).toMatchObject({ byVolumeMu100: 400n, byDensityMu100: 600n, unstatedMu100: 0n });
    expect(stock.byVolumeGrams).toBe(111_987_974n);
    expect(stock.grams).toBe(111_987_974n + 24_000_000n);
    expect(stock.sources).toEqual(['参数来源', '密度来源']);
    expect(stockOf([cell(1000n)], [{ ...volume, species: '某树' }], figures).grams).toBe(40_000_000n);
  });

  it('has nothing of land that was given up or became other parcels', () => {
    const gone = [cell(1000n, { status: 'cancelled' }), cell(1000n, { status: 'closed' })];
    expect(stockOf(gone, [], figures)).toMatchObject({ grams: 0n, unstatedMu100: 0n });
  });

  it('changes by what came in and went out, at the density of its key', () => {
    const move = {
      ...KEY,
      status: 'reserve',
      parcelsIn: 1,
      parcelsOut: 0,
      inMu100: 100n,
      outMu100: 0n,
    } as const;
    expect(
      stockChanges(
        [
          { ...move, cause: 'new' },
          { ...move, cause: 'area', inMu100: 0n, outMu100: 30n },
          { ...move, cause: 'closed', status: 'cancelled' },
        ],
        figures.densities,
      ),
    ).toEqual([
      { cause: 'new', grams: 4_000_000n },
      { cause: 'area', grams: -1_200_000n },
    ]);
  });
});
