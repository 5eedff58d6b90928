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
  readonly postings: readonly PostedPosting[];
}
