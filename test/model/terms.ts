import { refusedAnswer } from './answer';
import { balance, nameOf, type Account, type Book } from './book';
import type { Of } from './commands';
import { ACCOUNT_KINDS } from './kinds';
import type { Decided } from './post';

export const refusal = (code: string, facts: object): Decided => ({
  answer: refusedAnswer({ code, ...facts }),
  undo: () => undefined,
});
export const unchanged = (facts: unknown): Decided => ({ answer: { done: facts }, undo: () => undefined });

/** A change of terms is an event, and takes its instant like an entry. */
export function changed(book: Book, facts: unknown, undo: () => void): Decided {
  const back = book.pass();
  return {
    answer: { done: facts },
    undo: () => {
      undo();
      back();
    },
  };
}

/** Opening an account again in the same terms changes nothing. */
export function openAccount(book: Book, { path, asset, side, floor }: Of<'open'>): Decided {
  if (!book.assets.has(asset)) return refusal('ASSET_UNKNOWN', { asset });
  if (ACCOUNT_KINDS[path.split('/')[0]!]) return refusal('ACCOUNT_PATH_RESERVED', { account: path });
  const name = nameOf({ path, asset });
  const there = book.accounts.get(name);
  if (there) {
    const isSame = there.side === BigInt(side) && there.floor === floor && !there.closed;
    return isSame ? unchanged('there') : refusal('ACCOUNT_EXISTS', { account: path, asset });
  }
  const totals = { debits: 0n, credits: 0n, version: 0n, closed: false, postings: [] };
  const terms = { kind: 'open', side: side === 1 ? 1n : -1n, floor, openedAt: book.now } as const;
  book.accounts.set(name, { path, asset, ...terms, ...totals });
  return changed(book, 'opened', () => book.accounts.delete(name));
}

/** Why the terms of an account are not the open door's to change. */
function notOpen(
  account: Account | undefined,
  { path, asset }: { path: string; asset: string },
  kind: string,
) {
  if (!account) return refusal('ACCOUNT_UNKNOWN', { account: path, asset });
  return account.kind === 'open' ? undefined : refusal('ACCOUNT_KIND_NOT_ALLOWED', { account: path, kind });
}

/** An empty account from which nothing is put aside is closed for good. */
export function closeAccount(book: Book, command: Of<'close'>): Decided {
  const { path, asset } = command;
  const name = nameOf(command);
  const account = book.accounts.get(name);
  const not = notOpen(account, command, 'close');
  if (not || !account) return not!;
  if (account.closed) return unchanged(false);
  if (balance(account) !== 0n)
    return refusal('BALANCE_NOT_ZERO', { account: path, balance: balance(account) });
  const isHeldFrom = [...book.holds.values()].some(
    ({ id, state }) =>
      state === 'held' && book.entryOf.get(id)!.draft.legs.some((leg) => nameOf(leg) === name),
  );
  if (isHeldFrom) return refusal('HOLD_OPEN', { account: path, asset });
  account.closed = true;
  return changed(book, true, () => (account.closed = false));
}

/** The floor of an open account moves to where the balance is not below it. */
export function changeFloor(book: Book, command: Of<'floor'>): Decided {
  const { path, asset, floor } = command;
  const account = book.accounts.get(nameOf(command));
  const not = notOpen(account, command, 'change-floor');
  if (not || !account) return not!;
  if (account.closed) return refusal('ACCOUNT_CLOSED', { account: path, asset });
  const { floor: before } = account;
  if (before === floor) return unchanged(false);
  if (floor !== null && balance(account) < floor)
    return refusal('BALANCE_INSUFFICIENT', { account: path, asset, missing: floor - balance(account) });
  account.floor = floor;
  return changed(book, true, () => (account.floor = before));
}
