import { newId, ok } from '@app/kernel';
import { move, type EntryDraft } from '@app/ledger';
import { UnitOfWork, type Tx } from '@app/platform';
import { LedgerBook, type Posted } from './ledger-book';

/** What another does to the accounts of a batch while that has looked them up and waits for the fence. */
describe('a batch that stood in line at the fence', () => {
  let book: LedgerBook;
  beforeAll(async () => {
    book = await LedgerBook.open();
  });
  afterAll(async () => {
    expect((await book.ledger.verify(book.id)).findings).toEqual([]);
    await book.close();
  });

  const dig = (purse: string, amount: bigint): EntryDraft => ({
    id: newId(),
    kind: 'test.dig',
    legs: move('mine/1', `purse/${purse}`, 'CNY', amount),
  });
  const pay = (from: string, to: string, amount: bigint): EntryDraft => ({
    id: newId(),
    kind: 'test.move',
    legs: move(`purse/${from}`, `purse/${to}`, 'CNY', amount),
  });

  /** Holds the fence until the batch waits for it, then does something, and lets the batch go on. */
  async function behind<T>(batch: () => Promise<T>, meanwhile: (tx: Tx) => Promise<unknown>): Promise<T> {
    const context = { book: book.id, actor: 'tester', action: 'test.holds-the-fence' };
    let waiting: Promise<T> | undefined;
    await book.module.get(UnitOfWork).run(context, async (tx) => {
      await tx.query('SELECT ledger.take_fence($1)', [book.id]);
      waiting = batch();
      waiting.catch(() => undefined);
      await someoneWaits();
      return ok(await meanwhile(tx));
    });
    return waiting!;
  }

  async function someoneWaits(): Promise<void> {
    for (let tries = 0; tries < 500; tries += 1) {
      const { rows } = await book.admin.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%ledger.post%'`,
      );
      if (rows[0]!.n > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error('nobody ever waited for the fence');
  }

  const posts =
    (...drafts: EntryDraft[]) =>
    (tx: Tx): Promise<unknown> =>
      book.door.post(tx, drafts);
  const told = (answers: readonly Posted[]): string[] =>
    answers.map((answer) => (answer.ok ? 'posted' : answer.reason.code));
  const after = (answers: readonly Posted[]): unknown[] =>
    answers.map((answer) =>
      answer.ok ? answer.value.postings.map(({ balanceAfter, version }) => [balanceAfter, version]) : [],
    );

  it('goes on from the balances and versions that the other left', async () => {
    await book.each([dig('a', 10n), dig('b', 10n)]);
    const answers = await behind(() => book.each([pay('a', 'b', 2n)]), posts(pay('a', 'b', 8n)));
    expect(after(answers)).toEqual([
      [
        [0n, 3n],
        [20n, 3n],
      ],
    ]);
  });

  it('is refused what the other has spent', async () => {
    await book.each([dig('c', 10n)]);
    const answers = await behind(
      () => book.each([pay('c', 'b', 3n), pay('c', 'b', 2n)]),
      posts(pay('c', 'b', 8n)),
    );
    expect(told(answers)).toEqual(['BALANCE_INSUFFICIENT', 'posted']);
    expect(await book.balance('purse/c')).toBe(0n);
  });

  it('finds the account that the other opened first', async () => {
    const answers = await behind(() => book.each([dig('fresh', 4n)]), posts(dig('fresh', 3n)));
    expect(told(answers)).toEqual(['posted']);
    expect(await book.balance('purse/fresh')).toBe(7n);
  });

  it('is late for an account whose newest moment the other moved on', async () => {
    const past = new Date(Date.now() - 3_600_000);
    await book.each([{ ...dig('d', 10n), effectiveAt: new Date(Date.now() - 7_200_000) }]);
    const answers = await behind(
      () => book.each([{ ...pay('d', 'b', 1n), effectiveAt: past }]),
      posts(pay('d', 'b', 2n)),
    );
    expect(told(answers)).toEqual(['posted']);
    const refused = await behind(
      () => book.each([{ ...pay('d', 'b', 7n), effectiveAt: past }]),
      posts({ ...pay('d', 'b', 5n), effectiveAt: past }),
    );
    expect(told(refused)).toEqual(['BALANCE_INSUFFICIENT']);
  });

  it('finds an account closed, opened, or with another floor', async () => {
    for (const path of ['open-a', 'open-b']) await book.openAccount(path, null);
    const transfer = (from: string, to: string) => (): Promise<Posted[]> =>
      book.transfer(newId(), move(from, to, 'CNY', 5n)).then((answer) => [answer]);
    const asks = (sql: string) => (tx: Tx) => tx.query(sql, [book.id]);
    expect(
      told(
        await behind(
          transfer('open-a', 'open-b'),
          asks(`SELECT ledger.change_floor($1, 'open-a', 'CNY', 0, 'tester')`),
        ),
      ),
    ).toEqual(['BALANCE_INSUFFICIENT']);
    expect(
      told(
        await behind(
          transfer('open-b', 'open-c'),
          asks(`SELECT ledger.open_account($1, 'open-c', 'CNY', -1, NULL, 'tester')`),
        ),
      ),
    ).toEqual(['posted']);
    expect(
      told(
        await behind(
          transfer('open-b', 'open-a'),
          asks(`SELECT ledger.close_account($1, 'open-a', 'CNY', 'tester')`),
        ),
      ),
    ).toEqual(['ACCOUNT_CLOSED']);
  });
});
