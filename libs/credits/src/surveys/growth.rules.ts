import { divideHalfUp, type Day } from '@app/kernel';

/** A plot that was measured in two rounds. Volumes in thousandths of a m³. */
export interface PlotPair {
  readonly plot: string;
  readonly forestClass: string;
  readonly ageGroup: string;
  readonly origin: string;
  readonly from: Day;
  readonly to: Day;
  /** As found the second time. */
  readonly areaM2: bigint;
  readonly volumeFromDm3: bigint;
  readonly volumeToDm3: bigint;
}

/** How a class, age group and origin grew between two rounds. */
export interface StratumGrowth {
  readonly forestClass: string;
  readonly ageGroup: string;
  readonly origin: string;
  readonly plots: number;
  /** Thousandths of a m³ a hectare and year, half up; negative where the stock shrank. */
  readonly growthMilli: bigint;
  /** Millionths of a m³ a hectare and year, rounded up; null of a single plot. */
  readonly standardErrorMicro: bigint | null;
  /** Half of the 90 % interval in millionths of the mean, rounded up; null where there is none. */
  readonly halfWidthPpm: bigint | null;
}

/** Student's t, two-sided 90 %, in thousandths, for 1 to 30 degrees of freedom; what is beyond takes the last. */
const T_MILLI = [
  6_314n,
  2_920n,
  2_353n,
  2_132n,
  2_015n,
  1_943n,
  1_895n,
  1_860n,
  1_833n,
  1_812n,
  1_796n,
  1_782n,
  1_771n,
  1_761n,
  1_753n,
  1_746n,
  1_740n,
  1_734n,
  1_729n,
  1_725n,
  1_721n,
  1_717n,
  1_714n,
  1_711n,
  1_708n,
  1_706n,
  1_703n,
  1_701n,
  1_699n,
  1_697n,
];
const PPM = 1_000_000n;
const DAY_MS = 86_400_000;
/** A year of 365.25 days. */
const YEAR_DAYS_100 = 36_525n;

export const daysBetween = (from: Day, to: Day): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;

/** A plot's growth in millionths of a m³ a hectare and year, rounded half up once. */
export function plotGrowthMicro({ from, to, areaM2, volumeFromDm3, volumeToDm3 }: PlotPair): bigint {
  const grown = volumeToDm3 - volumeFromDm3;
  // dm³ ÷ m² × 10,000 m² a hectare ÷ days × 365.25, a dm³ being 1,000 millionths of a m³.
  const size = divideHalfUp(
    (grown < 0n ? -grown : grown) * 1_000n * 10_000n * YEAR_DAYS_100,
    areaM2 * BigInt(daysBetween(from, to)) * 100n,
  );
  return grown < 0n ? -size : size;
}

/** By class, age group and origin; every step in whole numbers, so that the same plots always say the same. */
export function stratumGrowths(pairs: readonly PlotPair[]): StratumGrowth[] {
  const strata = new Map<string, { of: PlotPair; growths: bigint[] }>();
  for (const pair of pairs) {
    const name = `${pair.forestClass}/${pair.ageGroup}/${pair.origin}`;
    const known = strata.get(name);
    if (known) known.growths.push(plotGrowthMicro(pair));
    else strata.set(name, { of: pair, growths: [plotGrowthMicro(pair)] });
  }
  return [...strata]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { of, growths }]) => ({
      ...{ forestClass: of.forestClass, ageGroup: of.ageGroup, origin: of.origin },
      ...estimate(growths),
    }));
}

/** Mean, standard error of the mean and half-width of its 90 % interval, of a simple random sample. */
export function estimate(
  micro: readonly bigint[],
): Pick<StratumGrowth, 'plots' | 'growthMilli' | 'standardErrorMicro' | 'halfWidthPpm'> {
  const n = BigInt(micro.length);
  const sum = micro.reduce((total, x) => total + x, 0n);
  const size = divideHalfUp(sum < 0n ? -sum : sum, 1_000n * n);
  const growthMilli = sum < 0n ? -size : size;
  if (n < 2n) return { plots: micro.length, growthMilli, standardErrorMicro: null, halfWidthPpm: null };
  const squares = micro.reduce((total, x) => total + x * x, 0n);
  // s² ÷ n = (n Σx² − (Σx)²) ÷ (n² (n − 1))
  const standardErrorMicro = rootUp(n * squares - sum * sum, n * n * (n - 1n));
  const t = T_MILLI[Math.min(micro.length - 1, T_MILLI.length) - 1]!;
  const halfWidthPpm = sum > 0n ? divideUp(t * standardErrorMicro * PPM * n, 1_000n * sum) : null;
  return { plots: micro.length, growthMilli, standardErrorMicro, halfWidthPpm };
}

const divideUp = (numerator: bigint, denominator: bigint): bigint =>
  (numerator + denominator - 1n) / denominator;

/** The least whole number whose square is not below numerator ÷ denominator. */
function rootUp(numerator: bigint, denominator: bigint): bigint {
  if (numerator <= 0n) return 0n;
  const target = divideUp(numerator, denominator);
  let low = 0n;
  let high = 1n << BigInt(Math.ceil(target.toString(2).length / 2) + 1);
  while (low < high) {
    const middle = (low + high) / 2n;
    if (middle * middle >= target) high = middle;
    else low = middle + 1n;
  }
  return low;
}
