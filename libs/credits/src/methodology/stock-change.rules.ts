import { divideHalfUp } from '@app/kernel';

/** 系数法, 蓄积量变化法. */
export const METHOD_KINDS = ['coefficient', 'stock-change'] as const;
export type MethodKind = (typeof METHOD_KINDS)[number];

/** What a m³ of a species weighs and holds, in thousandths. */
export interface SpeciesFactors {
  /** Tonnes of dry matter a m³. */
  readonly densityMilli: bigint;
  /** BEF: the whole tree above ground to its trunk. */
  readonly expansionMilli: bigint;
  /** Roots to what is above ground. */
  readonly rootMilli: bigint;
  readonly carbonMilli: bigint;
}

/** Once of a million: nothing is added or taken. */
const ONCE_PPM = 1_000_000n;
/** 44 parts of CO2 are 12 of carbon; a hectare is 15 mu; five thousandths, a hundredth of a mu, tonnes as grams. */
const DENOMINATOR = 9_000_000_000_000_000_000n;

/**
 * Grams that land took up in a year by the growth of its stock: area × ΔV × D × BEF × (1 + R) × CF × 44/12, rounded half up
 * once. The table reckons the same again (credits.stock_grams).
 */
export const stockGrams = (
  areaMu100: bigint,
  growthMilli: bigint,
  { densityMilli, expansionMilli, rootMilli, carbonMilli }: SpeciesFactors,
  multiplierPpm = ONCE_PPM,
): bigint =>
  divideHalfUp(
    22n *
      areaMu100 *
      growthMilli *
      densityMilli *
      expansionMilli *
      (1_000n + rootMilli) *
      carbonMilli *
      multiplierPpm,
    DENOMINATOR,
  );

/** What one mu comes to. */
export const gramsPerMu = (growthMilli: bigint, factors: SpeciesFactors): bigint =>
  stockGrams(100n, growthMilli, factors);
