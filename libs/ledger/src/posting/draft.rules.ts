import { invariant, isUuid, ok, refuse, type Result } from '@app/kernel';
import { AMOUNT_MAX, LEGS_MAX, type Condition, type EntryDraft } from '../entry';
import type { PostingRefusal } from '../posting-refusal';
import { SeenAccounts } from './seen-accounts';

const PATH = /^[a-z0-9-]+(?:\/[a-z0-9-]+)*$/;
const MEMO = /^[a-z0-9.-]{1,64}$/;

export const PATH_MAX = 200;
const AMOUNT_MIN = -AMOUNT_MAX;
export const REFERENCE_MAX = 200;
export const CONDITIONS_MAX = 100;

/** No balance is beyond it: turnover ends before. */
export const BALANCE_MAX = 9_000_000_000_000_000_000n;

export const isAccountPath = (text: string): boolean => text.length <= PATH_MAX && PATH.test(text);
export const isMemo = (text: string): boolean => MEMO.test(text);

/** What every draft keeps by construction. A broken one is a bug of its author, not a refusal. */
export function assertWellFormed({ id, reference, memo, reverses, legs, conditions }: EntryDraft): void {
  invariant(isUuid(id), 'an entry has a uuid');
  invariant(reverses === undefined || isUuid(reverses), 'a reversal names a uuid');
  invariant(legs.length >= 2 && legs.length <= LEGS_MAX, 'an entry has 2 to 2,000 legs');
  invariant(
    reference === undefined || (reference !== '' && reference.length <= REFERENCE_MAX),
    'a reference',
  );
  invariant(memo === undefined || isMemo(memo), 'a memo is a code');
  const seen = new SeenAccounts();
  for (const leg of legs) {
    const { path, amount } = leg;
    invariant(isAccountPath(path), 'an account path is lower-case segments');
    invariant(amount !== 0n && amount <= AMOUNT_MAX && amount >= AMOUNT_MIN, 'a leg has a bounded amount');
    invariant(seen.add(leg), 'an entry names an account once: sum its legs first');
  }
  if (conditions) assertConditions(conditions);
}

function assertConditions(conditions: readonly Condition[]): void {
  invariant(conditions.length <= CONDITIONS_MAX, 'an entry has few conditions');
  for (const { path, value } of conditions) {
    invariant(isAccountPath(path), 'an account path is lower-case segments');
    invariant(value <= BALANCE_MAX && value >= -BALANCE_MAX, 'a condition has a bounded value');
  }
}

/** Zero per asset. Asked before the fence where a person typed the entry: nothing is frozen by a slip. */
export function checkBalanced({ legs }: EntryDraft): Result<null, PostingRefusal> {
  const sums = new Map<string, bigint>();
  for (const { asset, amount } of legs) sums.set(asset, (sums.get(asset) ?? 0n) + amount);
  for (const [asset, difference] of sums) {
    if (difference !== 0n) return refuse({ code: 'ENTRY_UNBALANCED', asset, difference });
  }
  return ok(null);
}
