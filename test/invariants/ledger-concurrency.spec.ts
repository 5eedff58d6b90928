import type { TestingModule } from '@nestjs/testing';

import { newId } from '@app/kernel';
import { move } from '@app/ledger';
import { codeOf, LedgerBook, posted, type Posted } from './ledger-book';

describe('many callers at once', () => {
  let book: LedgerBook;
  let neighbour: TestingModule;
  const count = (results: readonly Posted[], code: string) =>
    results.filter((result) => codeOf(result) === code).length;
  const times = <T>(n: number, make: (index: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: n }, (_, index) => make(index)));

  beforeAll(async () => {
    book = await LedgerBook.open();
    neighbour = await book.startProcess();
    await book.openAccount('till', null);
  });
  afterAll(() => book.close());
  afterEach(async () => {
    expect(await book.ledger.verify(book.id)).toMatchObject({ ok: true, findings: [] });
  });

  const fund = async (path: string, amount: bigint) => {
    await book.openAccount(path, 0n);
    posted(await book.transfer(newId(), move('till', path, 'CNY', amount)));
  };

  it('retires 10 from 100 exactly ten times when fifty units of work race for it', async () => {
    posted(await book.post({ kind: 'test.dig', legs: move('mine/1', 'purse/race', 'CNY', 100n) }));
    const results = await times(50, () =>
      book.post({ kind: 'test.retire', legs: move('purse/race', 'gone/race', 'CNY', 10n) }),
    );
    expect([count(results, 'ok'), count(results, 'BALANCE_INSUFFICIENT')]).toEqual([10, 40]);
    expect([await book.balance('purse/race'), await book.balance('gone/race')]).toEqual([0n, 100n]);
  });

  it('lets ten of fifty through when they race through the lanes of two processes', async () => {
    await fund('race', 100n);
    await book.openAccount('spent', 0n);
    const results = await times(50, (i) =>
      book.transfer(newId(), move('race', 'spent', 'CNY', 10n), {}, i % 2 ? book.module : neighbour),
    );
    expect([count(results, 'ok'), count(results, 'BALANCE_INSUFFICIENT')]).toEqual([10, 40]);
    expect([await book.balance('race'), await book.balance('spent')]).toEqual([0n, 100n]);
  });

  it('makes one entry of one id that comes twenty times at once, over two processes, and the same answer for all', async () => {
    await book.openAccount('once', 0n);
    const id = newId();
    const results = await times(20, (i) =>
      book.transfer(id, move('till', 'once', 'CNY', 5n), {}, i % 2 ? book.module : neighbour),
    );
    const entries = results.map(posted);
    expect(entries.filter((entry) => !entry.replayed)).toHaveLength(1);
    const [first] = entries;
    for (const entry of entries) expect({ ...entry, replayed: false }).toEqual({ ...first, replayed: false });
    expect(await book.balance('once')).toBe(5n);
  });

  it('makes one entry of one domain id that twenty units of work bring at once', async () => {
    const draft = { id: newId(), kind: 'test.dig', legs: move('mine/1', 'purse/once', 'CNY', 5n) };
    const entries = (await times(20, () => book.post(draft))).map(posted);
    expect(entries.filter((entry) => !entry.replayed)).toHaveLength(1);
    expect(await book.balance('purse/once')).toBe(5n);
  });

  it('does not deadlock when transfers cross, through lanes and units of work together', async () => {
    await fund('left', 1_000n);
    await fund('right', 1_000n);
    posted(await book.post({ kind: 'test.dig', legs: move('mine/1', 'purse/left', 'CNY', 1_000n) }));
    posted(await book.post({ kind: 'test.dig', legs: move('mine/1', 'purse/right', 'CNY', 1_000n) }));
    const results = await times(200, (i) => {
      const [from, to] = i % 2 ? ['left', 'right'] : ['right', 'left'];
      return i % 4 < 2
        ? book.transfer(newId(), move(from!, to!, 'CNY', 3n), {}, i % 8 < 4 ? book.module : neighbour)
        : book.post({ kind: 'test.move', legs: move(`purse/${from}`, `purse/${to}`, 'CNY', 3n) });
    });
    expect(count(results, 'ok')).toBe(200);
    const { rows } = await book.admin.query<{ deadlocks: string }>(
      'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
    );
    expect(Number(rows[0]!.deadlocks)).toBe(0);
    expect((await book.balance('left')) + (await book.balance('right'))).toBe(2_000n);
  });

  it('gives the numbers without gaps in the order of the balances, whoever posted', async () => {
    await fund('chain', 0n + 1_000n);
    await book.openAccount('chained', 0n);
    const results = await times(60, (i) =>
      book.transfer(newId(), move('chain', 'chained', 'CNY', 1n), {}, i % 2 ? book.module : neighbour),
    );
    const bySeq = results.map(posted).sort((a, b) => (a.seq < b.seq ? -1 : 1));
    bySeq.forEach((entry, index) => {
      expect(entry.seq).toBe(bySeq[0]!.seq + BigInt(index));
      expect(entry.postings[0]!.balanceAfter).toBe(999n - BigInt(index));
    });
  });
});
