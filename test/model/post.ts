import { postedAnswer, refusedAnswer, type Answer, type Posted, type Refused } from './answer';
import type { Book, Draft, Frozen, Refusal } from './book';
import { ACTOR } from './commands';
import type { Door } from './door';
import { reasonAgainst } from './judge';
import { record } from './record';
import { differences } from './same-request';

/** An answer, and how to leave the book as if it had not been asked for. */
export interface Decided<Kind extends Answer = Answer> {
  readonly answer: Kind;
  readonly undo: () => void;
}

export const LEDGER: Door = { owner: 'ledger' };
const TEST: Door = { owner: 'test' };

const nothing = (): void => undefined;
export const refused = (refusal: Refusal): Decided<Refused> => ({
  answer: refusedAnswer(refusal),
  undo: nothing,
});

/** Keeps a refusal with its key. */
export function freeze(book: Book, id: string, frozen: Frozen): () => void {
  book.frozen.set(id, frozen);
  const back = book.pass();
  return () => {
    book.frozen.delete(id);
    back();
  };
}

/** What was answered to this key before, if anything. */
export function answeredBefore(book: Book, draft: Draft): Posted | Refused | undefined {
  const entry = book.entryOf.get(draft.id);
  const frozen = book.frozen.get(draft.id);
  const before = entry?.draft ?? frozen?.draft;
  if (!before && !frozen) return undefined;
  // Of a batch only the digest of the whole was kept: it names no field.
  const fields = before ? differences(before, draft).join(' ') : ANY_FIELD;
  if (fields) return refusedAnswer({ code: 'KEY_REUSED', id: draft.id, field: fields });
  return entry ? postedAnswer(entry, true) : refusedAnswer(frozen!.refusal);
}

export const ANY_FIELD = '*';

/** One entry that stands alone: what the book's state refuses stays refused under its key. */
export function postOne(book: Book, draft: Draft, door: Door): Decided<Posted | Refused> {
  const before = answeredBefore(book, draft);
  if (before) return { answer: before, undo: nothing };
  const refusal = reasonAgainst(book, draft, door);
  if (refusal) return { answer: refusedAnswer(refusal), undo: freeze(book, draft.id, { draft, refusal }) };
  const { entry, undo } = record(book, draft, { door, actor: ACTOR });
  return { answer: postedAnswer(entry, false), undo };
}

/** The first that is refused, and its place. */
export interface NotAll {
  readonly at: number;
  readonly answer: Refused;
  /** A refusal of now; one of before stays what it was. */
  readonly fresh?: Refusal;
}

/** All or none of some drafts. */
export function tryAll(
  book: Book,
  drafts: readonly Draft[],
  door: Door,
): { readonly all: readonly Posted[]; readonly undo: () => void } | NotAll {
  const undo: (() => void)[] = [];
  const answers: Posted[] = [];
  const openedAt = book.now;
  const takeBack = (): void => [...undo].reverse().forEach((step) => step());
  for (const [at, draft] of drafts.entries()) {
    const before = answeredBefore(book, draft);
    const refusal = before ? undefined : reasonAgainst(book, draft, door);
    if (refusal || (before && 'refused' in before)) {
      takeBack();
      return refusal
        ? { at, answer: refusedAnswer(refusal), fresh: refusal }
        : { at, answer: before as Refused };
    }
    if (before) answers.push(before as Posted);
    else {
      const recorded = record(book, draft, { door, actor: ACTOR, openedAt });
      undo.push(recorded.undo);
      answers.push(postedAnswer(recorded.entry, false));
    }
  }
  return { all: answers, undo: takeBack };
}

/** All of a unit of work or none of it, and no refusal is kept. */
export function postAll(book: Book, drafts: readonly Draft[], door = TEST): Decided {
  const tried = tryAll(book, drafts, door);
  if ('at' in tried) return { answer: tried.answer, undo: nothing };
  return { answer: { items: tried.all }, undo: tried.undo };
}
