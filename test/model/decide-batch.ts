import { idOf } from '@app/kernel';
import { refusedAnswer, wouldBePosted, type Answer, type Posted, type Refused } from './answer';
import type { Book, Draft } from './book';
import type { Batch } from './commands';
import { sumReason } from './judge';
import { answeredBefore, freeze, postOne, tryAll, type Decided } from './post';
import { plain } from './plain';

/** The key of a batch is that of its first item. */
const itemsOf = ({ id, mode, drafts }: Batch): Draft[] => {
  const batch = JSON.stringify(
    [mode, drafts.map((draft) => ({ ...draft, legs: [...draft.legs].sort(byName) }))],
    plain,
  );
  return drafts.map((draft, at) => ({
    ...draft,
    id: at === 0 ? id : idOf('ledger.batch', id, String(at)),
    batch,
  }));
};

const byName = (one: { path: string; asset: string }, other: { path: string; asset: string }): number =>
  `${one.path} ${one.asset}` < `${other.path} ${other.asset}` ? -1 : 1;

const nothing = (): void => undefined;

/** All or none, or each by itself; a dry run tells the same and changes nothing. */
export function decideBatch(book: Book, command: Batch): Decided {
  const items = itemsOf(command);
  const { answer, undo } =
    command.mode === 'atomic' ? atomic(book, command.id, items) : continued(book, command.id, items);
  if (!command.dryRun) return { answer, undo };
  undo();
  return { answer: 'items' in answer ? { items: answer.items.map(wouldBePosted) } : answer, undo: nothing };
}

function atomic(book: Book, id: string, items: readonly Draft[]): Decided {
  for (const [item, draft] of items.entries()) {
    const slip = sumReason(draft.legs);
    if (slip) return { answer: refusedAnswer({ ...slip, item: BigInt(item) }), undo: nothing };
  }
  const frozen = book.frozen.get(id);
  const { batch } = items[0]!;
  if (frozen?.batch === batch) return { answer: refusedAnswer(frozen!.refusal), undo: nothing };
  if (frozen || isReused(book, items)) return reused(id);
  const tried = tryAll(book, items, 'open');
  if (!('at' in tried)) return { answer: { items: tried.all }, undo: tried.undo };
  const { at, answer, fresh } = tried;
  if (!fresh) return { answer: atItem(answer, at), undo: nothing };
  const refusal = { ...fresh, item: BigInt(at) };
  return { answer: atItem(answer, at), undo: freeze(book, id, { batch: batch!, refusal }) };
}

/** Whether anything else was asked under one of the keys. */
const isReused = (book: Book, items: readonly Draft[]): boolean =>
  items.some((draft) => {
    const before = answeredBefore(book, draft);
    return before && 'refused' in before && before.refused.code === 'KEY_REUSED';
  });

const reused = (id: string): Decided => ({
  answer: refusedAnswer({ code: 'KEY_REUSED', id, field: 'batch' }),
  undo: nothing,
});

const atItem = ({ refused }: Refused, item: number): Refused => ({
  refused: { ...refused, item: String(item) },
});

function continued(book: Book, id: string, items: readonly Draft[]): Decided {
  const balanced = items.filter((draft) => !sumReason(draft.legs));
  // A refusal of all or none stays with the key, even where the item of that key never reaches the ledger.
  const isRefused = balanced.length > 0 && book.frozen.get(id)?.batch !== undefined;
  if (isRefused || isReused(book, balanced)) return reused(id);
  const undo: (() => void)[] = [];
  const { frozen, nextSeq, refusalsShareTime } = book;
  const known = frozen.size;
  book.refusalsShareTime = true;
  const answers = items.map((draft): Posted | Refused => {
    const slip = sumReason(draft.legs);
    if (slip) return refusedAnswer(slip);
    const decided = postOne(book, draft, 'open');
    undo.push(decided.undo);
    return decided.answer;
  });
  book.refusalsShareTime = refusalsShareTime;
  if (book.nextSeq === nextSeq && frozen.size > known) undo.push(book.pass());
  return {
    answer: { items: answers } satisfies Answer,
    undo: () => undo.reverse().forEach((step) => step()),
  };
}
