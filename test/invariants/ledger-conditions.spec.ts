import { newId } from '@app/kernel';
import { move, type Condition, type EntryDraft } from '@app/ledger';
import { codeOf, LedgerBook, posted } from './ledger-book';

describe('conditions of an entry', () => {
  let book: LedgerBook;
  let serial = 0;
  let purse: string;
  const about = (is: Condition['is'], value: bigint, path = purse): Condition => ({
    path,
    asset: 'CNY',
    is,
    value,
  });
  const dig = (amount: bigint, conditions: readonly Condition[] = []) =>
    book.post({ kind: 'test.dig', legs: move('mine/1', purse, 'CNY', amount), conditions });

  beforeAll(async () => {
    book = await LedgerBook.open();
    await book.openAccount('till', null);
    await book.openAccount('shelf', 0n);
  });
  afterAll(() => book.close());
  beforeEach(async () => {
    purse = `purse/${(serial += 1)}`;
    posted(await dig(10n));
  });

  it.each<[Condition['is'], readonly bigint[], readonly bigint[]]>([
    ['version', [1n], [0n, 2n]],
    ['balance', [10n], [9n, 11n, -10n]],
    ['balance-at-least', [10n, 9n, -1n], [11n]],
    ['balance-at-most', [10n, 11n], [9n]],
  ])('of the %s hold or refuse the entry', async (is, good, bad) => {
    for (const value of bad) {
      expect(await dig(1n, [about(is, value)])).toEqual({
        ok: false,
        reason: {
          ...{ code: 'CONDITION_FAILED', condition: '0', account: purse, asset: 'CNY', is, expected: value },
          actual: is === 'version' ? 1n : 10n,
        },
      });
    }
    for (const value of good) {
      const elsewhere = move('mine/1', `${purse}-${value + 100n}`, 'CNY', 1n);
      posted(await book.post({ kind: 'test.dig', legs: elsewhere, conditions: [about(is, value)] }));
    }
  });

  it('are judged in their order, and the answer names the first that fails', async () => {
    const conditions = [about('version', 1n), about('balance', 9n), about('version', 7n)];
    expect(await dig(1n, conditions)).toMatchObject({
      reason: { condition: '1', is: 'balance', actual: 10n },
    });
  });

  it('are about the moment before the entry, and may name an account that it does not touch', async () => {
    const other = `purse/other-${serial}`;
    expect(codeOf(await dig(5n, [about('balance', 0n, other), about('version', 0n, other)]))).toBe('ok');
    expect(codeOf(await dig(5n, [about('balance', 15n)]))).toBe('ok');
    expect(await book.balance(purse)).toBe(20n);
  });

  it('see what entries before them in the same call did', async () => {
    const draft = (amount: bigint, version: bigint): EntryDraft => ({
      id: newId(),
      kind: 'test.dig',
      legs: move('mine/1', purse, 'CNY', amount),
      conditions: [about('version', version)],
    });
    expect(codeOf(await book.all([draft(1n, 1n), draft(1n, 1n)]))).toBe('CONDITION_FAILED');
    expect(codeOf(await book.all([draft(1n, 1n), draft(1n, 2n), draft(1n, 3n)]))).toBe('ok');
    expect(await book.balance(purse)).toBe(13n);
  });

  it('of accounts that do not exist, or are not for this door, say so', async () => {
    const transfer = (conditions: readonly Condition[]) =>
      book.transfer(newId(), move('till', 'shelf', 'CNY', 1n), { conditions });
    expect(await transfer([about('balance', 0n, 'nowhere')])).toMatchObject({
      reason: { code: 'ACCOUNT_UNKNOWN', account: 'nowhere', asset: 'CNY' },
    });
    expect(await transfer([{ ...about('balance', 0n, 'till'), asset: 'USD' }])).toEqual({
      ok: false,
      reason: { code: 'ASSET_UNKNOWN', asset: 'USD' },
    });
    expect(await transfer([about('balance', 10n)])).toMatchObject({
      reason: { code: 'ACCOUNT_KIND_NOT_ALLOWED' },
    });
  });

  it('come after the accounts and the sum, and before the floor', async () => {
    const failing = [about('version', 9n)];
    const unbalanced = [...move('mine/1', purse, 'CNY', 1n), { path: 'purse/x', asset: 'CNY', amount: -1n }];
    expect(codeOf(await book.post({ kind: 'test.dig', legs: unbalanced, conditions: failing }))).toBe(
      'ENTRY_UNBALANCED',
    );
    const beyond = { kind: 'test.move', legs: move(purse, 'purse/x', 'CNY', 99n) };
    expect(codeOf(await book.post({ ...beyond, conditions: failing }))).toBe('CONDITION_FAILED');
    expect(codeOf(await book.post({ ...beyond, conditions: [about('version', 1n)] }))).toBe(
      'BALANCE_INSUFFICIENT',
    );
  });

  it('belong to what an id asks for, and a refusal by them stays with it', async () => {
    const id = newId();
    const legs = move('till', 'shelf', 'CNY', 1n);
    const wrong = { conditions: [about('balance-at-least', 1_000_000n, 'shelf')] };
    const refused = await book.transfer(id, legs, wrong);
    expect(codeOf(refused)).toBe('CONDITION_FAILED');
    posted(await book.transfer(newId(), legs));
    expect(await book.transfer(id, legs, wrong)).toEqual(refused);
    expect(await book.transfer(id, legs)).toMatchObject({
      reason: { code: 'KEY_REUSED', field: 'conditions' },
    });
  });

  it('let one of many callers through who all saw the same version', async () => {
    const { rows } = await book.admin.query<{ version: string }>(
      `SELECT version FROM ledger.account WHERE path = 'shelf'`,
    );
    const conditions = [about('version', BigInt(rows[0]!.version), 'shelf')];
    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        book.transfer(newId(), move('till', 'shelf', 'CNY', 1n), { conditions }),
      ),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });
});
