import type { Day } from '@app/kernel';
import { daysBetween } from '../idle/idle.rules';

/** Payees that have to use the money for its purpose and show what they used it for; households do with theirs what they like. */
export const EARMARKED_KINDS = [
  'township',
  'village-committee',
  'collective',
  'project-builder',
  'state-forest-farm',
] as const;
export type EarmarkedKind = (typeof EARMARKED_KINDS)[number];

export const USE_KINDS = [
  'sink-protection',
  'member-subsidy',
  'public-management',
  'ranger-wages',
  'fire-and-pests',
  'project-construction',
  'project-acceptance',
  'office',
  'other',
] as const;
export type UseKind = (typeof USE_KINDS)[number];

/** Money that reached a payee. */
export interface Received {
  readonly party: string;
  readonly day: Day;
  readonly amountFen: bigint;
}

export interface Used {
  readonly voucher: string;
  readonly party: string;
  readonly useKind: UseKind;
  readonly amountFen: bigint;
  readonly usedOn: Day;
  /** By the rules of that day. */
  readonly isAllowed: boolean;
}

export interface Standing {
  readonly receivedFen: bigint;
  readonly usedFen: bigint;
  /** Received and not used yet; below zero when more was used. */
  readonly residualFen: bigint;
}

export type UseFinding =
  | ({ readonly code: 'USED_MORE_THAN_RECEIVED'; readonly party: string } & Standing)
  | {
      readonly code: 'USE_NOT_ALLOWED';
      readonly party: string;
      readonly voucher: string;
      readonly useKind: UseKind;
      readonly amountFen: bigint;
    }
  /** So much of what came on this day or before is still unused. */
  | {
      readonly code: 'UNUSED_TOO_LONG';
      readonly party: string;
      readonly since: Day;
      readonly days: number;
      readonly unusedFen: bigint;
    };

const sum = (amounts: readonly { readonly amountFen: bigint }[]): bigint =>
  amounts.reduce((total, { amountFen }) => total + amountFen, 0n);

export function standingOf(received: readonly Received[], used: readonly Used[]): Standing {
  const [receivedFen, usedFen] = [sum(received), sum(used)];
  return { receivedFen, usedFen, residualFen: receivedFen - usedFen };
}

/** What is not as it should be with one party's money on a day. What came first is used first. */
export function findingsOfUse(
  party: string,
  { received, used }: { readonly received: readonly Received[]; readonly used: readonly Used[] },
  { day, unusedDays }: { readonly day: Day; readonly unusedDays: number | undefined },
): UseFinding[] {
  const standing = standingOf(received, used);
  const wrongUses = used
    .filter(({ isAllowed }) => !isAllowed)
    .map(({ voucher, useKind, amountFen }): UseFinding => ({
      ...{ code: 'USE_NOT_ALLOWED', party, voucher, useKind, amountFen },
    }));
  if (standing.residualFen < 0n)
    return [{ code: 'USED_MORE_THAN_RECEIVED', party, ...standing }, ...wrongUses];
  if (unusedDays === undefined) return wrongUses;
  const tooOld = received
    .filter((one) => daysBetween(one.day, day) > unusedDays)
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  const unusedFen = sum(tooOld) - standing.usedFen;
  if (unusedFen <= 0n) return wrongUses;
  const since = firstUnused(tooOld, standing.usedFen);
  const days = daysBetween(since, day);
  return [...wrongUses, { code: 'UNUSED_TOO_LONG', party, since, days, unusedFen }];
}

/** The day of the first money that what was used does not reach. */
function firstUnused(received: readonly Received[], usedFen: bigint): Day {
  let left = usedFen;
  for (const { day, amountFen } of received) {
    if (amountFen > left) return day;
    left -= amountFen;
  }
  return '';
}
