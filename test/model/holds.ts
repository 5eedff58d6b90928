import { idOf } from '@app/kernel';
import { factsText } from './answer';
import type { Book, Draft, Hold, Leg, Refusal } from './book';
import type { PlaceHold, TakeHold } from './commands';
import { reasonAgainst } from './judge';
import { LEDGER, type Decided } from './post';
import { record } from './record';

/** A hold puts its amount aside on an account of its own, and not from one of another hold. */
export function holdDraft({ id, from, asset, amount, expiresAt }: PlaceHold): Draft | Refusal {
  if (from.startsWith('held/'))
    return { code: 'ACCOUNT_KIND_NOT_ALLOWED', account: from, kind: 'ledger.hold' };
  return {
    id,
    kind: 'ledger.hold',
    legs: move(from, `held/${id}`, asset, amount),
    hold: { expiresAt, endedBy: 'ledger' },
  };
}

/** A commit moves the amount on, a release back to where it came from. */
export function takeHold(book: Book, { do: as, id, hold, to, amount }: TakeHold): Draft | Refusal {
  const found = book.holds.get(hold);
  if (found?.owner !== 'ledger') return { code: 'HOLD_UNKNOWN', hold };
  const origin = originOf(book, hold);
  const receiver = as === 'commit' ? to : origin.path;
  return {
    id,
    kind: `ledger.${as}-hold`,
    legs: move(`held/${hold}`, receiver, origin.asset, amount ?? allOf(found, origin)),
    asked: `${amount ?? 'all'} ${as === 'commit' ? to : ''}`,
    ends: { hold, as, part: amount !== undefined },
  };
}

export function expire(book: Book, id: string): Decided {
  const hold = book.holds.get(id);
  if (hold?.owner !== 'ledger') return done('unknown');
  if (hold.state !== 'held') return done('done');
  const { path, asset } = originOf(book, id);
  const draft: Draft = {
    id: idOf('ledger.expire-hold', id),
    kind: 'ledger.expire-hold',
    legs: move(`held/${id}`, path, asset, leftOf(hold)),
    ends: { hold: id, as: 'expire' },
  };
  const refusal = reasonAgainst(book, draft, LEDGER);
  if (refusal) return done(refusal.code === 'HOLD_NOT_EXPIRED' ? 'again' : factsText(refusal));
  return done('done', record(book, draft, { door: LEDGER, actor: 'system/ledger.expire-hold' }).undo);
}

const done = (facts: unknown, undo = (): void => undefined): Decided => ({ answer: { done: facts }, undo });

/** The leg that the hold was taken from. */
export const originOf = (book: Book, hold: string): Leg =>
  book.entryOf.get(hold)!.draft.legs.find(({ amount }) => amount > 0n)!;

export const leftOf = ({ left }: Hold): bigint =>
  [...left.values()].reduce((sum, amount) => sum + amount, 0n);

/** Of a hold that has ended the whole is asked for, and refused. */
const allOf = (hold: Hold, origin: Leg): bigint => leftOf(hold) || origin.amount;

const move = (from: string, to: string, asset: string, amount: bigint): Leg[] => [
  { path: from, asset, amount },
  { path: to, asset, amount: -amount },
];
