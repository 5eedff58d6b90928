import type { Hold, Micros } from './book';

/** Which past is meant; without a limit, none. */
export interface Times {
  readonly effectiveAt?: Micros | undefined;
  readonly recordedAt?: Micros | undefined;
}

/** Every question that the ledger answers. Pages are walked to the end, `limit` lines at a time. */
export type Query =
  | { readonly of: 'balance'; readonly path: string; readonly asset: string }
  | (Times & { readonly of: 'balance-at'; readonly path: string; readonly asset?: string | undefined })
  | { readonly of: 'sums'; readonly heads: readonly string[] }
  | { readonly of: 'turnover'; readonly kinds: readonly string[]; readonly prefix: string }
  | TurnoverAt
  | {
      readonly of: 'statement';
      readonly path: string;
      readonly asset: string;
      readonly order: Order;
      readonly limit: number;
    }
  | StatementAt
  | { readonly of: 'trial-balance' }
  | (Times & { readonly of: 'trial-balance-at'; readonly depth?: number | undefined })
  | { readonly of: 'accounts'; readonly prefix?: string | undefined; readonly limit: number }
  | Tree
  | { readonly of: 'entry'; readonly by: string | bigint }
  | EntriesBy
  | { readonly of: 'hold'; readonly hold: string }
  | { readonly of: 'holds'; readonly state?: Hold['state'] | undefined; readonly limit: number }
  | { readonly of: 'periods' };

export type Order = 'newest' | 'oldest';

export interface Tree extends Times {
  readonly of: 'tree';
  readonly prefix?: string | undefined;
  readonly depth?: number | undefined;
  readonly asset?: string | undefined;
  readonly limit: number;
}

export interface TurnoverAt {
  readonly of: 'turnover-at';
  readonly prefix: string;
  readonly asset?: string | undefined;
  readonly from?: Micros | undefined;
  readonly to?: Micros | undefined;
  readonly recordedAt?: Micros | undefined;
}

export interface StatementAt {
  readonly of: 'statement-at';
  readonly path: string;
  readonly asset: string;
  readonly by: 'recorded' | 'effective';
  readonly order: Order;
  readonly from?: Micros | undefined;
  readonly to?: Micros | undefined;
  readonly recordedAt?: Micros | undefined;
  readonly limit: number;
}

export interface EntriesBy {
  readonly of: 'entries';
  readonly kind?: string | undefined;
  readonly account?: string | undefined;
  readonly prefix?: string | undefined;
  readonly asset?: string | undefined;
  readonly amountMin?: bigint | undefined;
  readonly amountMax?: bigint | undefined;
  readonly actor?: string | undefined;
  readonly reference?: string | undefined;
  readonly memo?: string | undefined;
  readonly reverses?: string | undefined;
  readonly hold?: string | undefined;
  readonly recordedFrom?: Micros | undefined;
  readonly recordedTo?: Micros | undefined;
  readonly effectiveFrom?: Micros | undefined;
  readonly effectiveTo?: Micros | undefined;
  readonly order: Order;
  readonly limit: number;
}
