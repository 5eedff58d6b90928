import { newId } from '@app/kernel';
import { EndHold, move, type EntryDraft } from '@app/ledger';
import { codeOf, LedgerBook, posted } from './ledger-book';

describe('holds of a lib', () => {
  let book: LedgerBook;
  beforeAll(async () => {
    book = await LedgerBook.open('rehearsal');
  });
  afterAll(() => book.close());
  afterEach(async () => {
    expect((await book.ledger.verify(book.id)).findings).toEqual([]);
  });

  const hold = async (amount: bigint, endedBy = 'test') => {
    const id = newId();
    posted(await book.post({ kind: 'test.dig', legs: move('mine/1', `purse/of-${id}`, 'CNY', amount) }));
    posted(
      await book.post({
        id,
        kind: 'test.retire',
        legs: move(`purse/of-${id}`, `gone/${id}`, 'CNY', amount),
        hold: { expiresAt: new Date('2026-12-01T00:00:00Z'), endedBy },
      }),
    );
    return id;
  };
  const end = (
    id: string,
    amount: bigint,
    as: 'commit' | 'release' | 'expire' = 'release',
    kind = 'test.retire',
  ) => {
    const draft: Pick<EntryDraft, 'kind' | 'legs' | 'ends'> = {
      kind,
      legs: move(`gone/${id}`, `purse/of-${id}`, 'CNY', amount),
      ends: { hold: id, as },
    };
    return book.post(draft);
  };

  it('are ended by their owner only, neither by another lib nor over HTTP', async () => {
    const id = await hold(10n, 'other');
    expect(await end(id, 10n)).toEqual({
      ok: false,
      reason: { code: 'HOLD_NOT_OWNED', hold: id, owner: 'other' },
    });
    const overHttp = await book.module.get(EndHold).release(book.id, 'tester', { id: newId(), hold: id });
    expect(codeOf(overHttp)).toBe('HOLD_UNKNOWN');
  });

  it('are ended in parts when their owner says so, each up to what is left', async () => {
    const id = await hold(10n);
    const part = (amount: bigint) =>
      book.post({
        kind: 'test.retire',
        legs: move(`gone/${id}`, `purse/of-${id}`, 'CNY', amount),
        ends: { hold: id, as: 'commit', part: true },
      });
    posted(await part(6n));
    expect(await part(5n)).toEqual({
      ok: false,
      reason: { code: 'HOLD_AMOUNT_EXCEEDED', hold: id, account: `gone/${id}`, asset: 'CNY', left: 4n },
    });
    posted(await end(id, 4n));
    expect(codeOf(await part(1n))).toBe('HOLD_ENDED');
  });

  it('are made, stepped on and ended within one call', async () => {
    const id = newId();
    posted(await book.post({ kind: 'test.dig', legs: move('mine/1', `purse/of-${id}`, 'CNY', 10n) }));
    const take = (amount: bigint, part: boolean): EntryDraft => ({
      id: newId(),
      kind: 'test.retire',
      legs: move(`gone/${id}`, `purse/of-${id}`, 'CNY', amount),
      ends: { hold: id, as: 'release', part },
    });
    const made: EntryDraft = {
      id,
      kind: 'test.retire',
      legs: move(`purse/of-${id}`, `gone/${id}`, 'CNY', 10n),
      hold: { expiresAt: new Date('2026-12-01T00:00:00Z'), endedBy: 'test' },
    };
    const state = async () => {
      const sql = 'SELECT state, ended_seq IS NULL AS open FROM ledger.hold WHERE id = $1';
      return (await book.admin.query(sql, [id])).rows as object[];
    };
    expect(codeOf(await book.all([made, take(4n, true), take(7n, false)]))).toBe('HOLD_AMOUNT_DIFFERS');
    expect(codeOf(await book.all([made, take(4n, true), take(7n, true)]))).toBe('HOLD_AMOUNT_EXCEEDED');
    expect(codeOf(await book.all([made, take(10n, false), take(1n, true)]))).toBe('HOLD_ENDED');
    expect(await state()).toEqual([]);
    expect(codeOf(await book.all([made, take(4n, true), take(6n, false)]))).toBe('ok');
    expect(await state()).toEqual([{ state: 'released', open: false }]);
  });

  it('end with exactly what is held, and once', async () => {
    const id = await hold(10n);
    expect(await end(id, 9n)).toEqual({
      ok: false,
      reason: { code: 'HOLD_AMOUNT_DIFFERS', hold: id, account: `gone/${id}`, asset: 'CNY', held: 10n },
    });
    expect(codeOf(await end(id, 10n, 'expire'))).toBe('HOLD_NOT_EXPIRED');
    posted(await end(id, 10n));
    expect(await end(id, 10n)).toEqual({
      ok: false,
      reason: { code: 'HOLD_ENDED', hold: id, state: 'released' },
    });
  });

  it('that do not exist are not ended', async () => {
    const id = newId();
    posted(await book.post({ kind: 'test.dig', legs: move('mine/1', `purse/x-${id}`, 'CNY', 1n) }));
    posted(await book.post({ kind: 'test.retire', legs: move(`purse/x-${id}`, `gone/${id}`, 'CNY', 1n) }));
    expect(await end(id, 1n)).toEqual({ ok: false, reason: { code: 'HOLD_UNKNOWN', hold: id } });
  });
});
