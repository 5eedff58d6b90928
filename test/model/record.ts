import { balance, nameOf, type Book, type Draft, type Entry, type Micros, type Posting } from './book';
import type { Door } from './door';
import { accountFor } from './judge';

/** Writes an entry that nothing speaks against into the book, and tells how to take it out again. */
export function record(
  book: Book,
  draft: Draft,
  { door, actor, openedAt }: { readonly door: Door; readonly actor: string; readonly openedAt?: Micros },
): { readonly entry: Entry; readonly undo: () => void } {
  const undo: (() => void)[] = [];
  const { last, now } = book;
  const postings = draft.legs.map((leg): Posting => {
    const account = accountFor(book, leg, door)!;
    const name = nameOf(leg);
    if (!book.accounts.has(name)) {
      account.openedAt = openedAt ?? now;
      book.accounts.set(name, account);
      undo.push(() => book.accounts.delete(name));
    }
    const { debits, credits, version } = account;
    if (leg.amount > 0n) account.debits += leg.amount;
    else account.credits -= leg.amount;
    account.version += 1n;
    undo.push(() => Object.assign(account, { debits, credits, version }));
    return { ...leg, balanceAfter: balance(account), version: account.version };
  });
  const { id, kind } = draft;
  const effectiveAt = draft.effectiveAt ?? now;
  const entry: Entry = { draft, id, seq: book.nextSeq, kind, actor, recordedAt: now, effectiveAt, postings };
  for (const posting of postings) {
    const { postings: lines } = book.accounts.get(nameOf(posting))!;
    lines.push({ entry, posting });
    undo.push(() => lines.pop());
  }
  book.entries.push(entry);
  book.entryOf.set(id, entry);
  Object.assign(book, { last: now, nextSeq: book.nextSeq + 1n });
  const { hint } = book;
  // The next entry of the same call follows by a microsecond.
  if (hint !== undefined) book.hint = hint + 1n;
  undo.push(() => {
    book.entries.pop();
    book.entryOf.delete(id);
    Object.assign(book, { last, nextSeq: entry.seq, hint });
  });
  placeHold(book, entry, undo);
  stepHold(book, entry, undo);
  return { entry, undo: () => undo.reverse().forEach((step) => step()) };
}

function placeHold(book: Book, { id, seq, draft }: Entry, undo: (() => void)[]): void {
  if (!draft.hold) return;
  const left = new Map(
    draft.legs.filter(({ amount }) => amount < 0n).map((leg) => [nameOf(leg), -leg.amount]),
  );
  const { endedBy: owner, expiresAt } = draft.hold;
  book.holds.set(id, { id, seq, owner, expiresAt, state: 'held', left, steps: [] });
  undo.push(() => book.holds.delete(id));
}

const STATE_AFTER = { commit: 'committed', release: 'released', expire: 'expired' } as const;

function stepHold(book: Book, { draft: { ends, legs } }: Entry, undo: (() => void)[]): void {
  if (!ends) return;
  const hold = book.holds.get(ends.hold)!;
  const before = new Map(hold.left);
  for (const leg of legs) {
    const left = hold.left.get(nameOf(leg));
    if (left !== undefined && leg.amount > 0n) hold.left.set(nameOf(leg), left - leg.amount);
  }
  hold.steps.push(ends.as);
  const isEmpty = [...hold.left.values()].every((left) => left === 0n);
  if (isEmpty) hold.state = hold.steps.includes('commit') ? 'committed' : STATE_AFTER[ends.as];
  undo.push(() => {
    hold.steps.pop();
    hold.state = 'held';
    for (const [name, left] of before) hold.left.set(name, left);
  });
}
