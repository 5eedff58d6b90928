import { newId } from '@app/kernel';
import {
  move,
  ReverseEntry,
  type EntryDraft,
  type Leg,
  type PostedEntry,
  type ReverseEntryCommand,
} from '@app/ledger';
import { codeOf, LedgerBook, posted } from './ledger-book';

describe('taking an entry back', () => {
  let book: LedgerBook;
  let serial = 0;
  let a: string;
  let b: string;
  const reverse = (entry: string, rest: Partial<ReverseEntryCommand> = {}) =>
    book.module.get(ReverseEntry).execute(book.id, 'tester', { id: newId(), entry, ...rest });
  const pay = async (amount: bigint): Promise<PostedEntry> =>
    posted(await book.transfer(newId(), move(a, b, 'CNY', amount)));

  beforeAll(async () => {
    book = await LedgerBook.open();
    await book.openAccount('till', null);
  });
  afterAll(async () => {
    expect((await book.ledger.verify(book.id)).findings).toEqual([]);
    await book.close();
  });
  beforeEach(async () => {
    [a, b] = [`a-${(serial += 1)}`, `b-${serial}`];
    await book.openAccount(a, 0n);
    await book.openAccount(b, 0n);
    posted(await book.transfer(newId(), move('till', a, 'CNY', 100n)));
  });

  it('books the whole the other way round, and links to it', async () => {
    const entry = await pay(60n);
    const back = posted(await reverse(entry.id, { reference: 'r', memo: 'm' }));
    expect(back.postings.map(({ path, amount }) => [path, amount])).toEqual([
      [a, -60n],
      [b, 60n],
    ]);
    const { rows } = await book.admin.query(
      `SELECT e.reverses, k.kind FROM ledger.entry e JOIN ledger.entry_kind k ON k.id = e.kind WHERE e.id = $1`,
      [back.id],
    );
    expect(rows).toEqual([{ reverses: entry.seq.toString(), kind: 'reversal' }]);
  });

  it('in parts takes back at most the original, and all that is left is what is left', async () => {
    const entry = await pay(60n);
    posted(await reverse(entry.id, { legs: move(b, a, 'CNY', 25n) }));
    expect(await reverse(entry.id, { legs: move(b, a, 'CNY', 36n) })).toEqual({
      ok: false,
      reason: { code: 'REVERSAL_EXCEEDS', reverses: entry.id, account: b, asset: 'CNY', left: 35n },
    });
    expect(posted(await reverse(entry.id)).postings.map(({ amount }) => amount)).toEqual([-35n, 35n]);
    expect(await reverse(entry.id)).toMatchObject({ reason: { code: 'REVERSAL_EXCEEDS', left: 0n } });
    expect([await book.balance(a), await book.balance(b)]).toEqual([100n, 0n]);
  });

  it('is answered with its entry again, though nothing is left now', async () => {
    const entry = await pay(60n);
    const id = newId();
    const first = posted(await reverse(entry.id, { id }));
    expect(posted(await reverse(entry.id, { id }))).toEqual({ ...first, replayed: true });
    expect(await reverse(entry.id, { id, legs: move(b, a, 'CNY', 60n) })).toMatchObject({
      reason: { code: 'KEY_REUSED', field: 'postings' },
    });
  });

  it('happens once when many ask at the same time', async () => {
    const entry = await pay(60n);
    const results = await Promise.all(Array.from({ length: 12 }, () => reverse(entry.id)));
    expect(results.map(codeOf).sort()).toEqual([...Array<string>(11).fill('REVERSAL_EXCEEDS'), 'ok']);
    expect(await book.balance(a)).toBe(100n);
  });

  it('needs what it takes back to be there still', async () => {
    const entry = await pay(60n);
    posted(await book.transfer(newId(), move(b, 'till', 'CNY', 1n)));
    expect(await reverse(entry.id)).toMatchObject({
      reason: { code: 'BALANCE_INSUFFICIENT', account: b, missing: 1n },
    });
  });

  it('may be effective when the original was', async () => {
    const effectiveAt = new Date(Date.now() - 86_400_000);
    posted(await book.transfer(newId(), move('till', a, 'CNY', 1n), { effectiveAt }));
    const entry = posted(await book.transfer(newId(), move(a, b, 'CNY', 1n), { effectiveAt }));
    expect(posted(await reverse(entry.id, { effectiveAt })).effectiveAt).toEqual(effectiveAt);
  });

  it('is for entries of open kinds that are no reversals', async () => {
    const nothing = newId();
    expect(await reverse(nothing)).toEqual({
      ok: false,
      reason: { code: 'REVERSAL_UNKNOWN', reverses: nothing },
    });
    const domain = posted(await book.post({ kind: 'test.dig', legs: move('mine/1', 'purse/1', 'CNY', 1n) }));
    expect(await reverse(domain.id)).toEqual({
      ok: false,
      reason: { code: 'KIND_NOT_ALLOWED', kind: 'test.dig' },
    });
    const back = posted(await reverse((await pay(5n)).id));
    expect(codeOf(await reverse(back.id))).toBe('REVERSAL_OF_REVERSAL');
  });

  it('has a kind of its own: no other entry of an open kind has it, and none takes back without it', async () => {
    const entry = await pay(5n);
    const legs = move(b, a, 'CNY', 5n);
    expect(codeOf(await book.transfer(newId(), legs, { kind: 'reversal' }))).toBe('KIND_NOT_ALLOWED');
    expect(codeOf(await book.transfer(newId(), legs, { reverses: entry.id }))).toBe('KIND_NOT_ALLOWED');
  });

  it('within one call counts what came before in it: the original itself, and other parts', async () => {
    const purse = `purse/${serial}`;
    const draft = (legs: readonly Leg[], reverses?: string): EntryDraft => ({
      id: newId(),
      kind: 'test.dig',
      legs,
      ...(reverses ? { reverses } : {}),
    });
    const made = draft(move('mine/1', purse, 'CNY', 10n));
    const back = (amount: bigint) => draft(move(purse, 'mine/1', 'CNY', amount), made.id);
    expect(codeOf(await book.all([back(1n), made]))).toBe('REVERSAL_UNKNOWN');
    expect(await book.all([made, back(6n), back(5n)])).toMatchObject({
      reason: { code: 'REVERSAL_EXCEEDS', account: purse, left: 4n },
    });
    expect(codeOf(await book.all([made, back(6n), back(4n)]))).toBe('ok');
    expect(codeOf(await book.all([back(1n)]))).toBe('REVERSAL_EXCEEDS');
    const nested = back(1n);
    expect(codeOf(await book.all([draft(move('mine/1', purse, 'CNY', 1n)), nested]))).toBe(
      'REVERSAL_EXCEEDS',
    );
    const [one, two] = [draft(move('mine/1', purse, 'CNY', 2n)), newId()];
    const first = { ...draft(move(purse, 'mine/1', 'CNY', 1n), one.id), id: two };
    expect(codeOf(await book.all([one, first, draft(move('mine/1', purse, 'CNY', 1n), two)]))).toBe(
      'REVERSAL_OF_REVERSAL',
    );
  });
});
