import { splitByLargestRemainder, type Day } from '@app/kernel';
import type { RightKind } from '../registry.words';

/** A share in a former parcel that holds on the order's day. */
export interface ParentShare {
  /** The parcel's id. */
  readonly parcel: string;
  readonly kind: RightKind;
  readonly party: string;
  readonly externalNo: string;
  readonly sharePpm: bigint;
  readonly to: Day | null;
  readonly documentNo: string;
}

/** The same right in a new parcel. */
export type CarriedShare = Omit<ParentShare, 'parcel'>;

/** One party whose right to several of the parcels ends on different days. */
export interface UnclearRight {
  readonly kind: RightKind;
  readonly externalNo: string;
}

/**
 * The shares of every new parcel: of one former parcel the same; of several each party's by the areas it comes from,
 * by largest remainder, so that together they are no more than before.
 */
export function carriedShares(
  parents: readonly { readonly id: string; readonly areaMu100: bigint }[],
  shares: readonly ParentShare[],
): { carried: CarriedShare[]; unclear: UnclearRight[] } {
  if (parents.length === 1) return { carried: shares.map(carriedAs), unclear: [] };
  const areas = new Map(parents.map(({ id, areaMu100 }) => [id, areaMu100]));
  const whole = parents.reduce((sum, { areaMu100 }) => sum + areaMu100, 0n);
  const carried: CarriedShare[] = [];
  const unclear: UnclearRight[] = [];
  for (const ofKind of groupsBy(shares, ({ kind }) => kind)) {
    const parties = groupsBy(ofKind, ({ party }) => party);
    const weights = parties.map((own) =>
      own.reduce((sum, { parcel, sharePpm }) => sum + sharePpm * (areas.get(parcel) ?? 0n), 0n),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0n) / whole;
    const parts = splitByLargestRemainder(total, weights);
    for (const [index, own] of parties.entries()) {
      const { kind, party, externalNo, to } = own[0]!;
      if (own.some((share) => share.to !== to)) unclear.push({ kind, externalNo });
      const documentNo = [...new Set(own.map((share) => share.documentNo))].join('；');
      const sharePpm = parts[index]!;
      if (sharePpm > 0n) carried.push({ kind, party, externalNo, sharePpm, to, documentNo });
    }
  }
  return { carried, unclear };
}

const carriedAs = ({ kind, party, externalNo, sharePpm, to, documentNo }: ParentShare): CarriedShare => ({
  ...{ kind, party, externalNo, sharePpm, to, documentNo },
});

function groupsBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}
