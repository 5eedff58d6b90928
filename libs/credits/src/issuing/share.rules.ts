import { splitByLargestRemainder } from '@app/kernel';

/** One party's dated share of one right to a parcel. */
export interface RightShare {
  readonly party: string;
  /** The bureau's number of the party: lists and splits are ordered by it. */
  readonly partyNo: string;
  readonly kind: string;
  readonly sharePpm: bigint;
  readonly documentNo: string;
}

export interface SharedGrams extends RightShare {
  readonly grams: bigint;
}

const WHOLE_PPM = 1_000_000n;

/**
 * Whose the carbon is: no law names its owner, so the first right that the parcel has decides: 碳汇收益权 by
 * contract, else 经营权, 承包权, 林木所有权, 林地所有权 (rules.md 10).
 */
const DECIDING = ['carbon-income', 'management', 'contract', 'tree-ownership', 'land-ownership'];

/**
 * Splits a parcel's grams over the shares of the deciding right by largest remainder. What nobody has a share of
 * is nobody's and is not issued. Shares that come to nothing are left out.
 */
export function shareGrams(grams: bigint, rights: readonly RightShare[]): SharedGrams[] {
  const kind = DECIDING.find((candidate) => rights.some((right) => right.kind === candidate));
  const shares = rights
    .filter((right) => right.kind === kind)
    .sort((a, b) => (a.partyNo < b.partyNo ? -1 : a.partyNo > b.partyNo ? 1 : 0));
  const assigned = shares.reduce((sum, { sharePpm }) => sum + sharePpm, 0n);
  const unassigned = assigned < WHOLE_PPM ? WHOLE_PPM - assigned : 0n;
  const parts = splitByLargestRemainder(grams, [...shares.map(({ sharePpm }) => sharePpm), unassigned]);
  return shares
    .map((share, index) => ({ ...share, grams: parts[index]! }))
    .filter((share) => share.grams > 0n);
}
