import fc from 'fast-check';

import type { StatementAtQuery, StatementLine } from '@app/ledger';
import { given, isIn, PATHS, sideOf, sumOf, ToldBook, type Told } from './ledger-told';

const [PATH, ASSET] = ['field', 'CNY'] as const;

interface Line {
  readonly version: bigint;
  readonly amount: bigint;
  readonly balanceAfter: bigint;
}

const lineOf = ({ version, amount, balanceAfter }: StatementLine): Line => ({
  version,
  amount,
  balanceAfter,
});

/** The lines of a naive statement, oldest first, each with the sum of all before it in that order. */
function linesOf(known: readonly Told[], by: 'recorded' | 'effective', from?: string, to?: string): Line[] {
  const timeOf = (one: Told): string => (by === 'recorded' ? one.recordedAt : one.effectiveAt);
  const ordered = [...known].sort((one, other) =>
    timeOf(one) < timeOf(other) ? -1 : timeOf(one) > timeOf(other) ? 1 : Number(one.version - other.version),
  );
  let balance = 0n;
  return ordered.flatMap((one) => {
    balance += BigInt(sideOf(one.path)) * one.amount;
    const line = { version: one.version, amount: one.amount, balanceAfter: balance };
    return isIn(timeOf(one), from, to) ? [line] : [];
  });
}

describe('Statements', () => {
  let told: ToldBook;

  beforeAll(async () => {
    told = await ToldBook.open();
    await told.grow(300, 11);
  });
  afterAll(() => told.book.close());

  const queries = (): fc.Arbitrary<StatementAtQuery> =>
    fc.constantFrom('recorded', 'effective').chain((by) => {
      const time = told.time(by === 'recorded' ? 'recordedAt' : 'effectiveAt');
      return fc
        .record({
          order: fc.constantFrom(undefined, 'newest', 'oldest'),
          from: time,
          to: time,
          recordedAt: told.time('recordedAt').filter((at) => at === undefined || at > '2001'),
          limit: fc.constantFrom(1, 3, 7, 50),
        })
        .map(
          (limits) =>
            ({ path: PATH, asset: ASSET, by: by as 'recorded', ...given(limits) }) as StatementAtQuery,
        );
    });

  it('tell every line of a range once, in either order, with the balance running in that order', async () => {
    const { ledger, id } = told.book;
    await fc.assert(
      fc.asyncProperty(queries(), async (query) => {
        const { by, from, to, recordedAt, order } = query;
        const known = told.known({ path: PATH, asset: ASSET, ...given({ recordedAt }) });
        const lines = linesOf(known, by, from, to);
        const found: Line[] = [];
        for (let cursor: string | null | undefined; cursor !== null;) {
          const page = (await ledger.statementAt(id, { ...query, ...given({ cursor }) }))!;
          found.push(...page.items.map(lineOf));
          cursor = page.next;
          const timeOf = (one: Told): string => (by === 'recorded' ? one.recordedAt : one.effectiveAt);
          const upTo = (limit: string): bigint => sumOf(known.filter((one) => timeOf(one) <= limit));
          // A range that ends before it begins is empty, at its end.
          const start = from === undefined ? undefined : to !== undefined && to < from ? to : from;
          expect(page.opening).toBe(start === undefined ? 0n : upTo(start));
          expect(page.closing).toBe(to === undefined ? sumOf(known) : upTo(to));
        }
        expect(found).toEqual(order === 'oldest' ? lines : lines.reverse());
      }),
      { numRuns: 120 },
    );
  });

  it('lead back over the same pages', async () => {
    const { ledger, id } = told.book;
    await fc.assert(
      fc.asyncProperty(queries(), fc.nat(5), async (query, steps) => {
        const pages = [(await ledger.statementAt(id, query))!];
        for (let step = 0; step < steps; step += 1) {
          const { next } = pages.at(-1)!;
          if (next === null) break;
          pages.push((await ledger.statementAt(id, { ...query, cursor: next }))!);
        }
        expect(pages[0]!.previous).toBeNull();
        for (let at = pages.length - 1; at > 0; at -= 1) {
          const back = await ledger.statementAt(id, { ...query, cursor: pages[at]!.previous! });
          expect(back!.items).toEqual(pages[at - 1]!.items);
          expect(back!.previous === null).toBe(at === 1);
          expect(back!.next).toBe(pages[at - 1]!.next);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('stay the same while others post, late or in time', async () => {
    const { ledger, id } = told.book;
    for (const by of ['recorded', 'effective'] as const) {
      const query = { path: PATH, asset: ASSET, by, order: 'oldest', limit: 20 } as const;
      const whole = linesOf(told.known({ path: PATH, asset: ASSET }), by);
      const found: Line[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = (await ledger.statementAt(id, { ...query, ...given({ cursor }) }))!;
        found.push(...page.items.map(lineOf));
        cursor = page.next;
        await told.take({ from: 1, to: 0, asset: 0, amount: 5n, hoursAgo: 300 });
        await told.take({ from: 0, to: 0, asset: 0, amount: 7n, hoursAgo: 0 });
      }
      expect(found).toEqual(whole);
    }
  });

  it('say the same as ready text, newest first', async () => {
    const { ledger, id } = told.book;
    const lines: unknown[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const query = { path: PATH, asset: ASSET, limit: 30, ...given({ cursor }) };
      const page = (await ledger.statementText(id, query))!;
      lines.push(...(JSON.parse(page.items) as unknown[]));
      cursor = page.next;
    }
    const expected = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await ledger.statement(id, { path: PATH, asset: ASSET, ...given({ cursor }) });
      expected.push(...page.items);
      cursor = page.next;
    }
    expect(lines).toEqual(
      expected.map(({ version, seq, amount, balanceAfter, ...line }) => ({
        ...line,
        version: version.toString(),
        seq: seq.toString(),
        balanceAfter: balanceAfter.toString(),
        ...(amount > 0n ? { debit: amount.toString() } : { credit: (-amount).toString() }),
      })),
    );
  });

  it('answer many readers of ready text at once, each with its own page', async () => {
    const { ledger, id } = told.book;
    const asked = Array.from({ length: 60 }, (_, n) => ({
      ...{ path: PATHS[n % PATHS.length]!, asset: ASSET, limit: 1 + (n % 5) },
      cursor: String(3 + (n % 9)),
    }));
    const found = await Promise.all(asked.map((query) => ledger.statementText(id, query)));
    const alone = [];
    for (const query of asked) alone.push(await ledger.statementText(id, query));
    expect(found).toEqual(alone);
    expect(new Set(found.map((page) => page!.items)).size).toBeGreaterThan(30);
  });

  it('are not there for an account that is not there, or was not yet', async () => {
    const { ledger, id } = told.book;
    const query = { path: PATH, asset: ASSET, by: 'recorded' } as const;
    expect(await ledger.statementAt(id, { ...query, path: 'nowhere' })).toBeUndefined();
    expect(await ledger.statementAt(id, { ...query, recordedAt: '2001-01-01T00:00:00Z' })).toBeUndefined();
    expect(await ledger.statementText(id, { path: 'nowhere', asset: ASSET })).toBeUndefined();
  });

  it('carry a text with quotes, controls and other scripts in ready JSON', async () => {
    const reference = '财农〔2026〕15号 "a\\b"\n\u0001😀';
    await told.book.transfer(
      'aaaaaaaa-0000-4000-8000-000000000001',
      [
        { path: 'wells', asset: ASSET, amount: 1n },
        { path: 'field/east', asset: ASSET, amount: -1n },
      ],
      { reference, memo: 'a.b-c' },
    );
    const page = await told.book.ledger.statementText(told.book.id, {
      path: 'field/east',
      asset: ASSET,
      limit: 1,
    });
    expect(JSON.parse(page!.items)).toEqual([
      expect.objectContaining({ reference, memo: 'a.b-c', credit: '1' }),
    ]);
  });
});
