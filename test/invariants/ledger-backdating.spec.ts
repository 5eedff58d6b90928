import fc from 'fast-check';

import { newId } from '@app/kernel';
import { move, type EntryDraft } from '@app/ledger';
import { codeOf, LedgerBook, posted } from './ledger-book';

const NOW = new Date('2026-03-01T00:00:00.000Z');
const day = (n: number): Date => new Date(NOW.getTime() - (40 - n) * 86_400_000);
const TEXT = (n: number): string => day(n).toISOString().replace('Z', '000Z');

describe('effective time', () => {
  let book: LedgerBook;
  let serial = 0;
  let purse: string;
  const dig = (amount: bigint, effectiveAt?: Date): EntryDraft => ({
    id: newId(),
    kind: 'test.dig',
    legs: move('mine/1', purse, 'CNY', amount),
    ...(effectiveAt ? { effectiveAt } : {}),
  });
  const spend = (amount: bigint, effectiveAt?: Date, kind = 'test.move'): EntryDraft => ({
    id: newId(),
    kind,
    legs: move(purse, 'purse/spent', 'CNY', amount),
    ...(effectiveAt ? { effectiveAt } : {}),
  });
  const all = (...drafts: readonly EntryDraft[]) => book.all(drafts);

  beforeAll(async () => {
    book = await LedgerBook.open('rehearsal');
    await book.admin.query(`
      INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds, may_backdate_below_floor)
      VALUES ('test.correct', 'test', false, '{purse}', true)`);
  });
  afterAll(async () => {
    expect((await book.ledger.verify(book.id)).findings).toEqual([]);
    await book.close();
  });
  beforeEach(() => {
    purse = `purse/${(serial += 1)}`;
  });

  it('may be five minutes ahead of the clock and not more', async () => {
    const latest = new Date(NOW.getTime() + 300_000);
    expect(codeOf(await all(dig(1n, latest)))).toBe('ok');
    const later = new Date(latest.getTime() + 1);
    expect(await all(dig(1n, later))).toEqual({
      ok: false,
      reason: {
        code: 'EFFECTIVE_IN_FUTURE',
        effectiveAt: later.toISOString().replace('Z', '000Z'),
        latest: latest.toISOString().replace('Z', '000Z'),
      },
    });
    expect(codeOf(await all(dig(1n, new Date('9999-12-31T23:59:59Z'))))).toBe('EFFECTIVE_IN_FUTURE');
  });

  it('may be long ago for what only adds', async () => {
    expect(codeOf(await all(dig(5n), dig(5n, day(1)), dig(5n, new Date('1970-01-01T00:00:00Z'))))).toBe('ok');
  });

  it('is refused where a late spending would have left too little at that time, telling how much and when', async () => {
    await all(dig(10n, day(10)), dig(90n, day(20)));
    expect(await all(spend(11n, day(12)))).toEqual({
      ok: false,
      reason: {
        ...{
          code: 'BACKDATED_BALANCE_INSUFFICIENT',
          account: purse,
          asset: 'CNY',
          missing: 1n,
          at: TEXT(12),
        },
      },
    });
    expect(codeOf(await all(spend(10n, day(12))))).toBe('ok');
    expect(codeOf(await all(spend(1n, day(9))))).toBe('BACKDATED_BALANCE_INSUFFICIENT');
    expect(codeOf(await all(spend(90n, day(20))))).toBe('ok');
  });

  it('is refused where a spending after it would then have been too much, naming the worst moment', async () => {
    await all(dig(10n, day(10)), spend(8n, day(15)), dig(5n, day(18)), spend(6n, day(19)), dig(50n, day(25)));
    expect(await all(spend(5n, day(11)))).toMatchObject({ reason: { missing: 4n, at: TEXT(19) } });
    expect(codeOf(await all(spend(1n, day(11))))).toBe('ok');
  });

  it('counts what is already late, and what came before in the same call', async () => {
    await all(dig(10n, day(10)), dig(90n, day(30)));
    await all(dig(5n, day(15)));
    expect(codeOf(await all(spend(15n, day(16)), spend(1n, day(16))))).toBe('BACKDATED_BALANCE_INSUFFICIENT');
    expect(codeOf(await all(dig(3n, day(16)), spend(15n, day(16)), spend(3n, day(17))))).toBe('ok');
    expect(codeOf(await all(spend(1n, day(18))))).toBe('BACKDATED_BALANCE_INSUFFICIENT');
  });

  it('may fall below the floor for a kind that says so, and only in the past', async () => {
    await all(dig(10n, day(20)));
    expect(codeOf(await all(spend(5n, day(10))))).toBe('BACKDATED_BALANCE_INSUFFICIENT');
    expect(codeOf(await all(spend(5n, day(10), 'test.correct')))).toBe('ok');
    expect(codeOf(await all(spend(6n, day(10), 'test.correct')))).toBe('BALANCE_INSUFFICIENT');
  });

  it('does not let what is effective only in some minutes be spent now', async () => {
    await all(dig(10n, new Date(NOW.getTime() + 240_000)));
    expect(codeOf(await all(spend(1n)))).toBe('BACKDATED_BALANCE_INSUFFICIENT');
    expect(codeOf(await all(spend(1n, new Date(NOW.getTime() + 240_000))))).toBe('ok');
  });

  it('guards the recorded order always: what was spent meanwhile is not there for an earlier day', async () => {
    await all(dig(10n, day(10)), spend(10n, day(30)));
    expect(codeOf(await all(spend(1n, day(20))))).toBe('BALANCE_INSUFFICIENT');
  });

  /** Of each account all (effective, signed) in order of recording, and the floor at every moment by plain addition. */
  const stays = (postings: readonly (readonly [number, bigint])[], at: number): boolean =>
    [...new Set(postings.map(([effective]) => effective))]
      .filter((moment) => moment >= at)
      .every((moment) => sumOf(postings.filter(([effective]) => effective <= moment)) >= 0n);
  const sumOf = (postings: readonly (readonly [number, bigint])[]): bigint =>
    postings.reduce((sum, [, amount]) => sum + amount, 0n);

  it('agrees with plain addition over every moment, entry by entry and in calls of many', async () => {
    const step = fc.record({ at: fc.nat({ max: 12 }), amount: fc.integer({ min: -6, max: 8 }) });
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 10, maxLength: 25 }),
        fc.boolean(),
        async (steps, together) => {
          purse = `purse/m${(serial += 1)}`;
          const postings: [number, bigint][] = [];
          const expected: string[] = [];
          const orders = steps.map(({ at, amount }) => {
            const signed = BigInt(amount === 0 ? 1 : amount);
            const next: [number, bigint] = [at, signed];
            const isLate = postings.some(([effective]) => effective > at);
            if (signed < 0n && sumOf(postings) + signed < 0n) expected.push('BALANCE_INSUFFICIENT');
            else if (signed < 0n && isLate && !stays([...postings, next], at)) {
              expected.push('BACKDATED_BALANCE_INSUFFICIENT');
            } else {
              expected.push('ok');
              postings.push(next);
            }
            return signed > 0n ? dig(signed, day(at)) : spend(-signed, day(at));
          });
          const codes: string[] = [];
          const size = together ? orders.length : 1;
          for (let first = 0; first < orders.length; first += size) {
            codes.push(...(await book.each(orders.slice(first, first + size))).map(codeOf));
          }
          expect(codes).toEqual(expected);
          for (const code of codes) seen.add(code);
          const { rows } = await book.admin.query<{ at: number; balance: string }>(
            `SELECT t.at, ledger.balance_at($1, a.id, t.moment, NULL) AS balance
             FROM ledger.account a, unnest($3::timestamptz[]) WITH ORDINALITY AS t (moment, at)
            WHERE a.book = $1 AND a.path = $2 ORDER BY t.at`,
            [book.id, purse, Array.from({ length: 14 }, (_, n) => day(n))],
          );
          if (postings.length > 0) {
            expect(rows.map(({ balance }) => BigInt(balance))).toEqual(
              Array.from({ length: 14 }, (_, n) => sumOf(postings.filter(([effective]) => effective <= n))),
            );
          }
        },
      ),
      { numRuns: 25, seed: 1 },
    );
    expect([...seen].sort()).toEqual(['BACKDATED_BALANCE_INSUFFICIENT', 'BALANCE_INSUFFICIENT', 'ok']);
  });

  it('is what a posting remembers: the high-water mark of late ones, so that time is found by halving', async () => {
    posted(await book.post(dig(5n, day(20))));
    posted(await book.post(dig(5n, day(10))));
    posted(await book.post(dig(5n, day(15))));
    posted(await book.post(dig(5n, day(20))));
    const { rows } = await book.admin.query<{ effective_at: Date; effective_high: Date | null }>(
      `SELECT p.effective_at, p.effective_high FROM ledger.posting p
         JOIN ledger.account a ON a.book = p.book AND a.id = p.account WHERE a.path = $1 ORDER BY p.version`,
      [purse],
    );
    expect(rows.map(({ effective_at: at, effective_high: high }) => [at, high])).toEqual([
      [day(20), null],
      [day(10), day(20)],
      [day(15), day(20)],
      [day(20), null],
    ]);
  });
});
