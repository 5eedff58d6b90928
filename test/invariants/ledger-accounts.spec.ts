import { newId } from '@app/kernel';
import { ChangeFloor, CloseAccount, move, OpenAccount } from '@app/ledger';
import { codeOf, LedgerBook, posted } from './ledger-book';

describe('the terms of accounts and kinds', () => {
  let book: LedgerBook;
  let serial = 0;
  let path: string;
  const context = () => ({ book: book.id, actor: 'anna', action: 'test.accounts' });
  const setFloor = (floor: bigint | null, account = path) =>
    book.module.get(ChangeFloor).execute(context(), { path: account, asset: 'CNY', floor });
  const close = (account = path) =>
    book.module.get(CloseAccount).execute(context(), { path: account, asset: 'CNY' });
  const events = async (account: string) => {
    const { rows } = await book.admin.query<{ actor: string; type: string; facts: object }>(
      `SELECT actor, type, facts FROM ledger.event WHERE book = $1 AND facts->>'account' = $2 ORDER BY no`,
      [book.id, account],
    );
    return rows;
  };

  beforeAll(async () => {
    book = await LedgerBook.open();
    await book.openAccount('till', null);
  });
  afterAll(async () => {
    expect((await book.ledger.verify(book.id)).findings).toEqual([]);
    await book.close();
  });
  beforeEach(async () => {
    path = `wallet-${(serial += 1)}`;
    await book.openAccount(path, 0n);
  });

  it('are told by events, one for each change, with who made it', async () => {
    await setFloor(-50n);
    await setFloor(null);
    await close();
    const account = { account: path, asset: 'CNY' };
    expect(await events(path)).toEqual([
      { actor: 'tester', type: 'account-opened', facts: { ...account, side: -1, floor: '0' } },
      { actor: 'anna', type: 'floor-changed', facts: { ...account, floor: '-50', before: '0' } },
      { actor: 'anna', type: 'floor-changed', facts: { ...account, floor: null, before: '-50' } },
      { actor: 'anna', type: 'account-closed', facts: account },
    ]);
  });

  it('change once: the same floor or closing again is no change and no event', async () => {
    expect(await setFloor(-5n)).toMatchObject({
      ok: true,
      value: { changed: true, account: { floor: -5n } },
    });
    expect(await setFloor(-5n)).toMatchObject({ ok: true, value: { changed: false } });
    expect(await close()).toEqual({ ok: true, value: { closed: true } });
    expect(await close()).toEqual({ ok: true, value: { closed: false } });
    expect(await events(path)).toHaveLength(3);
  });

  it('let an account go as low as its floor of the moment', async () => {
    const spend = (amount: bigint) => book.transfer(newId(), move(path, 'till', 'CNY', amount));
    expect(codeOf(await spend(1n))).toBe('BALANCE_INSUFFICIENT');
    await setFloor(-50n);
    posted(await spend(50n));
    expect(codeOf(await spend(1n))).toBe('BALANCE_INSUFFICIENT');
    expect(await setFloor(-49n)).toEqual({
      ok: false,
      reason: { code: 'BALANCE_INSUFFICIENT', account: path, asset: 'CNY', missing: 1n },
    });
    posted(await book.transfer(newId(), move('till', path, 'CNY', 50n)));
    expect(codeOf(await setFloor(0n))).toBe('ok');
    expect(codeOf(await spend(1n))).toBe('BALANCE_INSUFFICIENT');
  });

  it("of domain accounts are their kind's, and a closed account keeps its own", async () => {
    posted(await book.post({ kind: 'test.dig', legs: move('mine/1', 'purse/1', 'CNY', 1n) }));
    expect(codeOf(await setFloor(-1n, 'purse/1'))).toBe('ACCOUNT_KIND_NOT_ALLOWED');
    expect(codeOf(await setFloor(-1n, 'nowhere'))).toBe('ACCOUNT_UNKNOWN');
    await close();
    expect(codeOf(await setFloor(-1n))).toBe('ACCOUNT_CLOSED');
  });

  it('are opened once when many ask at the same time', async () => {
    const open = () =>
      book.module
        .get(OpenAccount)
        .execute(context(), { path: `${path}/x`, asset: 'CNY', side: -1, floor: 0n });
    const opened = await Promise.all(Array.from({ length: 8 }, open));
    expect(opened.map((one) => one.ok && one.value.opened).filter(Boolean)).toHaveLength(1);
    expect(await events(`${path}/x`)).toHaveLength(1);
  });

  it('of kinds are known to every book, when they come and when they change', async () => {
    const facts = async () => {
      const { rows } = await book.admin.query<{ facts: object }>(
        `SELECT facts FROM ledger.event WHERE book = $1 AND facts->>'kind' = 'test.late' ORDER BY no`,
        [book.id],
      );
      return rows.map((row) => row.facts);
    };
    await book.admin.query(
      `INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds) VALUES ('test.late', 'test', false, '{purse}')`,
    );
    await book.admin.query(
      `UPDATE ledger.entry_kind SET may_backdate_below_floor = true WHERE kind = 'test.late'`,
    );
    const known = {
      table: 'entry_kind',
      kind: 'test.late',
      owner: 'test',
      open: false,
      account_kinds: ['purse'],
    };
    expect(await facts()).toEqual([
      { ...known, may_backdate_below_floor: false },
      { ...known, may_backdate_below_floor: true },
    ]);
  });

  it('stand on one time line with the entries: an event and an entry never have the same time', async () => {
    const { rows } = await book.admin.query<{ no: string }>(
      `SELECT t.at FROM (SELECT at FROM ledger.event WHERE book = $1
                         UNION ALL SELECT recorded_at FROM ledger.entry WHERE book = $1) t
        GROUP BY t.at HAVING count(*) > 1`,
      [book.id],
    );
    expect(rows).toEqual([]);
  });
});
