import type { EntryQuery } from '../views';
import { UNDER } from './under';

/** Conditions on an entry e, as SQL with numbered parameters. $1 is the book. */
export interface EntryFilters {
  readonly conditions: readonly string[];
  readonly params: readonly unknown[];
  /** Whether the postings of each entry have to be looked at. */
  readonly ofPostings: boolean;
}

/** All filters but the time of recording, which is a range of numbers. */
export function filtersOf(book: number, query: EntryQuery): EntryFilters {
  const params: unknown[] = [book];
  const given = (value: unknown): string => `$${params.push(value)}`;
  const conditions: string[] = [];
  const when = <T>(value: T | undefined, condition: (parameter: string) => string): void => {
    if (value !== undefined) conditions.push(condition(given(value)));
  };
  when(query.kind, (p) => `e.kind = (SELECT k.id FROM ledger.entry_kind k WHERE k.kind = ${p})`);
  when(query.actor, (p) => `e.actor = ${p}`);
  when(query.reference, (p) => `e.reference = ${p}`);
  when(query.memo, (p) => `e.memo = ${p}`);
  when(query.effectiveFrom, (p) => `e.effective_at > ${p}`);
  when(query.effectiveTo, (p) => `e.effective_at <= ${p}`);
  const ofPosting = comesByAccount(query) ? [] : postingConditions(query, given);
  if (ofPosting.length > 0) {
    conditions.push(`EXISTS (
      SELECT FROM ledger.posting p
        JOIN ledger.account a ON a.book = p.book AND a.id = p.account
       WHERE p.book = e.book AND p.seq = e.seq AND ${ofPosting.join(' AND ')})`);
  }
  return { conditions, params, ofPostings: ofPosting.length > 0 };
}

/** Nothing is asked of a posting but its account: the entries are found by the account's postings, and fit. */
const comesByAccount = ({ account, prefix, amountMin, amountMax, reverses, hold }: EntryQuery): boolean =>
  account !== undefined &&
  [prefix, amountMin, amountMax, reverses, hold].every((other) => other === undefined);

/** All of them about one and the same posting. */
function postingConditions(query: EntryQuery, given: (value: unknown) => string): string[] {
  const { account, prefix, asset, amountMin, amountMax } = query;
  const conditions: string[] = [];
  const when = <T>(value: T | undefined, condition: (parameter: string) => string): void => {
    if (value !== undefined) conditions.push(condition(given(value)));
  };
  when(account, (p) => `a.path = ${p}`);
  when(prefix, (p) => UNDER(`${p}::text`));
  when(asset, (p) => `p.asset = (SELECT s.id FROM ledger.asset s WHERE s.book = $1 AND s.code = ${p})`);
  when(amountMin, (p) => `abs(p.amount) >= ${p}`);
  when(amountMax, (p) => `abs(p.amount) <= ${p}`);
  return conditions;
}
