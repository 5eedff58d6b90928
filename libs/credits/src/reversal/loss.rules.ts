import { divideHalfUp, invariant, splitByLargestRemainder } from '@app/kernel';
import { sumGrams } from '../grams';

/** What a parcel lost: a part of what is left of its credits, or so much of the area that was measured. */
export type ParcelLoss = { readonly lostPpm: bigint } | { readonly lostMu100: bigint };

/** A party's part of a parcel's grams of one year, with what earlier reversals took of it. */
export interface ShareAtRisk {
  readonly issuance: string;
  readonly code: string;
  readonly grade: string;
  readonly issuedAt: Date;
  readonly measurement: string;
  readonly parcel: string;
  readonly party: string;
  /** The area that was measured. */
  readonly areaMu100: bigint;
  readonly first: bigint;
  readonly grams: bigint;
  readonly lostBefore: bigint;
}

export interface ShareLoss extends ShareAtRisk {
  readonly leftGrams: bigint;
  readonly lostGrams: bigint;
}

const PPM = 1_000_000n;

/**
 * What each share loses. A part is of what is left; an area is of what was measured, and never more than is left.
 * Half up once a parcel and year, then split over its shares by largest remainder.
 */
export function lossesOf(
  shares: readonly ShareAtRisk[],
  lossOf: (parcel: string) => ParcelLoss,
): ShareLoss[] {
  const byMeasurement = new Map<string, ShareAtRisk[]>();
  for (const share of shares) {
    byMeasurement.set(share.measurement, [...(byMeasurement.get(share.measurement) ?? []), share]);
  }
  return [...byMeasurement.values()]
    .flatMap((ofOne) => {
      const lefts = ofOne.map(({ grams, lostBefore }) => grams - lostBefore);
      const left = lefts.reduce((sum, each) => sum + each, 0n);
      const lost = lostOf(ofOne, left, lossOf(ofOne[0]!.parcel));
      const parts = splitByLargestRemainder(lost, lefts);
      return ofOne.map((share, index) => ({
        ...share,
        leftGrams: lefts[index]!,
        lostGrams: parts[index]!,
      }));
    })
    .filter(({ lostGrams }) => lostGrams > 0n);
}

function lostOf(shares: readonly ShareAtRisk[], left: bigint, loss: ParcelLoss): bigint {
  if ('lostPpm' in loss) return divideHalfUp(left * loss.lostPpm, PPM);
  const { areaMu100 } = shares[0]!;
  invariant(areaMu100 > 0n, 'what was measured has an area');
  const lostMu100 = loss.lostMu100 < areaMu100 ? loss.lostMu100 : areaMu100;
  const lost = divideHalfUp(sumGrams(shares) * lostMu100, areaMu100);
  return lost < left ? lost : left;
}
