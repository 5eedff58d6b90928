import { freshIn, type Answer } from './answer';
import { answerTo } from './queries';
import { decideBatch } from './decide-batch';
import { expire, holdDraft, takeHold } from './holds';
import type { Door } from './door';
import { sumReason } from './judge';
import { askReopening, closePeriod, reopenPeriod } from './periods';
import { LEDGER, postAll, postOne, refused, type Decided } from './post';
import { reversalDraft } from './reversals';
import { changeFloor, closeAccount, openAccount } from './terms';
import type { Book, Draft, Refusal } from './book';
import type { Command, Of } from './commands';

export type { Decided } from './post';

type Way<Name extends Command['do']> = (book: Book, command: Of<Name>) => Decided;

const WAYS: { readonly [Name in Command['do']]: Way<Name> } = {
  post: (book, { draft }) => postUnless(sumReason(draft.legs), book, draft, 'open'),
  work: (book, { drafts }) => postAll(book, drafts),
  batch: decideBatch,
  reverse: (book, command) => {
    const slip = sumReason(command.legs ?? []);
    return slip ? refused(slip) : postMade(book, reversalDraft(book, command), 'open');
  },
  hold: (book, command) => postMade(book, holdDraft(command), LEDGER),
  commit: (book, command) => postMade(book, takeHold(book, command), LEDGER),
  release: (book, command) => postMade(book, takeHold(book, command), LEDGER),
  expire: (book, { hold }) => expire(book, hold),
  open: openAccount,
  close: closeAccount,
  floor: changeFloor,
  'close-period': closePeriod,
  'ask-reopening': askReopening,
  reopen: reopenPeriod,
  ask: (book, { query }) => ({ answer: { done: answerTo(book, query) }, undo: () => undefined }),
  wait: (book, { until }) => {
    const { clock } = book;
    if (until > clock) book.clock = until;
    return { answer: { done: null }, undo: () => (book.clock = clock) };
  },
};

/** What the ledger has to answer in this state of the book, which then is the next state. */
export function decide(book: Book, command: Command): Decided {
  const way = WAYS[command.do] as (book: Book, command: Command) => Decided;
  return way(book, command);
}

const postUnless = (slip: Refusal | undefined, book: Book, draft: Draft, door: Door): Decided =>
  slip ? refused(slip) : postOne(book, draft, door);

/** What the request is made into: an entry, or a refusal that is not kept. */
const postMade = (book: Book, made: Draft | Refusal, door: Door): Decided =>
  'code' in made ? refused(made) : postOne(book, made, door);

/** The number of the first entry that an answer tells of as new. */
export function numberOf(answer: Answer): bigint | undefined {
  const [first] = freshIn(answer);
  return first && BigInt(first.posted.seq!);
}
