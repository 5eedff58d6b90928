import { ACCOUNT_KINDS, ENTRY_KINDS } from './kinds';
import { balance, nameOf, type Account, type Book, type Draft, type Leg, type Refusal } from './book';
import type { Door } from './door';
import { holdReason, placedHoldReason } from './judge-hold';
import { backdatedReason, effectiveReason } from './judge-time';

const TURNOVER_MAX = 9_000_000_000_000_000_000n;

/** The first reason against an entry of a fresh key, in the order in which the ledger asks; none when it is posted. */
export function reasonAgainst(book: Book, draft: Draft, door: Door): Refusal | undefined {
  return (
    kindReason(draft, door) ??
    effectiveReason(book, draft) ??
    firstOf(draft.legs, (leg) => legReason(book, draft.kind, leg, door)) ??
    sumReason(draft.legs) ??
    conditionReason(book, draft, door) ??
    reversalReason(book, draft, door) ??
    holdReason(book, draft, door) ??
    placedHoldReason(book, draft) ??
    floorReason(book, draft.legs) ??
    backdatedReason(book, draft)
  );
}

function kindReason({ kind, reverses }: Draft, door: Door): Refusal | undefined {
  const known = ENTRY_KINDS[kind];
  if (!known) return { code: 'KIND_UNKNOWN', kind };
  const isReversal = reverses !== undefined;
  if (door === 'open' && isReversal !== (kind === 'reversal')) return { code: 'KIND_NOT_ALLOWED', kind };
  const fits = door === 'open' ? known.open : !known.open && known.owner === door.owner;
  return fits ? undefined : { code: 'KIND_NOT_ALLOWED', kind };
}

/** The account as the door sees it: those of domain kinds are there for domain entries before their first posting. */
export function accountFor(book: Book, leg: Pick<Leg, 'path' | 'asset'>, door: Door): Account | undefined {
  const there = book.accounts.get(nameOf(leg));
  if (there) return there;
  const kind = leg.path.split('/')[0]!;
  const terms = ACCOUNT_KINDS[kind];
  if (door === 'open' || !terms) return undefined;
  const nothing = { openedAt: book.now, debits: 0n, credits: 0n, version: 0n, closed: false, postings: [] };
  return { path: leg.path, asset: leg.asset, kind, ...terms, ...nothing };
}

function legReason(book: Book, kind: string, leg: Leg, door: Door): Refusal | undefined {
  const { path: account, asset, amount } = leg;
  if (!book.assets.has(asset)) return { code: 'ASSET_UNKNOWN', asset };
  const found = accountFor(book, leg, door);
  if (!found) return { code: 'ACCOUNT_UNKNOWN', account, asset };
  if (found.closed) return { code: 'ACCOUNT_CLOSED', account, asset };
  if (!ENTRY_KINDS[kind]!.accountKinds.includes(found.kind))
    return { code: 'ACCOUNT_KIND_NOT_ALLOWED', account, kind };
  const turnover = amount > 0n ? found.debits + amount : found.credits - amount;
  return turnover > TURNOVER_MAX ? { code: 'BALANCE_TOO_LARGE', account, asset } : undefined;
}

export function sumReason(legs: readonly Leg[]): Refusal | undefined {
  const sums = new Map<string, bigint>();
  for (const { asset, amount } of legs) sums.set(asset, (sums.get(asset) ?? 0n) + amount);
  return firstOf([...sums], ([asset, difference]) =>
    difference === 0n ? undefined : { code: 'ENTRY_UNBALANCED', asset, difference },
  );
}

function conditionReason(book: Book, { kind, conditions = [] }: Draft, door: Door): Refusal | undefined {
  return firstOf(conditions, ({ path, asset, is, value }, index) => {
    if (!book.assets.has(asset)) return { code: 'ASSET_UNKNOWN', asset };
    const account = accountFor(book, { path, asset }, door);
    if (!account) return { code: 'ACCOUNT_UNKNOWN', account: path, asset };
    if (!ENTRY_KINDS[kind]!.accountKinds.includes(account.kind))
      return { code: 'ACCOUNT_KIND_NOT_ALLOWED', account: path, kind };
    const actual = is === 'version' ? account.version : balance(account);
    const holds =
      is === 'balance-at-least'
        ? actual >= value
        : is === 'balance-at-most'
          ? actual <= value
          : actual === value;
    if (holds) return undefined;
    return {
      code: 'CONDITION_FAILED',
      condition: String(index),
      account: path,
      asset,
      is,
      expected: value,
      actual,
    };
  });
}

/** Reversals of an entry together never take back more of a leg than it moved, nor the other way round. */
function reversalReason(book: Book, { reverses, legs }: Draft, door: Door): Refusal | undefined {
  if (reverses === undefined) return undefined;
  const original = book.entryOf.get(reverses);
  if (!original) return { code: 'REVERSAL_UNKNOWN', reverses };
  if (original.draft.reverses !== undefined) return { code: 'REVERSAL_OF_REVERSAL', reverses };
  if (door === 'open' && !ENTRY_KINDS[original.kind]!.open)
    return { code: 'KIND_NOT_ALLOWED', kind: original.kind };
  const left = leftToReverse(book, original.id);
  return firstOf(legs, (leg) => {
    const rest = left.get(nameOf(leg)) ?? 0n;
    const fits = rest < 0n ? leg.amount < 0n && leg.amount >= rest : leg.amount > 0n && leg.amount <= rest;
    if (fits) return undefined;
    return { code: 'REVERSAL_EXCEEDS', reverses, account: leg.path, asset: leg.asset, left: rest };
  });
}

/** What a reversal may still move on each account of an entry, in the reversal's direction. */
export function leftToReverse(book: Book, id: string): Map<string, bigint> {
  const left = new Map<string, bigint>();
  for (const leg of book.entryOf.get(id)?.draft.legs ?? []) left.set(nameOf(leg), -leg.amount);
  for (const { draft } of book.entries) {
    if (draft.reverses !== id) continue;
    for (const leg of draft.legs) left.set(nameOf(leg), (left.get(nameOf(leg)) ?? 0n) - leg.amount);
  }
  return left;
}

function floorReason(book: Book, legs: readonly Leg[]): Refusal | undefined {
  return firstOf(legs, (leg) => {
    const { path: account, asset } = leg;
    const found = accountFor(book, leg, { owner: '' })!;
    const after = balance(found) + found.side * leg.amount;
    if (found.floor === null || after >= found.floor) return undefined;
    return { code: 'BALANCE_INSUFFICIENT', account, asset, missing: found.floor - after };
  });
}

function firstOf<T>(
  items: readonly T[],
  reason: (item: T, index: number) => Refusal | undefined,
): Refusal | undefined {
  for (const [index, item] of items.entries()) {
    const found = reason(item, index);
    if (found) return found;
  }
  return undefined;
}
