import fc from 'fast-check';

import { Database } from '@app/platform';
import { ASSETS, creditsOf, debitsOf, given, isIn, PATHS, sumOf, ToldBook, type Told } from './ledger-told';

const RUNS = { numRuns: 150 };

const isUnder = (path: string, prefix: string): boolean => path === prefix || path.startsWith(`${prefix}/`);
const headOf = (path: string, depth: number): string => path.split('/').slice(0, depth).join('/');

describe('A book seen at a pair of times', () => {
  let told: ToldBook;

  beforeAll(async () => {
    told = await ToldBook.open();
    await told.grow(400, 7);
  });
  afterAll(() => told.book.close());

  const path = fc.constantFrom(...PATHS);
  const times = (): fc.Arbitrary<{ effectiveAt: string | undefined; recordedAt: string | undefined }> =>
    fc.record({ effectiveAt: told.time('effectiveAt'), recordedAt: told.time('recordedAt') });
  /** Accounts were opened before the first entry and after the far past. */
  const isThere = (recordedAt: string | undefined): boolean =>
    recordedAt === undefined || recordedAt > '2001';

  it('has many postings that came late, and many at one time', () => {
    const newest = new Map<string, string>();
    let late = 0;
    for (const { path: at, asset, effectiveAt } of told.postings) {
      const seen = newest.get(`${at} ${asset}`) ?? '';
      if (effectiveAt < seen) late += 1;
      else newest.set(`${at} ${asset}`, effectiveAt);
    }
    expect(late).toBeGreaterThan(100);
    expect(new Set(told.postings.map(({ effectiveAt }) => effectiveAt)).size).toBeLessThan(300);
  });

  it('has balances equal to the sums of what counted and was known then', async () => {
    const { ledger, id } = told.book;
    const question = fc.tuple(path, times());
    await fc.assert(
      fc.asyncProperty(question, async ([at, when]) => {
        const found = await ledger.balanceAt(id, { path: at, ...given(when) });
        expect(found.map(({ asset, balance, version }) => [asset, balance, version])).toEqual(
          isThere(when.recordedAt)
            ? ASSETS.map((asset) => [
                asset,
                sumOf(told.known({ path: at, asset, ...given(when) })),
                BigInt(told.known({ path: at, asset, ...given({ recordedAt: when.recordedAt }) }).length),
              ])
            : [],
        );
      }),
      RUNS,
    );
  });

  it('tells no balance of an account that is not there', async () => {
    expect(await told.book.ledger.balanceAt(told.book.id, { path: 'nowhere' })).toEqual([]);
  });

  it('has turnovers equal to the sums of a range, at a path and under it', async () => {
    const { ledger, id } = told.book;
    const time = told.time('effectiveAt');
    const question = fc.record({
      prefix: path,
      asset: fc.constantFrom(undefined, ...ASSETS),
      from: time,
      to: time,
      recordedAt: told.time('recordedAt'),
    });
    await fc.assert(
      fc.asyncProperty(question, async ({ prefix, asset, from, to, recordedAt }) => {
        const found = await ledger.turnoverAt(id, { prefix, ...given({ asset, from, to, recordedAt }) });
        const meant = (code: string): Told[] =>
          told
            .known(given({ asset: code, recordedAt }))
            .filter((one) => isUnder(one.path, prefix) && isIn(one.effectiveAt, from, to));
        expect(found).toEqual(
          (asset ? [asset] : ASSETS).map((code) => ({
            asset: code,
            debits: debitsOf(meant(code)),
            credits: creditsOf(meant(code)),
          })),
        );
      }),
      RUNS,
    );
  });

  it('has trial balances that balance, by kind and by the first segments of the paths', async () => {
    const { ledger, id } = told.book;
    await fc.assert(
      fc.asyncProperty(times(), fc.constantFrom(undefined, 1, 2, 3), async (when, depth) => {
        const rows = await ledger.trialBalanceAt(id, { ...given(when), ...given({ depth }) });
        const heads =
          depth === undefined ? [null] : [...new Set(PATHS.map((at) => headOf(at, depth)))].sort();
        const expected = ASSETS.flatMap((asset) =>
          heads.map((head) => {
            const at = (one: string): boolean => head === null || headOf(one, depth!) === head;
            const postings = told.known({ asset, ...given(when) }).filter((one) => at(one.path));
            return {
              ...{ kind: 'open', path: head, asset, side: 0, accounts: BigInt(PATHS.filter(at).length) },
              ...{ debits: debitsOf(postings), credits: creditsOf(postings), balance: sumOf(postings) },
            };
          }),
        );
        expect(rows).toEqual(isThere(when.recordedAt) ? expected : []);
        for (const asset of ASSETS) {
          const ofAsset = rows.filter((row) => row.asset === asset);
          expect(ofAsset.reduce((sum, { debits, credits }) => sum + debits - credits, 0n)).toBe(0n);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has a tree of accounts with the sums of all that lies under each node, page by page', async () => {
    const { ledger, id } = told.book;
    const question = fc.record({
      when: times(),
      prefix: fc.constantFrom(undefined, 'field', 'field/east'),
      depth: fc.constantFrom(1, 2, 3, 4),
      asset: fc.constantFrom(undefined, ...ASSETS),
      limit: fc.constantFrom(1, 2, 50),
    });
    await fc.assert(
      fc.asyncProperty(question, async ({ when, prefix, depth, asset, limit }) => {
        const items = [];
        for (let cursor: string | null | undefined; cursor !== null;) {
          const query = { ...given(when), ...given({ prefix, asset, cursor }), depth, limit };
          const page = await ledger.accountTree(id, query);
          items.push(...page.items);
          cursor = page.next;
        }
        const least = prefix?.split('/').length ?? 1;
        const under = PATHS.filter((at) => prefix === undefined || isUnder(at, prefix));
        const nodes = [...new Set(under.flatMap((at) => [1, 2, 3, 4].map((n) => headOf(at, n))))]
          .filter((at) => at.split('/').length >= least && at.split('/').length <= depth)
          .sort();
        const expected = nodes.flatMap((node) =>
          (asset ? [asset] : ASSETS).map((code) => {
            const postings = told.known({ asset: code, ...given(when) });
            const below = postings.filter((one) => isUnder(one.path, node));
            return {
              ...{ path: node, depth: node.split('/').length, asset: code },
              accounts: BigInt(PATHS.filter((at) => isUnder(at, node)).length),
              ...{ debits: debitsOf(below), credits: creditsOf(below), balance: sumOf(below) },
              own: PATHS.some((at) => at === node)
                ? sumOf(postings.filter((one) => one.path === node))
                : null,
            };
          }),
        );
        expect(items).toEqual(isThere(when.recordedAt) ? expected : []);
      }),
      { numRuns: 60 },
    );
  });

  // Last: it adds an account to the book that the others look at.
  it('is of one moment, whatever is recorded while it is read', async () => {
    const { ledger, id } = told.book;
    const asked = { recordedAt: '2999-01-01T00:00:00.000000Z', effectiveAt: '2998-01-01T00:00:00.000000Z' };
    const before = await ledger.trialBalanceAt(id, asked);
    const query = Database.prototype.query;
    const spy = jest.spyOn(Database.prototype, 'query').mockImplementationOnce(async function (
      this: Database,
      ...args
    ) {
      const rows = await query.apply(this, args);
      await told.book.openAccount('meanwhile', null);
      return rows;
    } as typeof query);
    try {
      expect(await ledger.trialBalanceAt(id, asked)).toEqual(before);
    } finally {
      spy.mockRestore();
    }
    expect(await ledger.trialBalanceAt(id, asked)).not.toEqual(before);
  });
});
