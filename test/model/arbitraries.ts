import fc, { type Arbitrary } from 'fast-check';

import type { Condition, Draft, Leg } from './book';
import type { Command } from './commands';
import { queries } from './arbitrary-queries';
import type { Query } from './query';
import { after, ASSETS, CREDIT_NORMAL, keyId, OPEN_PATHS, PURSES } from './world';

/** Keys that come again often enough to be reused with another body; each kind of use has its own besides. */
const keys = (from: number, count: number): Arbitrary<string> =>
  fc.nat({ max: count - 1 }).map((n) => keyId(from + n));
const common = keys(0, 80);
const id = fc.oneof({ weight: 2, arbitrary: common }, { weight: 5, arbitrary: keys(100, 1_800) });
const workId = keys(2_000, 400);
const holdId = keys(3_000, 40);
/** Entries of known amounts, so that others can take back or take out what fits. */
const knownId = keys(4_000, 30);
const knownWorkId = keys(4_100, 20);
const keptId = keys(4_200, 20);
const dryId = keys(5_000, 40);
const reversalId = keys(4_300, 20);
/** An id under which something may have been posted. */
const anyId = fc.oneof(common, workId, holdId, knownId, knownWorkId, keptId);

const rarely = <T>(usual: Arbitrary<T>, rare: T): Arbitrary<T> =>
  fc.oneof({ weight: 79, arbitrary: usual }, { weight: 1, arbitrary: fc.constant(rare) });

const amount = fc.oneof(
  { weight: 30, arbitrary: fc.bigInt({ min: 1n, max: 60n }) },
  { weight: 1, arbitrary: fc.constant(1_000_000_000_000_000n) },
);

/** 2–5 legs on distinct accounts; the last one makes them balance, but for a slip now and then. */
function legsOn(paths: readonly string[], assets: Arbitrary<string>): Arbitrary<Leg[]> {
  const among = rarely(fc.constantFrom(...paths), 'unknown');
  return fc
    .record({
      paths: fc.uniqueArray(among, { minLength: 2, maxLength: 4 }),
      amounts: fc.array(fc.tuple(amount, fc.boolean()), { minLength: 4, maxLength: 4 }),
      asset: assets,
      slip: fc.nat({ max: 79 }),
    })
    .map(({ paths: chosen, amounts, asset, slip }) => {
      const legs = chosen.map((path, at) => {
        const [size, isDebit] = amounts[at]!;
        return { path, asset, amount: isDebit ? size : -size };
      });
      const rest = legs.slice(0, -1).reduce((sum, leg) => sum - leg.amount, 0n);
      return [...legs.slice(0, -1), { ...legs.at(-1)!, amount: slip === 0 ? rest + 1n : rest }];
    })
    .filter((legs) => legs.every(({ amount: each }) => each !== 0n && bounded(each)));
}

const bounded = (size: bigint): boolean => size <= 1_000_000_000_000_000n && size >= -1_000_000_000_000_000n;

const asset = rarely(fc.constantFrom(...ASSETS), 'USD');
const openLegs = fc.oneof(
  { weight: 8, arbitrary: legsOn(OPEN_PATHS, asset) },
  // Two assets in one entry, each of which sums to zero.
  {
    weight: 2,
    arbitrary: fc
      .tuple(legsOn(OPEN_PATHS, fc.constant('CNY')), legsOn(OPEN_PATHS, fc.constant('CO2E/m')))
      .map(([one, other]) => [...one, ...other]),
  },
  { weight: 1, arbitrary: legsOn([...OPEN_PATHS, ...PURSES], asset) },
);

const optional = <T>(value: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 4 });
const said = {
  reference: optional(fc.constantFrom('doc-1', 'doc-2')),
  memo: optional(fc.constantFrom('fee', 'gift')),
};
/** Mostly in the past of a book that has just begun, and some of it in its future. */
const effectiveAt = fc.option(
  fc.integer({ min: -60, max: 12 }).map((steps) => after(steps * 20)),
  { nil: undefined, freq: 2 },
);
const moment = fc.integer({ min: -2, max: 40 }).map((steps) => after(steps * 30));

const conditions: Arbitrary<Condition[] | undefined> = fc.option(
  fc.array(
    fc.record({
      path: rarely(fc.constantFrom(...OPEN_PATHS), 'purse/1'),
      asset,
      is: fc.constantFrom('version', 'balance', 'balance-at-least', 'balance-at-most'),
      value: fc.oneof(fc.bigInt({ min: -50n, max: 600n }), fc.constantFrom(0n, 500n)),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  { nil: undefined },
);
const sometimes = <T>(value: Arbitrary<T | undefined>): Arbitrary<T | undefined> =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const openTerms = {
  kind: rarely(rarely(rarely(fc.constant('transfer'), 'transfers'), 'test.move'), 'reversal'),
  legs: openLegs,
  effectiveAt,
  conditions: sometimes(conditions),
  ...said,
};
const openDraft: Arbitrary<Draft> = fc.record({ id, ...openTerms });

const move = (from: string, to: string, size: bigint): Leg[] => [
  { path: from, asset: 'CNY', amount: size },
  { path: to, asset: 'CNY', amount: -size },
];
const small = fc.bigInt({ min: 1n, max: 40n });
const knownDraft: Arbitrary<Draft> = knownId.map((key) => ({
  id: key,
  kind: 'transfer',
  legs: move('w', 'c', 40n),
}));

const posts = fc
  .oneof({ weight: 9, arbitrary: openDraft }, { weight: 1, arbitrary: knownDraft })
  .map((draft): Command => ({ do: 'post', draft }));

const batches = (key: Arbitrary<string>, dryRun: boolean): Arbitrary<Command> =>
  fc.record({
    do: fc.constant('batch' as const),
    id: key,
    mode: fc.constantFrom('atomic' as const, 'continue' as const),
    dryRun: fc.constant(dryRun),
    drafts: fc.array(fc.record(openTerms), { minLength: 1, maxLength: 5, size: 'max' }),
  });

const reversals: Arbitrary<Command> = fc.oneof(
  fc.record({
    do: fc.constant('reverse' as const),
    id: fc.oneof(id, reversalId),
    entry: fc.oneof(common, common, knownId, reversalId, id, workId),
    effectiveAt,
    conditions: sometimes(conditions),
  }),
  fc.record({
    do: fc.constant('reverse' as const),
    id,
    entry: knownId,
    legs: fc.oneof(
      small.map((size) => move('c', 'w', size)),
      openLegs,
    ),
    effectiveAt,
  }),
);

const DOMAIN = [
  ['test.dig', ['mine/1', 'mine/2', ...PURSES]],
  ['test.dig', ['mine/1', 'purse/1', 'c']],
  ['test.move', PURSES],
  ['test.correct', PURSES],
  ['test.retire', [...PURSES, 'gone/1']],
  ['other.move', PURSES],
] as const;
type Wanted = Omit<Draft, 'id'> & { readonly id?: string };
const domainLegs: Arbitrary<Wanted> = fc
  .constantFrom(...DOMAIN)
  .chain(([kind, paths]) => fc.record({ kind: fc.constant<string>(kind), legs: legsOn(paths, asset) }));

/** Sources, what takes some of them back, what is kept for later, and what takes from there. */
const linked: Arbitrary<Wanted> = fc.oneof(
  knownWorkId.map((key) => ({ id: key, kind: 'test.dig', legs: move('mine/1', 'purse/1', 40n) })),
  fc.tuple(knownWorkId, small).map(([reverses, size]) => ({
    kind: 'test.dig',
    legs: move('purse/1', 'mine/1', size),
    reverses,
  })),
  fc
    .tuple(keptId, small, fc.constantFrom('test', 'test', 'other'), moment)
    .map(([key, size, endedBy, expiresAt]) => ({
      id: key,
      kind: 'test.move',
      legs: move('purse/1', 'purse/kept', size),
      hold: { expiresAt, endedBy },
    })),
  fc
    .tuple(
      fc.oneof(keptId, keptId, keptId, id),
      small,
      fc.constantFrom('commit', 'release', 'expire'),
      fc.boolean(),
    )
    .map(([hold, size, as, part]) => ({
      kind: 'test.move',
      legs: move('purse/kept', 'purse/2', size),
      ends: { hold, as, part },
    })),
);

/** A refusal of a unit of work is not kept, so racing ones have keys of their own: else a key has two histories. */
const works = (key: Arbitrary<string>): Arbitrary<Command> =>
  fc
    .uniqueArray(
      fc
        .record({
          key,
          what: fc.oneof({ weight: 3, arbitrary: domainLegs }, { weight: 2, arbitrary: linked }),
          effectiveAt,
          ...said,
        })
        .map(({ key: own, what, ...rest }): Draft => ({ ...rest, ...what, id: what.id ?? own })),
      { minLength: 1, maxLength: 3, selector: (draft) => draft.id },
    )
    .map((drafts) => ({ do: 'work', drafts }));

const holds: Arbitrary<Command> = fc.record({
  do: fc.constant('hold' as const),
  id: holdId,
  // What another hold keeps is nobody's to put aside.
  from: fc.oneof(
    { weight: 20, arbitrary: rarely(fc.constantFrom(...CREDIT_NORMAL), 'unknown') },
    { weight: 1, arbitrary: holdId.map((hold) => `held/${hold}`) },
  ),
  asset,
  amount,
  expiresAt: moment,
});

const anyHold = fc.oneof({ weight: 20, arbitrary: holdId }, { weight: 1, arbitrary: id });
const taking = {
  id,
  hold: anyHold,
  to: rarely(fc.constantFrom(...OPEN_PATHS), 'unknown'),
  amount: optional(amount),
};
const takes: Arbitrary<Command> = fc.oneof(
  fc.record({ do: fc.constant('commit' as const), ...taking }),
  fc.record({ do: fc.constant('release' as const), ...taking }),
);

const floor = fc.constantFrom(null, 0n, -50n, -500n);
const terms: Arbitrary<Command> = fc.oneof(
  fc.record({
    do: fc.constant('open' as const),
    path: fc.constantFrom('c', 'f', 'g', 'purse/9'),
    asset,
    side: fc.constantFrom(1 as const, -1 as const),
    floor,
  }),
  fc.record({
    do: fc.constant('close' as const),
    path: fc.constantFrom('e-1', 'f', 'g', 'purse/1', 'd', 'unknown'),
    asset,
  }),
  fc.record({
    do: fc.constant('floor' as const),
    path: fc.constantFrom(...OPEN_PATHS, 'f', 'purse/1', 'unknown'),
    asset,
    floor,
  }),
);

const no = fc.bigInt({ min: 1n, max: 4n });
const by = fc.constantFrom('first', 'second');
const periods: Arbitrary<Command> = fc.oneof(
  fc
    .integer({ min: -60, max: 40 })
    .map((steps): Command => ({ do: 'close-period', endsAt: after(steps * 30) })),
  fc.record({ do: fc.constant('ask-reopening' as const), no, by }),
  fc.record({ do: fc.constant('reopen' as const), no, by }),
);

const asking = (query: Query): Command => ({ do: 'ask', query });

/** What callers may do at the same time. */
export const racing: Arbitrary<Command> = fc.oneof(
  { weight: 60, arbitrary: posts },
  { weight: 8, arbitrary: works(workId) },
  { weight: 5, arbitrary: batches(id, false) },
  // What is not kept has keys of its own here: a key must have one history.
  { weight: 2, arbitrary: batches(dryId, true) },
  { weight: 6, arbitrary: reversals },
  { weight: 8, arbitrary: holds },
  { weight: 10, arbitrary: takes },
  { weight: 10, arbitrary: queries(anyId, fc.constant(500), false).map(asking) },
);

/** What is done while nothing else is: it takes no number that would tell when it happened. */
export const alone: Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: queries(anyId, fc.constantFrom(2, 7, 500), true).map(asking) },
  { weight: 2, arbitrary: works(fc.oneof(id, workId)) },
  { weight: 2, arbitrary: batches(common, true) },
  { weight: 3, arbitrary: terms },
  { weight: 2, arbitrary: periods },
  { weight: 3, arbitrary: anyHold.map((hold): Command => ({ do: 'expire', hold })) },
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: 1, max: 40 })
      .map((steps): Command => ({ do: 'wait', until: after(steps * 30) })),
  },
);
