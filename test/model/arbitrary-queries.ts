import fc, { type Arbitrary } from 'fast-check';

import type { Query } from './query';
import { after, ASSETS, OPEN_PATHS, PURSES } from './world';

const path = fc.constantFrom(...OPEN_PATHS, ...PURSES, 'mine/1', 'unknown');
const asset = fc.constantFrom(...ASSETS, 'USD');
const head = fc.constantFrom('purse', 'purse/1', 'e', 'e/1', 'w', 'held', 'unknown');
const kinds = ['transfer', 'test.dig', 'test.move', 'ledger.hold', 'ledger.commit-hold', 'reversal'];
const order = fc.constantFrom('newest' as const, 'oldest' as const);

const maybe = <T>(value: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });
const oneIn = <T>(count: number, value: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.oneof({ weight: count - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
/** Filters are asked together, but not so many that nothing is ever found. */
const seldom = <T>(value: Arbitrary<T>): Arbitrary<T | undefined> => oneIn(6, value);
const hardlyEver = <T>(value: Arbitrary<T>): Arbitrary<T | undefined> => oneIn(12, value);

const steps = fc.integer({ min: -80, max: 80 }).map((n) => after(n * 20));
/** A moment, or the very instant of some entry: see `atEntry`. */
const moments = fc.oneof(steps, fc.bigInt({ min: 0n, max: 999n }));

/** Every question, about accounts and entries that mostly exist, answered in pages of so many lines. */
export function queries(
  entry: Arbitrary<string>,
  limit: Arbitrary<number>,
  isAlone: boolean,
): Arbitrary<Query> {
  const moment = isAlone ? moments : steps;
  const times = { effectiveAt: maybe(moment), recordedAt: maybe(moment) };
  const range = { from: maybe(moment), to: maybe(moment), recordedAt: maybe(moment) };
  return fc.oneof(
    fc.record({ of: fc.constant('balance' as const), path, asset }),
    fc.record({ of: fc.constant('balance-at' as const), path, asset: maybe(asset), ...times }),
    fc.record({ of: fc.constant('sums' as const), heads: fc.uniqueArray(head, { minLength: 1 }) }),
    fc.record({ of: fc.constant('turnover' as const), kinds: fc.subarray(kinds), prefix: head }),
    fc.record({ of: fc.constant('turnover-at' as const), prefix: head, asset: maybe(asset), ...range }),
    fc.record({ of: fc.constant('statement' as const), path, asset, order, limit }),
    fc.record({
      of: fc.constant('statement-at' as const),
      by: fc.constantFrom('recorded' as const, 'effective' as const),
      ...{ path, asset, order, limit, ...range },
    }),
    fc.constant<Query>({ of: 'trial-balance' }),
    fc.record({
      of: fc.constant('trial-balance-at' as const),
      depth: maybe(fc.constantFrom(1, 2, 3)),
      ...times,
    }),
    fc.record({ of: fc.constant('accounts' as const), prefix: maybe(head), limit }),
    fc.record({
      of: fc.constant('tree' as const),
      prefix: maybe(head),
      depth: maybe(fc.constantFrom(1, 2, 3)),
      asset: maybe(asset),
      ...{ limit, ...times },
    }),
    fc.record({ of: fc.constant('entry' as const), by: fc.oneof(entry, fc.bigInt({ min: 1n, max: 400n })) }),
    entryFilters(entry, limit, moment),
    fc.record({ of: fc.constant('hold' as const), hold: entry }),
    fc.record({
      of: fc.constant('holds' as const),
      state: maybe(fc.constantFrom('held', 'committed', 'expired')),
      limit,
    }),
    fc.constant<Query>({ of: 'periods' }),
  );
}

const entryFilters = (
  entry: Arbitrary<string>,
  limit: Arbitrary<number>,
  moment: Arbitrary<bigint>,
): Arbitrary<Query> =>
  fc.record({
    of: fc.constant('entries' as const),
    kind: seldom(fc.constantFrom(...kinds)),
    account: seldom(path),
    prefix: seldom(head),
    asset: seldom(asset),
    amountMin: seldom(fc.bigInt({ min: 1n, max: 60n })),
    amountMax: seldom(fc.bigInt({ min: 1n, max: 60n })),
    actor: seldom(fc.constantFrom('tester', 'nobody')),
    reference: seldom(fc.constantFrom('doc-1', 'doc-2')),
    memo: seldom(fc.constantFrom('fee', 'gift')),
    reverses: hardlyEver(entry),
    hold: hardlyEver(entry),
    recordedFrom: seldom(moment),
    recordedTo: seldom(moment),
    effectiveFrom: seldom(moment),
    effectiveTo: seldom(moment),
    order,
    limit,
  });
