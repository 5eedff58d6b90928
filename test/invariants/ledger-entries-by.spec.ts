import fc from 'fast-check';

import { newId } from '@app/kernel';
import { batchItemId, PlaceHold, PostBatch, type EntryQuery, type Leg } from '@app/ledger';
import { posted } from './ledger-book';
import { ASSETS, given, isIn, PATHS, ToldBook, type Told } from './ledger-told';

const isUnder = (path: string, prefix: string): boolean => path === prefix || path.startsWith(`${prefix}/`);

type Asked<Name extends keyof EntryQuery> = { readonly [Key in Name]: EntryQuery[Key] | undefined };

const fitsPlace = (one: Told, { account, prefix, asset }: Asked<'account' | 'prefix' | 'asset'>): boolean =>
  one.path === (account ?? one.path) &&
  isUnder(one.path, prefix ?? one.path) &&
  one.asset === (asset ?? one.asset);

const fitsAmount = (
  { amount }: Told,
  { amountMin, amountMax }: Asked<'amountMin' | 'amountMax'>,
): boolean => {
  const size = amount < 0n ? -amount : amount;
  return size >= (amountMin ?? 0n) && size <= (amountMax ?? size);
};

describe('Entries asked for by filters', () => {
  let told: ToldBook;

  beforeAll(async () => {
    told = await ToldBook.open();
    await told.grow(150, 23);
  });
  afterAll(() => told.book.close());

  /** Ids in order of the numbers, walked page by page. */
  const walk = async (query: EntryQuery): Promise<string[]> => {
    const ids: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await told.book.ledger.entriesBy(told.book.id, { ...query, ...given({ cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(query.limit ?? 50);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    return ids;
  };

  it('are those that fit every filter, in order of their numbers, whichever filters are combined', async () => {
    const effective = told.time('effectiveAt');
    const recorded = told.time('recordedAt');
    const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
      fc.option(arbitrary, { nil: undefined, freq: 2 });
    const question = fc.record({
      kind: fc.constantFrom(undefined, undefined, 'transfer', 'reversal', 'no-such'),
      account: maybe(fc.constantFrom(...PATHS, 'nowhere')),
      prefix: maybe(fc.constantFrom(...PATHS)),
      asset: maybe(fc.constantFrom(...ASSETS)),
      amountMin: maybe(fc.bigInt(1n, 900n)),
      amountMax: maybe(fc.bigInt(100n, 1_000n)),
      actor: fc.constantFrom(undefined, undefined, 'tester', 'nobody'),
      effectiveFrom: effective,
      effectiveTo: effective,
      recordedFrom: recorded,
      recordedTo: recorded,
      order: fc.constantFrom(undefined, 'oldest' as const, 'newest' as const),
      limit: fc.constantFrom(1, 4, 50),
    });
    await fc.assert(
      fc.asyncProperty(question, async (filters) => {
        const query = given(filters);
        const fits = (one: Told): boolean =>
          (filters.kind ?? 'transfer') === 'transfer' &&
          (filters.actor ?? 'tester') === 'tester' &&
          fitsPlace(one, filters) &&
          fitsAmount(one, filters) &&
          isIn(one.effectiveAt, filters.effectiveFrom, filters.effectiveTo) &&
          isIn(one.recordedAt, filters.recordedFrom, filters.recordedTo);
        const expected = [...new Set(told.postings.filter(fits).map(({ id }) => id))];
        expect(await walk(query)).toEqual(filters.order === 'oldest' ? expected : expected.reverse());
      }),
      { numRuns: 250 },
    );
  });

  it('are found by their reference, memo and what they reverse, whole', async () => {
    const { book } = told;
    const legs = [
      { path: 'wells', asset: 'CNY', amount: 9n },
      { path: 'field', asset: 'CNY', amount: -9n },
    ];
    const first = posted(await book.transfer(newId(), legs, { reference: 'doc/1', memo: 'a.code' }));
    const back = posted(
      await book.transfer(
        newId(),
        legs.map((leg) => ({ ...leg, amount: -leg.amount })),
        { kind: 'reversal', reverses: first.id, reference: 'doc/1' },
      ),
    );
    expect(await walk({ reference: 'doc/1' })).toEqual([back.id, first.id]);
    expect(await walk({ memo: 'a.code', reference: 'doc/1' })).toEqual([first.id]);
    expect(await walk({ reverses: first.id })).toEqual([back.id]);
    expect(await walk({ reverses: back.id })).toEqual([]);
    const [found] = (await book.ledger.entriesBy(book.id, { reverses: first.id })).items;
    expect(found).toEqual(await book.ledger.entryById(book.id, back.id));
    expect(found).toMatchObject({
      reverses: first.id,
      hold: null,
      postings: [{ amount: -9n }, { amount: 9n }],
    });
  });

  it('are found by the hold that they made or stepped on', async () => {
    const { book } = told;
    const hold = newId();
    const place = book.module.get(PlaceHold);
    const made = posted(
      await place.execute(book.id, 'tester', {
        ...{ id: hold, from: 'field', asset: 'CNY', amount: 5n },
        expiresAt: new Date(Date.now() + 60_000),
      }),
    );
    expect(made.id).toBe(hold);
    expect(await walk({ hold })).toEqual([hold]);
    expect(await walk({ hold: newId() })).toEqual([]);
  });

  describe('in a book of many thousands', () => {
    const marked = 999_999n;
    let all: string[];

    beforeAll(async () => {
      const { book } = told;
      await book.openAccount('crowd', null);
      const legs = (amount: bigint): Leg[] => [
        { path: 'wells', asset: 'CNY', amount },
        { path: 'crowd', asset: 'CNY', amount: -amount },
      ];
      all = [];
      for (let batch = 0; batch < 11; batch += 1) {
        const drafts = Array.from({ length: 1_000 }, (_, n) => ({
          ...{ kind: 'transfer', memo: n === 500 ? 'marked' : 'plain' },
          legs: legs(n === 500 ? marked : 1n),
        }));
        const id = newId();
        const done = await book.module
          .get(PostBatch)
          .execute(book.id, 'tester', { id, mode: 'atomic', dryRun: false, drafts });
        if (!done.ok) throw new Error(done.reason.code);
        all.push(...drafts.map((_, n) => batchItemId(id, n)));
      }
    }, 60_000);

    const pages = async (query: EntryQuery): Promise<string[][]> => {
      const found: string[][] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await told.book.ledger.entriesBy(told.book.id, { ...query, ...given({ cursor }) });
        found.push(page.items.map(({ id }) => id));
        cursor = page.next;
      }
      return found;
    };

    it.each([
      ['of an amount', { amountMin: marked }],
      ['of an account', { account: 'crowd', amountMin: marked }],
      ['of an account and a memo', { account: 'crowd', asset: 'CNY', memo: 'marked' }],
      ['under a prefix', { prefix: 'crowd', memo: 'marked' }],
    ] as const)('find those %s in pages that each look at a part of the book', async (_, query) => {
      const expected = all.filter((__, n) => n % 1_000 === 500);
      for (const order of ['oldest', 'newest'] as const) {
        const found = await pages({ ...query, order, limit: 50 });
        expect(found.flat()).toEqual(order === 'oldest' ? expected : [...expected].reverse());
        expect(found.length).toBeGreaterThan(2);
      }
    });

    it('miss none of an account with more postings than a page looks at', async () => {
      const found = await pages({ account: 'crowd', order: 'oldest', limit: 500 });
      expect(found.flat()).toEqual(all);
    });
  });
});
