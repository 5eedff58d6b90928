import { nameOf, type Book, type Draft, type Hold, type Leg, type Refusal } from './book';
import { textOf } from './instant';
import type { Door } from './door';

/** A hold is taken from by its owner, in time, and never for more than is left of it. */
export function holdReason(book: Book, { ends, legs }: Draft, door: Door): Refusal | undefined {
  if (!ends) return undefined;
  const { hold, as, part = false } = ends;
  const found = book.holds.get(hold);
  if (!found) return { code: 'HOLD_UNKNOWN', hold };
  const { owner, state, expiresAt } = found;
  if (door === 'open' || owner !== door.owner) return { code: 'HOLD_NOT_OWNED', hold, owner };
  if (state !== 'held') return { code: 'HOLD_ENDED', hold, state };
  if (as === 'commit' && book.now >= expiresAt)
    return { code: 'HOLD_EXPIRED', hold, expiresAt: textOf(expiresAt) };
  if (as === 'expire' && book.now < expiresAt)
    return { code: 'HOLD_NOT_EXPIRED', hold, expiresAt: textOf(expiresAt) };
  return amountReason(found, legs, part);
}

function amountReason(
  { id: hold, left: all }: Hold,
  legs: readonly Leg[],
  part: boolean,
): Refusal | undefined {
  const moved = new Map(legs.map((leg) => [nameOf(leg), leg.amount]));
  for (const [name, left] of all) {
    const taken = moved.get(name) ?? 0n;
    const [account, asset] = name.split(' ') as [string, string];
    if (part && (taken < 0n || taken > left))
      return { code: 'HOLD_AMOUNT_EXCEEDED', hold, account, asset, left };
    if (!part && taken !== left) return { code: 'HOLD_AMOUNT_DIFFERS', hold, account, asset, held: left };
  }
  const takes = [...all.keys()].some((name) => (moved.get(name) ?? 0n) > 0n);
  return takes ? undefined : { code: 'HOLD_AMOUNT_DIFFERS', hold };
}

/** What is set aside must be set aside until a moment that has not come. */
export function placedHoldReason(book: Book, { id, hold }: Draft): Refusal | undefined {
  if (!hold || hold.expiresAt > book.now) return undefined;
  return { code: 'HOLD_EXPIRED', hold: id, expiresAt: textOf(hold.expiresAt) };
}
