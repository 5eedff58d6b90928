import { nameOf, type Account, type Book, type Draft, type Leg, type Micros, type Refusal } from './book';
import { MINUTE, textOf } from './instant';
import { ENTRY_KINDS } from './kinds';

const FORGIVEN = 5n * MINUTE;

/** Nothing counts in the future or in a closed period. */
export function effectiveReason(book: Book, draft: Draft): Refusal | undefined {
  const latest = book.clock + FORGIVEN;
  const { effectiveAt = book.now } = draft;
  if (draft.effectiveAt !== undefined && effectiveAt > latest)
    return { code: 'EFFECTIVE_IN_FUTURE', effectiveAt: textOf(effectiveAt), latest: textOf(latest) };
  const { closedUntil } = book;
  if (closedUntil === null || effectiveAt > closedUntil) return undefined;
  return { code: 'PERIOD_CLOSED', effectiveAt: textOf(effectiveAt), closedUntil: textOf(closedUntil) };
}

/** What comes late and lowers a balance lowers it at every moment since: at none of them below the floor. */
export function backdatedReason(book: Book, draft: Draft): Refusal | undefined {
  if (ENTRY_KINDS[draft.kind]!.mayBackdate) return undefined;
  for (const leg of draft.legs) {
    const account = book.accounts.get(nameOf(leg));
    const short = account && shortfall(account, leg, draft.effectiveAt ?? book.now);
    if (short)
      return { code: 'BACKDATED_BALANCE_INSUFFICIENT', account: leg.path, asset: leg.asset, ...short };
  }
  return undefined;
}

function shortfall(account: Account, leg: Leg, at: Micros): { missing: bigint; at: string } | undefined {
  const { side, floor, postings } = account;
  const isLate = postings.some(({ entry }) => entry.effectiveAt > at);
  if (floor === null || side * leg.amount > 0n || !isLate) return undefined;
  let worst: { missing: bigint; at: Micros } | undefined;
  for (const moment of momentsFrom(account, at)) {
    const missing = floor - (effectiveBalance(account, moment) + side * leg.amount);
    const isWorse = missing > (worst?.missing ?? 0n) || (missing === worst?.missing && moment < worst.at);
    if (isWorse) worst = { missing, at: moment };
  }
  return worst && { missing: worst.missing, at: textOf(worst.at) };
}

const momentsFrom = ({ postings }: Account, at: Micros): Micros[] => [
  at,
  ...postings.map(({ entry }) => entry.effectiveAt).filter((moment) => moment > at),
];

const effectiveBalance = ({ side, postings }: Account, at: Micros): bigint =>
  side *
  postings.reduce((sum, { entry, posting }) => (entry.effectiveAt <= at ? sum + posting.amount : sum), 0n);
