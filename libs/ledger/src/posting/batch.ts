import { invariant } from '@app/kernel';
import type { EntryDraft } from '../entry';
import { bodyOf } from './body.rules';
import { assertWellFormed } from './draft.rules';

/** A draft and who posts it. */
export interface Order {
  readonly draft: EntryDraft;
  readonly actor: string;
}

/** Drafts as the dense arrays that the posting function takes: accounts once, legs as places in that list. */
export interface Batch {
  readonly ids: string[];
  /** In hex. */
  readonly bodies: readonly string[];
  readonly kinds: string[];
  readonly actors: string[];
  readonly references: (string | null)[];
  readonly memos: (string | null)[];
  readonly effective: (Date | null)[];
  /** Absent, like the two below, when no draft of the batch has one. */
  readonly reverses: (string | null)[] | null;
  readonly holds: { readonly until: (Date | null)[]; readonly owners: (string | null)[] } | null;
  readonly ends: {
    readonly holds: (string | null)[];
    readonly as: (string | null)[];
    readonly part: (boolean | null)[];
  } | null;
  /** Condition c is of entry entries[c], counted from 1, ascending, and about the account slots[c]. */
  readonly conditions: {
    readonly entries: number[];
    readonly slots: number[];
    readonly is: string[];
    readonly values: bigint[];
  } | null;
  /** Entry i has the legs first[i] up to, not including, first[i + 1]; counted from 1 as SQL does. */
  readonly first: number[];
  readonly paths: string[];
  readonly assets: string[];
  readonly slots: number[];
  readonly amounts: bigint[];
}

/** `bodies` are those of the drafts, where they are known already. */
export function batchOf(orders: readonly Order[], bodies?: readonly string[]): Batch {
  for (const { draft } of orders) assertWellFormed(draft);
  const drafts = orders.map(({ draft }) => draft);
  const ids = drafts.map(({ id }) => id);
  invariant(new Set(ids).size === ids.length, 'a batch names an entry once');
  return {
    ids,
    bodies: bodies ?? drafts.map(bodyOf),
    kinds: drafts.map(({ kind }) => kind),
    actors: orders.map(({ actor }) => actor),
    references: drafts.map(({ reference }) => reference ?? null),
    memos: drafts.map(({ memo }) => memo ?? null),
    effective: drafts.map(({ effectiveAt }) => effectiveAt ?? null),
    reverses: drafts.some(({ reverses }) => reverses) ? drafts.map(({ reverses }) => reverses ?? null) : null,
    holds: holdsOf(drafts),
    ends: endsOf(drafts),
    ...legsOf(drafts),
  };
}

function holdsOf(drafts: readonly EntryDraft[]): Batch['holds'] {
  if (!drafts.some(({ hold }) => hold)) return null;
  return {
    until: drafts.map(({ hold }) => hold?.expiresAt ?? null),
    owners: drafts.map(({ hold }) => hold?.endedBy ?? null),
  };
}

function endsOf(drafts: readonly EntryDraft[]): Batch['ends'] {
  if (!drafts.some(({ ends }) => ends)) return null;
  return {
    holds: drafts.map(({ ends }) => ends?.hold ?? null),
    as: drafts.map(({ ends }) => ends?.as ?? null),
    part: drafts.map(({ ends }) => ends?.part ?? null),
  };
}

type Legs = Pick<Batch, 'first' | 'paths' | 'assets' | 'slots' | 'amounts' | 'conditions'>;

function legsOf(drafts: readonly EntryDraft[]): Legs {
  // By asset, then by path: a name put together of both would be hashed anew for every leg.
  const slotsOf = new Map<string, Map<string, number>>();
  const [paths, assets]: [string[], string[]] = [[], []];
  const slotFor = (path: string, asset: string): number => {
    let slots = slotsOf.get(asset);
    if (!slots) slotsOf.set(asset, (slots = new Map()));
    let slot = slots.get(path);
    if (slot === undefined) {
      slot = paths.push(path);
      assets.push(asset);
      slots.set(path, slot);
    }
    return slot;
  };
  const [first, slots, amounts]: [number[], number[], bigint[]] = [[], [], []];
  for (const { legs } of drafts) {
    first.push(slots.length + 1);
    for (const { path, asset, amount } of legs) {
      slots.push(slotFor(path, asset));
      amounts.push(amount);
    }
  }
  first.push(slots.length + 1);
  return { first, paths, assets, slots, amounts, conditions: conditionsOf(drafts, slotFor) };
}

function conditionsOf(
  drafts: readonly EntryDraft[],
  slotFor: (path: string, asset: string) => number,
): Batch['conditions'] {
  if (!drafts.some(({ conditions }) => conditions?.length)) return null;
  const [entries, slots, is, values]: [number[], number[], string[], bigint[]] = [[], [], [], []];
  for (const [index, { conditions }] of drafts.entries()) {
    for (const condition of conditions ?? []) {
      entries.push(index + 1);
      slots.push(slotFor(condition.path, condition.asset));
      is.push(condition.is);
      values.push(condition.value);
    }
  }
  return { entries, slots, is, values };
}
