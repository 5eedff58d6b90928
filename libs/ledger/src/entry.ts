import { invariant } from '@app/kernel';

/** One line of an entry: positive debits the account, negative credits it. Never zero. */
export interface Leg {
  /** Lower-case segments `[a-z0-9-]+` joined by `/`; the first is the account's kind for domain accounts. */
  readonly path: string;
  /** Asset code: `CNY`, `CO2E/<issuance code>`. */
  readonly asset: string;
  /** Counted integers (fen, grams). */
  readonly amount: bigint;
}

/** How an entry puts value aside until something happens or time runs out. */
export interface HoldTerms {
  readonly expiresAt: Date;
  /** The owner (lib) whose entries may end the hold: `cards`, `credits`. */
  readonly endedBy: string;
}

/** Which hold an entry takes value out of, from the accounts that the hold's entry credited. */
export interface HoldEnd {
  /** Id of the entry that made the hold. */
  readonly hold: string;
  readonly as: 'commit' | 'release' | 'expire';
  /** True: some of what is left. Otherwise all of it, and the hold ends. */
  readonly part?: boolean;
}

/** What must be so just before the entry; else it is refused. Version and balance are those of one account. */
export interface Condition {
  readonly path: string;
  readonly asset: string;
  readonly is: 'version' | 'balance' | 'balance-at-least' | 'balance-at-most';
  readonly value: bigint;
}

/** An entry as its author wants it. The same draft may be posted any number of times: the first counts. */
export interface EntryDraft {
  /** A uuid the operation always has: `idOf('lock', rosterId, String(n))`. */
  readonly id: string;
  /** `<lib>.<verb>`, or an open kind such as `transfer`. */
  readonly kind: string;
  /** Document number or id of what the entry is about. Never personal data. */
  readonly reference?: string;
  /** A code, not prose: `[a-z0-9.-]{1,64}`. */
  readonly memo?: string;
  /** When it counts for the business; the moment of recording when left out. */
  readonly effectiveAt?: Date;
  /** Id of the entry this one takes back, whole or in part. */
  readonly reverses?: string;
  /** Each (path, asset) at most once, at most 2,000: see `sumLegs`. Sums to zero per asset. */
  readonly legs: readonly Leg[];
  readonly hold?: HoldTerms;
  readonly ends?: HoldEnd;
  /** Judged in their order, before the entry's own amounts are. */
  readonly conditions?: readonly Condition[];
  /**
   * What was asked for, where the legs follow from the state of the book ("all that is left"): then this and not
   * the legs tells whether an id comes back with the same request.
   */
  readonly asked?: string;
  /** Digest of the batch it came in, and its place there: the same key with another batch is not the same request. */
  readonly batch?: string;
}

export interface PostedPosting extends Leg {
  /** side × (debits − credits) of the account after this entry. */
  readonly balanceAfter: bigint;
  /** How many postings the account has had, this one included. */
  readonly version: bigint;
}

export interface PostedEntry {
  readonly id: string;
  /** Gap-free per book, from 1. */
  readonly seq: bigint;
  /** The book's clock under the fence, strictly later than the entry before. Milliseconds; see `recordedAtText`. */
  readonly recordedAt: Date;
  /** The same instant to the microsecond, ISO 8601 in UTC. */
  readonly recordedAtText: string;
  readonly effectiveAt: Date;
  readonly effectiveAtText: string;
  /** True when the same draft had been posted before. */
  readonly replayed: boolean;
  readonly postings: readonly PostedPosting[];
}

/** The most legs an entry may have: larger ones would hold the book's fence. */
export const LEGS_MAX = 2_000;

/** The largest amount of one leg: sums of postings then stay far from the end of bigint. */
export const AMOUNT_MAX = 1_000_000_000_000_000n;

/** `from → to`: debits one account and credits the other. */
export function move(from: string, to: string, asset: string, amount: bigint): [Leg, Leg] {
  invariant(amount > 0n, 'a move has a positive amount');
  return [
    { path: from, asset, amount },
    { path: to, asset, amount: -amount },
  ];
}

/** Merges legs on one (path, asset) into one, in order of first mention, and drops those that cancel out. */
export function sumLegs(legs: readonly Leg[]): Leg[] {
  const sums = new Map<string, Leg>();
  for (const leg of legs) {
    const name = `${leg.path} ${leg.asset}`;
    const sum = sums.get(name);
    sums.set(name, sum ? { ...sum, amount: sum.amount + leg.amount } : leg);
  }
  return [...sums.values()].filter(({ amount }) => amount !== 0n);
}
