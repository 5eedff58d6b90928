import { newId, ok } from '@app/kernel';
import { move, type EntryDraft } from '@app/ledger';
import { UnitOfWork, type Tx } from '@app/platform';
import { LedgerBook, type Posted } from './ledger-book';

/** Whether the posting function asks for every id first, or takes ids for new ones until that proves wrong. */
describe.each(['yes', 'no'])('ids that are known already, asked for first: %s', (asksFirst) => {
  let book: LedgerBook;
  beforeAll(async () => {
    book = await LedgerBook.open();
  });
  afterAll(async () => {
    expect((await book.ledger.verify(book.id)).findings).toEqual([]);
    await book.close();
  });

  const dig = (purse: string, amount = 5n): EntryDraft => ({
    id: newId(),
    kind: 'test.dig',
    legs: move('mine/1', `purse/${purse}`, 'CNY', amount),
  });
  const empty = (purse: string, amount = 5n): EntryDraft => ({
    id: newId(),
    kind: 'test.retire',
    legs: move(`purse/${purse}`, `gone/${purse}`, 'CNY', amount),
  });
  const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    book.module
      .get(UnitOfWork)
      .run({ book: book.id, actor: 'tester', action: 'test.ids' }, async (tx) => {
        await tx.query(`SELECT set_config('tanhui.asks_first', $1, true)`, [asksFirst]);
        return ok(await work(tx));
      })
      .then((done) => {
        if (!done.ok) throw new Error('nothing here rolls back');
        return done.value;
      });
  const each = (drafts: readonly EntryDraft[]): Promise<Posted[]> =>
    inTx((tx) =>
      book.door.postEach(
        tx,
        drafts.map((draft) => ({ draft, actor: 'tester' })),
      ),
    );
  const told = (answer: Posted): string =>
    answer.ok ? (answer.value.replayed ? 'replayed' : 'posted') : answer.reason.code;
  const count = async (): Promise<number> => {
    const { rows } = await book.admin.query<{ n: number }>('SELECT count(*)::int AS n FROM ledger.entry');
    return rows[0]!.n;
  };

  it('replays an entry whose money is gone since, and refuses nothing of it', async () => {
    const [filled, spent] = [dig('spent'), empty('spent')];
    expect((await each([filled, spent])).map(told)).toEqual(['posted', 'posted']);
    const before = await count();
    expect((await each([spent])).map(told)).toEqual(['replayed']);
    expect((await each([dig('other'), spent, filled, dig('other')])).map(told)).toEqual([
      'posted',
      'replayed',
      'replayed',
      'posted',
    ]);
    expect(await count()).toBe(before + 2);
    expect(await book.balance('purse/spent')).toBe(0n);
  });

  it('posts around a refusal, and keeps the refusal when its cause is gone', async () => {
    const tooMuch = empty('poor', 7n);
    expect((await each([dig('poor', 5n), tooMuch, dig('rich')])).map(told)).toEqual([
      'posted',
      'BALANCE_INSUFFICIENT',
      'posted',
    ]);
    expect((await each([dig('poor', 5n)])).map(told)).toEqual(['posted']);
    expect((await each([tooMuch, dig('rich')])).map(told)).toEqual(['BALANCE_INSUFFICIENT', 'posted']);
    expect(await book.balance('purse/poor')).toBe(10n);
  });

  it('tells that an id was used for something else, and posts the others', async () => {
    const first = dig('reused');
    await each([first]);
    const other = { ...dig('reused', 6n), id: first.id };
    expect((await each([dig('reused'), other])).map(told)).toEqual(['posted', 'KEY_REUSED']);
    expect(await book.balance('purse/reused')).toBe(10n);
  });

  it('posts all or none when one of them is known', async () => {
    const first = dig('all');
    await each([first]);
    const again = await inTx((tx) => book.door.post(tx, [dig('all'), first]));
    expect(again).toMatchObject({ ok: true, value: [{ replayed: false }, { replayed: true }] });
    const before = await count();
    const other = { ...dig('all', 6n), id: first.id };
    const refused = await inTx(async (tx) => {
      await tx.query('SAVEPOINT tried');
      const answer = await book.door.post(tx, [dig('all'), other]);
      await tx.query('ROLLBACK TO tried');
      return answer;
    });
    expect(refused).toMatchObject({ ok: false, reason: { code: 'KEY_REUSED', id: first.id } });
    expect(await count()).toBe(before);
  });

  it('remembers for its next batch whether asking was of use', async () => {
    const known = dig('memory');
    const memory = (tx: Tx) =>
      tx
        .query<{ asks: string }>(`SELECT current_setting('tanhui.asks_first', true) AS asks`)
        .then((rows) => rows[0]!.asks);
    const order = (draft: EntryDraft) => ({ draft, actor: 'tester' });
    const seen = await inTx(async (tx) => {
      const all: string[] = [];
      for (const draft of [known, known, dig('memory')]) {
        await book.door.postEach(tx, [order(draft)]);
        all.push(await memory(tx));
      }
      return all;
    });
    expect(seen).toEqual(['no', 'yes', 'no']);
  });
});
