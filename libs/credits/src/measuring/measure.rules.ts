/** What measured grams look like beside the official totals of the region. */
export interface MeanWarning {
  readonly code: 'MEAN_IMPLAUSIBLE';
  readonly meanGramsPerMu: bigint;
  readonly leastGramsPerMu: bigint;
  readonly mostGramsPerMu: bigint;
}

/** Published totals of the prefecture and the province lie at 115,000 to 225,000 grams a mu and year. */
const LEAST_GRAMS_PER_MU = 50_000n;
const MOST_GRAMS_PER_MU = 600_000n;

/** Of more than no land, rounded down. */
export const meanGramsPerMu = (grams: bigint, areaMu100: bigint): bigint => (grams * 100n) / areaMu100;

/** Warns when the mean is far from what official totals make likely; the figures stand, somebody should look. */
export function meanWarning(grams: bigint, areaMu100: bigint): MeanWarning | undefined {
  if (areaMu100 === 0n) return undefined;
  const mean = meanGramsPerMu(grams, areaMu100);
  if (mean >= LEAST_GRAMS_PER_MU && mean <= MOST_GRAMS_PER_MU) return undefined;
  return {
    code: 'MEAN_IMPLAUSIBLE',
    meanGramsPerMu: mean,
    leastGramsPerMu: LEAST_GRAMS_PER_MU,
    mostGramsPerMu: MOST_GRAMS_PER_MU,
  };
}
