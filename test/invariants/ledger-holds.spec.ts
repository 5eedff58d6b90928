import { newId, type Result } from '@app/kernel';
import { EndHold, EXPIRE_HOLD, HoldStore, move, PlaceHold } from '@app/ledger';
import { JobHandlers } from '@app/platform';
import { codeOf, LedgerBook, posted } from './ledger-book';

const LATER = new Date('2026-03-02T00:00:00Z');

describe('holds of the HTTP door', () => {
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
  const release = (hold: string, amount?: bigint, id = newId()) =>
    book.module
      .get(EndHold)
      .release(book.id, 'tester', { id, hold, ...(amount === undefined ? {} : { amount }) });
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

  it('are committed in part as often as something is left, and the rest stays held', async () => {
    const { id } = await place(70n);
    const before = await book.balance('shop');
    posted(await commit(id, 45n));
    const view = () => book.module.get(HoldStore).byId(book.id, id);
    expect(await view()).toMatchObject({
      state: 'held',
      amount: 70n,
      left: 25n,
      committed: 45n,
      endedSeq: null,
    });
    posted(await commit(id, 5n));
    const last = posted(await commit(id));
    expect(last.postings.map(({ path, amount }) => [path, amount])).toEqual([
      [`held/${id}`, 20n],
      ['shop', -20n],
    ]);
    expect([await book.balance('shop'), await book.balance(wallet)]).toEqual([before + 70n, 30n]);
    expect(await view()).toMatchObject({
      state: 'committed',
      left: 0n,
      committed: 70n,
      endedSeq: last.seq,
    });
  });

  it('are released in part, and count as committed when any part was', async () => {
    const { id } = await place(70n);
    posted(await release(id, 20n));
    posted(await commit(id, 30n));
    expect(await book.balance(wallet)).toBe(50n);
    const last = posted(await release(id));
    expect(await book.balance(wallet)).toBe(70n);
    expect(await book.module.get(HoldStore).byId(book.id, id)).toMatchObject({
      ...{ state: 'committed', left: 0n, committed: 30n, released: 40n, endedSeq: last.seq },
    });
  });

  it('are not committed or released for more than is left', async () => {
    const { id } = await place(70n);
    posted(await commit(id, 45n));
    const reason = {
      code: 'HOLD_AMOUNT_EXCEEDED',
      hold: id,
      account: `held/${id}`,
      asset: 'CNY',
      left: 25n,
    };
    expect(await commit(id, 26n)).toEqual({ ok: false, reason });
    expect(await release(id, 26n)).toEqual({ ok: false, reason });
    posted(await release(id, 25n));
  });

  it('give back what is left when their time has run out after a part was committed', async () => {
    const { id } = await place(70n, new Date('2026-03-01T00:00:01Z'));
    posted(await commit(id, 45n));
    await book.admin.query(`SELECT platform.advance_clock($1, '2026-03-01T00:00:02Z')`, [book.id]);
    expect(await commit(id, 1n)).toMatchObject({ ok: false, reason: { code: 'HOLD_EXPIRED' } });
    expect(await expire(id)).toEqual({ kind: 'done' });
    expect(await book.balance(wallet)).toBe(55n);
    expect(await book.module.get(HoldStore).byId(book.id, id)).toMatchObject({
      state: 'committed',
      left: 0n,
    });
  });

  it('are decided one after the other when parts race: never more than was held, and all that is left is what is left then', async () => {
    const { id } = await place(70n);
    const before = await book.balance('shop');
    const parts = [commit(id, 30n), commit(id, 30n), commit(id, 30n)];
    const results: Result<unknown>[] = await Promise.all([...parts, commit(id), commit(id)]);
    expect(results.map(codeOf)).toEqual(['ok', 'ok', 'HOLD_AMOUNT_EXCEEDED', 'ok', 'HOLD_ENDED']);
    expect([await book.balance(`held/${id}`), await book.balance('shop')]).toEqual([0n, before + 70n]);
  });

  it('answer a commit of all that is left with its entry when it comes again, though nothing is left now', async () => {
    const { id } = await place(70n);
    posted(await commit(id, 10n));
    const key = newId();
    const first = posted(await commit(id, undefined, 'shop', key));
    expect(posted(await commit(id, undefined, 'shop', key))).toEqual({ ...first, replayed: true });
    expect(await commit(id, undefined, 'till', key)).toMatchObject({
      reason: { code: 'KEY_REUSED', field: 'postings' },
    });
    const late = newId();
    expect(codeOf(await release(id, undefined, late))).toBe('HOLD_ENDED');
    expect(codeOf(await release(id, undefined, late))).toBe('HOLD_ENDED');
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

  it('are not placed on what another hold keeps nor on an account that a debit raises, and not committed into a hold', async () => {
    const { id } = await place(30n);
    await book.openAccount(`till-${wallet}`, 0n, 1);
    for (const from of [`held/${id}`, `till-${wallet}`]) {
      const placed = await book.module
        .get(PlaceHold)
        .execute(book.id, 'tester', { id: newId(), from, asset: 'CNY', amount: 1n, expiresAt: LATER });
      const reason = { code: 'ACCOUNT_KIND_NOT_ALLOWED', account: from, kind: 'ledger.hold' };
      expect(placed).toEqual({ ok: false, reason });
    }
    expect(codeOf(await commit(id, 5n, `held/${newId()}`))).toBe('ACCOUNT_KIND_NOT_ALLOWED');
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
