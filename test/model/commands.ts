import type { Condition, Draft, Leg, Micros } from './book';
import type { Query } from './query';

/** Something that is asked of a book, as plain data: it is generated, shrunk, printed and played again. */
export type Command =
  /** An entry of an open kind, through the lane. */
  | { readonly do: 'post'; readonly draft: Draft }
  /** Entries of domain kinds in one unit of work: all or none. */
  | { readonly do: 'work'; readonly drafts: readonly Draft[] }
  | Batch
  | Reverse
  | PlaceHold
  | TakeHold
  | { readonly do: 'expire'; readonly hold: string }
  | {
      readonly do: 'open';
      readonly path: string;
      readonly asset: string;
      readonly side: 1 | -1;
      readonly floor: bigint | null;
    }
  | { readonly do: 'close'; readonly path: string; readonly asset: string }
  | { readonly do: 'floor'; readonly path: string; readonly asset: string; readonly floor: bigint | null }
  | { readonly do: 'close-period'; readonly endsAt: Micros }
  | { readonly do: 'ask-reopening'; readonly no: bigint; readonly by: string }
  | { readonly do: 'reopen'; readonly no: bigint; readonly by: string }
  | { readonly do: 'ask'; readonly query: Query }
  | { readonly do: 'wait'; readonly until: Micros };

export type Of<Name extends Command['do']> = Extract<Command, { do: Name }>;

export interface Batch {
  readonly do: 'batch';
  readonly id: string;
  readonly mode: 'atomic' | 'continue';
  readonly dryRun: boolean;
  readonly drafts: readonly Omit<Draft, 'id'>[];
}

export interface Reverse {
  readonly do: 'reverse';
  readonly id: string;
  readonly entry: string;
  /** What is left of every leg, when absent. */
  readonly legs?: readonly Leg[] | undefined;
  readonly effectiveAt?: Micros | undefined;
  readonly conditions?: readonly Condition[] | undefined;
}

export interface PlaceHold {
  readonly do: 'hold';
  readonly id: string;
  readonly from: string;
  readonly asset: string;
  readonly amount: bigint;
  readonly expiresAt: Micros;
}

export type TakeHold = TakeHoldAs<'commit'> | TakeHoldAs<'release'>;

interface TakeHoldAs<As> {
  readonly do: As;
  readonly id: string;
  readonly hold: string;
  /** Of a commit: the account that is credited. */
  readonly to: string;
  /** What is left of it, when absent. */
  readonly amount?: bigint | undefined;
}

export const ACTOR = 'tester';
