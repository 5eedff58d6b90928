import type { Entry, Posting, Refusal } from './book';
import { textOf } from './instant';

/** An answer as plain text, the same whether the ledger or the model gives it. */
export type Answer = Posted | Refused | Items | { readonly done: unknown };

export interface Posted {
  readonly posted: {
    readonly id: string;
    /** Numbers and times are not promised by a dry run. */
    readonly seq?: string;
    readonly recordedAt?: string;
    readonly effectiveAt?: string;
    readonly postings: readonly unknown[];
  };
  readonly replayed: boolean;
}

export interface Refused {
  readonly refused: Readonly<Record<string, string>>;
}

export interface Items {
  readonly items: readonly (Posted | Refused)[];
}

export const postedAnswer = (entry: Entry, replayed: boolean): Posted => ({
  posted: {
    id: entry.id,
    seq: entry.seq.toString(),
    recordedAt: textOf(entry.recordedAt),
    effectiveAt: textOf(entry.effectiveAt),
    postings: entry.postings.map(postingText),
  },
  replayed,
});

/** What a dry run says of an entry that would be posted. */
export const wouldBePosted = <T extends Posted | Refused>(answer: T): Posted | Refused =>
  'posted' in answer && !answer.replayed
    ? { posted: { id: answer.posted.id, postings: answer.posted.postings }, replayed: false }
    : answer;

export const refusedAnswer = (refusal: Refusal): Refused => ({ refused: factsText(refusal) });

export const postingText = ({ path, asset, amount, balanceAfter, version }: Posting): unknown => [
  path,
  asset,
  amount.toString(),
  balanceAfter.toString(),
  version.toString(),
];

export const factsText = (facts: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(facts)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  );

/** The entries that an answer tells of as new, in their order. */
export function freshIn(answer: Answer): Posted[] {
  const all = 'items' in answer ? answer.items : [answer];
  return all.filter(
    (item): item is Posted => 'posted' in item && !item.replayed && item.posted.seq !== undefined,
  );
}
