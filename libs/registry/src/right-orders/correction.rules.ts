import { addDays, type Day } from '@app/kernel';
import type { HeldShare, OrderShare } from './right-order.rules';

/** The days that a correction is about, both inside; open when the last is null. */
export interface CorrectedDays {
  readonly from: Day;
  readonly to: Day | null;
}

/** A share and the days that are left to it; null when none are. */
export interface RedatedShare {
  readonly share: HeldShare;
  readonly days: CorrectedDays | null;
}

/** A share that is written anew: as it was on later days, or as it should have been. */
export type AddedShare = OrderShare & CorrectedDays;

const isSame = (a: OrderShare, b: OrderShare): boolean =>
  a.party === b.party && a.sharePpm === b.sharePpm && a.documentNo === b.documentNo;

const covers = ({ from, to }: CorrectedDays, days: CorrectedDays): boolean =>
  from <= days.from && (to === null || (days.to !== null && days.to <= to));

/**
 * What has to be done so that `after` held on the days and nobody else did. `held` are the shares that meet them. On
 * other days everybody holds what they held; a share that is as it should be on all of them stays as it is.
 */
export function correctionSteps(
  held: readonly HeldShare[],
  after: readonly OrderShare[],
  days: CorrectedDays,
): { redated: RedatedShare[]; added: AddedShare[] } {
  const wrong = held.filter((share) => !covers(share, days) || !after.some((other) => isSame(share, other)));
  const missing = after.filter((other) =>
    held.every((share) => wrong.includes(share) || !isSame(share, other)),
  );
  const redated: RedatedShare[] = [];
  const added: AddedShare[] = missing.map((share) => ({ ...share, ...days }));
  for (const share of wrong) {
    const { party, externalNo, sharePpm, documentNo, from, to } = share;
    const before = from < days.from ? { from, to: addDays(days.from, -1) } : null;
    const hasLater = days.to !== null && (to === null || to > days.to);
    const later = hasLater ? { from: addDays(days.to!, 1), to } : null;
    redated.push({ share, days: before ?? later });
    if (before && later) added.push({ party, externalNo, sharePpm, documentNo, ...later });
  }
  return { redated, added };
}
