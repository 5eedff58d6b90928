import type { RosterState } from '../rosters/roster.store';

/** What decides where a roster waits, and since when. */
export interface Standing {
  readonly state: RosterState;
  readonly posts: readonly string[];
  readonly step: number;
  readonly returnTo: number | null;
  readonly madeAt: Date;
  /** The first moment after the notice's last day. */
  readonly noticeOverAt: Date | null;
  /** The last step that was taken, and the last time it was sent back or came back. */
  readonly steppedAt: Date | null;
  readonly returnedAt: Date | null;
  readonly approvedAt: Date | null;
  readonly lockedAt: Date | null;
  readonly pendingFen: bigint;
  readonly inTransitFen: bigint;
  readonly returnedFen: bigint;
}

/** Whose turn it is: a post, the notice board, the machine that locks, or the bank. */
export interface Waiting {
  readonly at: string;
  readonly since: Date;
  readonly days: number;
}

const DAY_MS = 86_400_000;

const latest = (first: Date, ...others: (Date | null)[]): Date =>
  others.reduce<Date>((last, one) => (one && one > last ? one : last), first);

/** Where a roster waits; undefined for one that is given up or wholly paid. */
export function waitingOf(standing: Standing, now: Date): Waiting | undefined {
  const found = placeOf(standing, now);
  if (!found) return undefined;
  const [at, since] = found;
  return { at, since, days: Math.max(0, Math.floor((now.getTime() - since.getTime()) / DAY_MS)) };
}

type Place = readonly [at: string, since: Date];

function placeOf(roster: Standing, now: Date): Place | undefined {
  const { madeAt, noticeOverAt, approvedAt } = roster;
  switch (roster.state) {
    case 'draft':
      return ['forestry-handler', madeAt];
    case 'notice':
      return noticeOverAt && noticeOverAt <= now ? ['town-finance', noticeOverAt] : ['notice', madeAt];
    case 'review':
      return inReview(roster);
    case 'approved':
    case 'locking':
      return ['lock', approvedAt ?? madeAt];
    case 'locked':
      return inPayout(roster);
    case 'void':
      return undefined;
  }
}

const inReview = ({ posts, step, returnTo, ...at }: Standing): Place => [
  posts[(returnTo ?? step + 1) - 1] ?? '',
  latest(at.noticeOverAt ?? at.madeAt, at.steppedAt, at.returnedAt),
];

/** What came back waits for people: it is told before what is merely on its way. */
function inPayout({ returnedFen, pendingFen, inTransitFen, lockedAt, madeAt }: Standing): Place | undefined {
  const since = lockedAt ?? madeAt;
  if (returnedFen > 0n) return ['town-finance', since];
  if (pendingFen > 0n) return ['payout-centre', since];
  return inTransitFen > 0n ? ['bank', since] : undefined;
}
