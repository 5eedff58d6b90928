/** Instants are microseconds since 1970, as the ledger counts them. */
export type Micros = bigint;

export interface Leg {
  readonly path: string;
  readonly asset: string;
  readonly amount: bigint;
}

export interface Condition {
  readonly path: string;
  readonly asset: string;
  readonly is: 'version' | 'balance' | 'balance-at-least' | 'balance-at-most';
  readonly value: bigint;
}

/** What is asked for: the model's own words, so that the product's types cannot teach it anything. */
export interface Draft {
  readonly id: string;
  readonly kind: string;
  readonly legs: readonly Leg[];
  readonly reference?: string | undefined;
  readonly memo?: string | undefined;
  readonly effectiveAt?: Micros | undefined;
  readonly reverses?: string | undefined;
  readonly hold?: { readonly expiresAt: Micros; readonly endedBy: string } | undefined;
  readonly ends?: HoldStep | undefined;
  readonly conditions?: readonly Condition[] | undefined;
  /** What was asked for where the legs follow from the state of the book. */
  readonly asked?: string | undefined;
  /** What the whole batch asks that it is an item of. */
  readonly batch?: string | undefined;
}

export interface HoldStep {
  readonly hold: string;
  readonly as: 'commit' | 'release' | 'expire';
  /** Some of what is left, in place of all of it. */
  readonly part?: boolean | undefined;
}

export interface Posting extends Leg {
  readonly balanceAfter: bigint;
  readonly version: bigint;
}

export interface Entry {
  readonly draft: Draft;
  readonly id: string;
  readonly seq: bigint;
  readonly kind: string;
  readonly actor: string;
  readonly recordedAt: Micros;
  readonly effectiveAt: Micros;
  readonly postings: readonly Posting[];
}

export interface Account {
  readonly path: string;
  readonly asset: string;
  /** `open`, or the first segment of the path. */
  readonly kind: string;
  readonly side: 1n | -1n;
  openedAt: Micros;
  floor: bigint | null;
  debits: bigint;
  credits: bigint;
  version: bigint;
  closed: boolean;
  /** Its postings in order of version. */
  readonly postings: { readonly entry: Entry; readonly posting: Posting }[];
}

export interface Hold {
  readonly id: string;
  readonly seq: bigint;
  readonly owner: string;
  readonly expiresAt: Micros;
  state: 'held' | 'committed' | 'released' | 'expired';
  /** What is still put aside on each account that the hold's entry credited. */
  readonly left: Map<string, bigint>;
  /** How the steps so far took from it. */
  readonly steps: ('commit' | 'release' | 'expire')[];
}

export interface Frozen {
  readonly draft?: Draft;
  readonly batch?: string;
  readonly refusal: Refusal;
}

export interface Period {
  readonly no: bigint;
  readonly endsAt: Micros;
  state: 'closed' | 'reopened';
  readonly closedBy: string;
  askedBy: string | null;
  reopenedBy: string | null;
  /** Effective turnover of each account by its end. */
  readonly balances: string;
}

export interface Refusal {
  readonly code: string;
  readonly [fact: string]: string | bigint | undefined;
}

export const nameOf = ({ path, asset }: { readonly path: string; readonly asset: string }): string =>
  `${path} ${asset}`;

/** All that a book knows, as plain values. Only `record.ts` and `terms.ts` change it. */
export class Book {
  last: Micros = -(2n ** 62n);
  nextSeq = 1n;
  closedUntil: Micros | null = null;
  readonly assets = new Set(['CNY']);
  readonly accounts = new Map<string, Account>();
  readonly entries: Entry[] = [];
  readonly entryOf = new Map<string, Entry>();
  /** Refusals that stay with their key: of one entry, or of a batch as a whole. */
  readonly frozen = new Map<string, Frozen>();
  readonly holds = new Map<string, Hold>();
  readonly periods: Period[] = [];

  /** The instant that the ledger told, where many decide at once and the model cannot know it. */
  hint: Micros | undefined;
  /** In one call refusals take no instant from the entries beside them; of racing calls it is not known. */
  refusalsShareTime = false;

  constructor(public clock: Micros) {}

  /** The instant at which the next decision is made. */
  get now(): Micros {
    return this.hint ?? (this.clock > this.last ? this.clock : this.last + 1n);
  }

  /** A decision that is kept takes its instant, so that the next one is later. */
  pass(): () => void {
    const { last } = this;
    if (!this.refusalsShareTime) this.last = this.now;
    return () => (this.last = last);
  }

  balanceOf(name: string): bigint {
    const account = this.accounts.get(name);
    return account ? balance(account) : 0n;
  }
}

/** Side × (debits − credits): what every screen shows. */
export const balance = ({ side, debits, credits }: Account): bigint => side * (debits - credits);
