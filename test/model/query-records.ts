import { postingText } from './answer';
import type { Book, Entry, Hold } from './book';
import { leftOf, originOf } from './holds';
import { textOf } from './instant';
import type { EntriesBy } from './query';
import { isBetween } from './query-postings';

export const entryOf = (book: Book, by: string | bigint): unknown =>
  entryText(typeof by === 'string' ? book.entryOf.get(by) : book.entries[Number(by) - 1]);

function entryText(entry: Entry | undefined): unknown {
  if (!entry) return null;
  const { id, seq, kind, actor, recordedAt, effectiveAt, draft, postings } = entry;
  const { reference = null, memo = null, reverses = null, ends } = draft;
  const said = [reference, memo, reverses, ends ? `${ends.hold} ${ends.as}` : null];
  return [
    id,
    seq.toString(),
    kind,
    actor,
    textOf(recordedAt),
    textOf(effectiveAt),
    said,
    postings.map(postingText),
  ];
}

/** All filters together; those on postings are about one and the same posting. */
export function entriesBy(book: Book, query: Omit<EntriesBy, 'of' | 'limit'>): unknown {
  const found = book.entries.filter(
    (entry) =>
      isSaid(entry, query) && isInTime(entry, query) && (!asksPostings(query) || hasPosting(entry, query)),
  );
  if (query.order === 'newest') found.reverse();
  return found.map(entryText);
}

type Filters = Omit<EntriesBy, 'of' | 'limit'>;

const isOr = <T>(wanted: T | undefined, value: T | undefined): boolean =>
  wanted === undefined || wanted === value;

const isSaid = ({ id, kind, actor, draft }: Entry, query: Filters): boolean =>
  isOr(query.kind, kind) &&
  isOr(query.actor, actor) &&
  isOr(query.reference, draft.reference) &&
  isOr(query.memo, draft.memo) &&
  isOr(query.reverses, draft.reverses) &&
  (query.hold === undefined ||
    draft.ends?.hold === query.hold ||
    (draft.hold !== undefined && id === query.hold));

const isInTime = ({ recordedAt, effectiveAt }: Entry, query: Filters): boolean =>
  isBetween(recordedAt, query.recordedFrom, query.recordedTo) &&
  isBetween(effectiveAt, query.effectiveFrom, query.effectiveTo);

const asksPostings = ({ account, prefix, asset, amountMin, amountMax }: Filters): boolean =>
  [account, prefix, asset, amountMin, amountMax].some((value) => value !== undefined);

const hasPosting = (
  { postings }: Entry,
  { account, prefix, asset, amountMin, amountMax }: Filters,
): boolean =>
  postings.some(({ path, asset: code, amount }) => {
    const size = amount < 0n ? -amount : amount;
    return (
      isOr(account, path) &&
      (prefix === undefined || path === prefix || path.startsWith(`${prefix}/`)) &&
      isOr(asset, code) &&
      (amountMin === undefined || size >= amountMin) &&
      (amountMax === undefined || size <= amountMax)
    );
  });

export function holdOf(book: Book, id: string): unknown {
  const hold = book.holds.get(id);
  return hold?.owner === 'ledger' ? holdText(book, hold) : null;
}

/** Oldest first. */
export const holdsIn = (book: Book, state?: string): unknown =>
  [...book.holds.values()]
    .filter((hold) => hold.owner === 'ledger' && (state === undefined || hold.state === state))
    .map((hold) => holdText(book, hold));

function holdText(book: Book, hold: Hold): unknown {
  const { path, asset, amount } = originOf(book, hold.id);
  const taken = { committed: 0n, released: 0n };
  for (const { draft } of book.entries) {
    if (draft.ends?.hold !== hold.id) continue;
    const held = draft.legs.find((leg) => leg.path === `held/${hold.id}`)!;
    taken[draft.ends.as === 'commit' ? 'committed' : 'released'] += held.amount;
  }
  const amounts = [amount, leftOf(hold), taken.committed, taken.released].map(String);
  return [hold.id, hold.seq.toString(), hold.state, path, asset, ...amounts, textOf(hold.expiresAt)];
}

/** Newest first. */
export const periodsOf = (book: Book): unknown =>
  [...book.periods].reverse().map(({ no, endsAt, state, balances, closedBy, askedBy, reopenedBy }) => {
    const shown = state === 'closed' && askedBy !== null ? 'reopening-asked' : state;
    return [no.toString(), textOf(endsAt), shown, balances, closedBy, askedBy, reopenedBy];
  });
