import { divideHalfUp } from '@app/kernel';
import { isLand, type LandCause, type LandCell, type LandKey, type LandMove } from './land.rules';

/** Carbon in standing forest: grams of CO2e on a hundredth of a mu. */
export interface Density extends LandKey {
  readonly grams: bigint;
  readonly source: string;
  readonly illustrative: boolean;
}

/** Land whose volume and species are known. */
export interface SpeciesVolume extends LandKey {
  readonly species: string;
  readonly areaMu100: bigint;
  readonly volumeDm3: bigint;
}

/** Factors from volume to carbon, each in thousandths. */
export interface SpeciesFactors {
  /** As the parameters call it, and as foresters do. */
  readonly species: string;
  readonly name: string;
  readonly densityMilli: bigint;
  readonly expansionMilli: bigint;
  readonly rootMilli: bigint;
  readonly carbonMilli: bigint;
  readonly source: string;
  readonly illustrative: boolean;
}

/** What a day's stock is reckoned with. */
export interface StockFigures {
  readonly densities: Densities;
  readonly factors: ReadonlyMap<string, SpeciesFactors>;
}

export type Densities = ReadonlyMap<string, Density>;

/** 碳储量: what stands, not what grows. */
export interface Stock {
  readonly grams: bigint;
  /** Of these, from volume, density of wood, expansion, roots and carbon content. */
  readonly byVolumeGrams: bigint;
  /** Land of the two ways, and land of which nothing is stated. */
  readonly byVolumeMu100: bigint;
  readonly byDensityMu100: bigint;
  readonly unstatedMu100: bigint;
  /** Some of it is reckoned with illustrative figures. */
  readonly illustrative: boolean;
  readonly sources: readonly string[];
}

const keyOf = ({ forestClass, ageGroup, origin }: LandKey): string => `${forestClass} ${ageGroup} ${origin}`;

export const densitiesBy = (densities: readonly Density[]): Densities =>
  new Map(densities.map((density) => [keyOf(density), density]));

/** Under either of their names. */
export const factorsBy = (factors: readonly SpeciesFactors[]): ReadonlyMap<string, SpeciesFactors> =>
  new Map(factors.flatMap((one) => [[one.name, one] as const, [one.species, one] as const]));

/** Thousandths of a m³ × thousandths four times × 44/12, in grams. */
const VOLUME_DIVISOR = 12_000_000_000n;
const numeratorOf = (volumeDm3: bigint, factors: SpeciesFactors): bigint =>
  44n *
  volumeDm3 *
  factors.densityMilli *
  factors.expansionMilli *
  (1_000n + factors.rootMilli) *
  factors.carbonMilli;

/**
 * From volume where volume, species and its factors are known, half up once for all of it; the rest is area × density, which
 * needs no rounding: a density is grams on the smallest area that is counted.
 */
export function stockOf(
  cells: readonly LandCell[],
  volumes: readonly SpeciesVolume[],
  { densities, factors }: StockFigures,
): Stock {
  const used = new Set<{ readonly source: string; readonly illustrative: boolean }>();
  const areas = new Map<string, bigint>();
  for (const cell of cells.filter(isLand)) {
    areas.set(keyOf(cell), (areas.get(keyOf(cell)) ?? 0n) + cell.areaMu100);
  }
  let [numerator, byVolumeMu100] = [0n, 0n];
  for (const volume of volumes) {
    const known = factors.get(volume.species);
    if (!known) continue;
    numerator += numeratorOf(volume.volumeDm3, known);
    byVolumeMu100 += volume.areaMu100;
    areas.set(keyOf(volume), (areas.get(keyOf(volume)) ?? 0n) - volume.areaMu100);
    used.add(known);
  }
  let [byDensityGrams, byDensityMu100, unstatedMu100] = [0n, 0n, 0n];
  for (const [key, areaMu100] of areas) {
    const density = densities.get(key);
    if (density && areaMu100 !== 0n) {
      byDensityGrams += areaMu100 * density.grams;
      byDensityMu100 += areaMu100;
      used.add(density);
    } else unstatedMu100 += areaMu100;
  }
  const byVolumeGrams = divideHalfUp(numerator, VOLUME_DIVISOR);
  return {
    grams: byVolumeGrams + byDensityGrams,
    ...{ byVolumeGrams, byVolumeMu100, byDensityMu100, unstatedMu100 },
    illustrative: [...used].some(({ illustrative }) => illustrative),
    sources: [...new Set([...used].map(({ source }) => source))].sort(),
  };
}

/** What a day’s densities make of the land that came in and went out, by cause; more or less. */
export function stockChanges(
  moves: readonly LandMove[],
  densities: Densities,
): { cause: LandCause; grams: bigint }[] {
  const sums = new Map<LandCause, bigint>();
  for (const move of moves.filter(isLand)) {
    const density = densities.get(keyOf(move))?.grams ?? 0n;
    sums.set(move.cause, (sums.get(move.cause) ?? 0n) + (move.inMu100 - move.outMu100) * density);
  }
  return [...sums].filter(([, grams]) => grams !== 0n).map(([cause, grams]) => ({ cause, grams }));
}
