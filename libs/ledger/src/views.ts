import type { PostedPosting } from './entry';

export interface PageQuery {
  /** What the page before returned as `next`. */
  readonly cursor?: string;
  /** 1–500, 50 when left out. */
  readonly limit?: number;
}

export interface AccountView {
  readonly path: string;
  readonly asset: string;
  readonly kind: string;
  /** +1 debit-normal, −1 credit-normal. */
  readonly side: 1 | -1;
  /** The least balance; null where there is none. */
  readonly floor: bigint | null;
  readonly debits: bigint;
  readonly credits: bigint;
  readonly balance: bigint;
  readonly version: bigint;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
}

export interface AccountPage {
  readonly items: readonly AccountView[];
  readonly next: string | null;
}

export interface TurnoverQuery {
  readonly kinds: readonly string[];
  /** A first segment or a longer prefix of whole segments. */
  readonly prefix: string;
}

export interface Turnover {
  readonly debits: bigint;
  readonly credits: bigint;
}

export interface StatementQuery extends PageQuery {
  readonly path: string;
  readonly asset: string;
  /** Newest first when left out. */
  readonly order?: 'newest' | 'oldest';
}

export interface StatementLine {
  readonly version: bigint;
  readonly seq: bigint;
  readonly entryId: string;
  readonly kind: string;
  readonly amount: bigint;
  readonly balanceAfter: bigint;
  readonly recordedAt: string;
  readonly effectiveAt: string;
  readonly reference: string | null;
  readonly memo: string | null;
}

export interface StatementPage {
  readonly items: readonly StatementLine[];
  readonly next: string | null;
}

export interface StatementTextQuery extends PageQuery {
  readonly path: string;
  readonly asset: string;
}

/** A page of a statement, newest first, ready to be sent on. */
export interface StatementText {
  /** A JSON list of lines; amounts and numbers as strings, `debit` or `credit` by their side. */
  readonly items: string;
  readonly next: string | null;
}

export interface TrialBalanceRow {
  readonly kind: string;
  readonly asset: string;
  readonly side: 1 | -1 | 0;
  readonly accounts: bigint;
  readonly debits: bigint;
  readonly credits: bigint;
  /** Σ side × (debits − credits) of the accounts of the row. */
  readonly balance: bigint;
}

/** A recorded entry, whole. Instants are ISO 8601 in UTC to the microsecond. */
export interface EntryView {
  readonly id: string;
  readonly seq: bigint;
  readonly kind: string;
  readonly actor: string;
  readonly reference: string | null;
  readonly memo: string | null;
  readonly recordedAt: string;
  readonly effectiveAt: string;
  /** Id of the entry it takes back. */
  readonly reverses: string | null;
  /** The hold it takes value out of, and as what; null for all other entries. */
  readonly hold: { readonly hold: string; readonly as: 'commit' | 'release' | 'expire' } | null;
  readonly postings: readonly PostedPosting[];
}

/**
 * Which past is meant. Both are ISO 8601 texts with up to six decimals of a second; what lies exactly at a limit
 * belongs to it.
 */
export interface Times {
  /** What counted up to here; without it, whatever counts whenever. */
  readonly effectiveAt?: string;
  /** As it was known here; without it, as it is known now. */
  readonly recordedAt?: string;
}

export interface BalanceAtQuery extends Times {
  readonly path: string;
  /** All assets of the path without it. */
  readonly asset?: string;
}

export interface BalanceAt {
  readonly path: string;
  readonly asset: string;
  readonly side: 1 | -1;
  readonly balance: bigint;
  /** How many postings had been recorded. */
  readonly version: bigint;
}

export interface StatementAtQuery extends PageQuery {
  readonly path: string;
  readonly asset: string;
  /** `recorded`: as the lines came; `effective`: as they count, late ones in their place. */
  readonly by: 'recorded' | 'effective';
  /** Newest first when left out. */
  readonly order?: 'newest' | 'oldest';
  /** Lines after `from`, up to and including `to`, in the time of `by`. */
  readonly from?: string;
  readonly to?: string;
  /** As it was known then. */
  readonly recordedAt?: string;
}

export interface StatementAt {
  /** Balances at `from` and at `to`, whatever the page shows of what lies between. */
  readonly opening: bigint;
  readonly closing: bigint;
  /** `balanceAfter` runs in the order asked for. */
  readonly items: readonly StatementLine[];
  /** Cursors of the pages after and before this one. Pages of one walk show one state of the account. */
  readonly next: string | null;
  readonly previous: string | null;
}

export interface TrialBalanceAtQuery extends Times {
  /** Rows by the first segments of the paths in place of rows by kind. */
  readonly depth?: number;
}

export interface TrialBalanceAtRow extends TrialBalanceRow {
  /** The first `depth` segments, when a depth was asked for. */
  readonly path: string | null;
}

export interface AccountTreeQuery extends Times, PageQuery {
  /** Whole segments; the whole book without it. */
  readonly prefix?: string;
  /** The most segments of a node; one more than the prefix when left out. */
  readonly depth?: number;
  readonly asset?: string;
}

/** All accounts of one asset at and under a path. */
export interface AccountNode {
  readonly path: string;
  readonly depth: number;
  readonly asset: string;
  readonly accounts: bigint;
  readonly debits: bigint;
  readonly credits: bigint;
  /** Σ side × (debits − credits). */
  readonly balance: bigint;
  /** Of the account with exactly this path; null where there is none. */
  readonly own: bigint | null;
}

export interface AccountTree {
  readonly items: readonly AccountNode[];
  readonly next: string | null;
}

export interface TurnoverAtQuery {
  /** Whole segments: one account's path, or what lies under it too. */
  readonly prefix: string;
  readonly asset?: string;
  /** Effective after `from`, up to and including `to`. */
  readonly from?: string;
  readonly to?: string;
  readonly recordedAt?: string;
}

export interface TurnoverAt extends Turnover {
  readonly asset: string;
}

/** Any of these together. Ranges are after `…From`, up to and including `…To`. */
export interface EntryQuery extends PageQuery {
  readonly kind?: string;
  /** Exactly this path. */
  readonly account?: string;
  /** This path and what lies under it. */
  readonly prefix?: string;
  readonly asset?: string;
  /** Bounds of the amount of a posting, whichever its side. */
  readonly amountMin?: bigint;
  readonly amountMax?: bigint;
  readonly actor?: string;
  readonly reference?: string;
  readonly memo?: string;
  /** Id of the entry that is taken back. */
  readonly reverses?: string;
  /** The hold that was made or stepped on. */
  readonly hold?: string;
  readonly recordedFrom?: string;
  readonly recordedTo?: string;
  readonly effectiveFrom?: string;
  readonly effectiveTo?: string;
  /** Newest first when left out. */
  readonly order?: 'newest' | 'oldest';
}

export interface EntryPage {
  readonly items: readonly EntryView[];
  /** Null at the end of the book. A page looks at a bounded part of it, so it may be short and still have a next. */
  readonly next: string | null;
}
