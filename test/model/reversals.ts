import { nameOf, type Book, type Draft, type Refusal } from './book';
import type { Reverse } from './commands';
import { leftToReverse } from './judge';
import { ENTRY_KINDS } from './kinds';

/** What takes back an entry: the legs that were said, else what is left of each. */
export function reversalDraft(book: Book, command: Reverse): Draft | Refusal {
  const { id, entry, legs, effectiveAt, conditions } = command;
  const original = book.entryOf.get(entry);
  if (!original) return { code: 'REVERSAL_UNKNOWN', reverses: entry };
  if (!ENTRY_KINDS[original.kind]!.open) return { code: 'KIND_NOT_ALLOWED', kind: original.kind };
  const draft = { id, kind: 'reversal', reverses: entry, effectiveAt, conditions };
  if (legs) return { ...draft, legs };
  const left = leftToReverse(book, entry);
  const whole = original.draft.legs.map((leg) => ({ ...leg, amount: -leg.amount }));
  const rest = whole
    .map((leg) => ({ ...leg, amount: left.get(nameOf(leg))! }))
    .filter(({ amount }) => amount !== 0n);
  // Of an entry of which nothing is left the whole is asked for, and refused.
  return { ...draft, legs: rest.length > 0 ? rest : whole, asked: 'all' };
}
