import { newId, type Result } from '@app/kernel';
import { EndHold, EXPIRE_HOLD, HoldStore, move, PlaceHold, type EntryDraft } from '@app/ledger';
import { JobHandlers } from '@app/platform';
import { codeOf, LedgerBook, posted } from './ledger-book';

const LATER = new Date('2026-03-02T00:00:00Z');

describe('holds', () => {
  let book: LedgerBook;
  beforeAll(async () => {
    book = await LedgerBook.open('rehearsal');
    await book.openAccount('till', null);
    await book.openAccount('shop', 0n);
  });
  afterAll(() => book.close());
  afterEach(async () => {
    expect((await book.ledger.verify(book.id)).findings).toEqual([]);
  });

  describe('of the HTTP door', () => {
    let wallet: string;
    let serial = 0;
    beforeEach(async () => {
      wallet = `wallet-${(serial += 1)}`;
      await book.openAccount(wallet, 0n);
      posted(await book.transfer(newId(), move('till', wallet, 'CNY', 100n)));
    });
    const place = async (amount: bigint, expiresAt = LATER) => {
      const id = newId();
      const placed = await book.module
        .get(PlaceHold)
        .execute(book.id, 'tester', { id, from: wallet, asset: 'CNY', amount, expiresAt });
      return { id, placed };
    };
    const commit = (hold: string, amount?: bigint, to = 'shop', id = newId()) =>
      book.module
        .get(EndHold)
        .commit(book.id, 'tester', { id, hold, to, ...(amount === undefined ? {} : { amount }) });
    const release = (hold: string, id = newId()) =>
      book.module.get(EndHold).release(book.id, 'tester', { id, hold });
    const expire = (hold: string) =>
      book.module
        .get(JobHandlers)
        .run(EXPIRE_HOLD.name, { book: book.id, id: newId(), attempt: 1, payload: { hold } });

    it('take the amount out of the account at once, so that nobody spends it meanwhile', async () => {
      const { id } = await place(70n);
      expect([await book.balance(wallet), await book.balance(`held/${id}`)]).toEqual([30n, 70n]);
      expect(await book.transfer(newId(), move(wallet, 'shop', 'CNY', 31n))).toMatchObject({
        ok: false,
        reason: { code: 'BALANCE_INSUFFICIENT', missing: 1n },
      });
      expect(codeOf((await place(31n)).placed)).toBe('BALANCE_INSUFFICIENT');
    });

    it('pay a part when committed in part, and the rest goes back in the same entry', async () => {
      const { id } = await place(70n);
      const before = await book.balance('shop');
      const entry = posted(await commit(id, 45n));
      expect(entry.postings.map(({ path, amount }) => [path, amount])).toEqual([
        [`held/${id}`, 70n],
        ['shop', -45n],
        [wallet, -25n],
      ]);
      expect([await book.balance('shop'), await book.balance(wallet)]).toEqual([before + 45n, 55n]);
      expect(await book.module.get(HoldStore).byId(book.id, id)).toMatchObject({
        state: 'committed',
        amount: 70n,
        endedSeq: entry.seq,
      });
    });

    it('are not committed for more than they hold', async () => {
      const { id } = await place(70n);
      expect(await commit(id, 71n)).toEqual({
        ok: false,
        reason: { code: 'HOLD_AMOUNT_EXCEEDED', hold: id, held: 70n },
      });
    });

    it('end once when commit and release race', async () => {
      const { id } = await place(70n);
      const results: Result<unknown>[] = await Promise.all([
        commit(id),
        release(id),
        commit(id, 1n),
        release(id),
      ]);
      expect(results.map(codeOf).sort()).toEqual(['HOLD_ENDED', 'HOLD_ENDED', 'HOLD_ENDED', 'ok']);
      expect(await book.balance(`held/${id}`)).toBe(0n);
    });

    it('answer the same commit again, under its id, with its entry', async () => {
      const { id } = await place(70n);
      const key = newId();
      const first = posted(await commit(id, 10n, 'shop', key));
      expect(posted(await commit(id, 10n, 'shop', key))).toEqual({ ...first, replayed: true });
    });

    it('stay held when the commit names an account that is not there', async () => {
      const { id } = await place(70n);
      expect(codeOf(await commit(id, 10n, 'no-shop'))).toBe('ACCOUNT_UNKNOWN');
      posted(await commit(id, 10n));
    });

    it('do not let an entry of another kind touch what is held', async () => {
      const { id } = await place(70n);
      expect(codeOf(await book.transfer(newId(), move(`held/${id}`, 'shop', 'CNY', 1n)))).toBe(
        'ACCOUNT_KIND_NOT_ALLOWED',
      );
    });

    it('come with the job that gives the amount back when their time has run out, not before, and only once', async () => {
      const { id } = await place(70n);
      const { rows } = await book.admin.query<{ due_at: Date }>(
        `SELECT due_at FROM platform.job WHERE book = $1 AND name = $2 AND payload->>'hold' = $3`,
        [book.id, EXPIRE_HOLD.name, id],
      );
      expect(rows).toEqual([{ due_at: LATER }]);
      expect(await expire(id)).toMatchObject({ kind: 'again' });
      expect(await book.balance(wallet)).toBe(30n);

      await book.admin.query(`SELECT platform.advance_clock($1, $2)`, [book.id, LATER]);
      expect(await commit(id)).toMatchObject({ ok: false, reason: { code: 'HOLD_EXPIRED', hold: id } });
      expect(await expire(id)).toEqual({ kind: 'done' });
      expect(await expire(id)).toEqual({ kind: 'done' });
      expect(await book.balance(wallet)).toBe(100n);
      expect(await book.module.get(HoldStore).byId(book.id, id)).toMatchObject({ state: 'expired' });
    });

    it('are not placed for a time that has passed', async () => {
      const { placed } = await place(1n, new Date('2026-02-28T00:00:00Z'));
      expect(codeOf(placed)).toBe('HOLD_EXPIRED');
    });

    it('keep their account open until they have ended', async () => {
      const { id } = await place(100n, new Date('2026-09-01T00:00:00Z'));
      const close = async () => {
        const { rows } = await book.admin.query<{ code: string }>(
          `SELECT code FROM ledger.close_account($1, $2, 'CNY')`,
          [book.id, wallet],
        );
        return rows[0]!.code;
      };
      expect(await close()).toBe('HOLD_OPEN');
      posted(await commit(id));
      expect(await close()).toBe('CLOSED');
      expect(codeOf(await book.transfer(newId(), move('till', wallet, 'CNY', 1n)))).toBe('ACCOUNT_CLOSED');
    });
  });

  describe('of a lib', () => {
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
});
