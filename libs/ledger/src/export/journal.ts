import type { Day } from '@app/kernel';

/** What a journal in one of the plain-text tools is made of. Amounts are positive for debits, in all of them. */
export interface JournalAsset {
  readonly code: string;
  readonly unit: string;
  /** Decimal places of its numbers. */
  readonly scale: number;
}

/** An account of the book on one side, with all assets it holds there. */
export interface JournalAccount {
  readonly path: string;
  readonly side: 1 | -1;
  /** Other accounts of its side lie under it. */
  readonly isParent: boolean;
  readonly assets: readonly string[];
}

export interface JournalPosting {
  readonly path: string;
  readonly side: 1 | -1;
  readonly isParent: boolean;
  readonly asset: string;
  readonly scale: number;
  readonly amount: bigint;
  /** Debits minus credits of the account after this posting, in the order of the journal. */
  readonly balance: bigint;
  /** No later posting of the account is of the same day. */
  readonly isLastOfDay: boolean;
}

export interface JournalEntry {
  readonly day: Day;
  /** Null for the opening balances, which are no entry of the book. */
  readonly of: {
    readonly seq: string;
    readonly id: string;
    readonly kind: string;
    readonly reference: string | null;
    readonly memo: string | null;
    readonly reverses: string | null;
    readonly effectiveAt: string;
    readonly recordedAt: string;
  } | null;
  readonly postings: readonly JournalPosting[];
}

/** What the first lines of a journal say about it. */
export interface JournalHead {
  readonly book: string;
  /** The number of the last entry in the book when it was written. */
  readonly seq: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** One tool's syntax. Every part ends with a line feed; the same book gives the same bytes. */
export interface JournalFormat {
  head(head: JournalHead): string;
  asset(asset: JournalAsset): string;
  /** @param first the day of the first line of the journal */
  account(account: JournalAccount, first: Day): string;
  entry(entry: JournalEntry): string;
}
