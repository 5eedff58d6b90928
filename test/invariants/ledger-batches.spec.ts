import { newId } from '@app/kernel';
import { batchItemId, move, PostBatch, type EntryDraft, type PostBatchCommand } from '@app/ledger';
import { codeOf, LedgerBook, posted } from './ledger-book';

describe('a batch of entries of open kinds', () => {
  let book: LedgerBook;
  let serial = 0;
  let wallet: string;
  let shop: string;
  const pay = (amount: bigint, to = shop): Omit<EntryDraft, 'id'> => ({
    kind: 'transfer',
    legs: move(wallet, to, 'CNY', amount),
  });
  const send = (rest: Partial<PostBatchCommand> & Pick<PostBatchCommand, 'drafts'>) =>
    book.module
      .get(PostBatch)
      .execute(book.id, 'tester', { id: newId(), mode: 'atomic', dryRun: false, ...rest });
  const state = async () => {
    const { rows } = await book.admin.query<object>(
      `SELECT f.*, (SELECT count(*) FROM ledger.posting) AS postings,
              (SELECT count(*) FROM ledger.refusal) AS refusals FROM ledger.fence f WHERE book = $1`,
      [book.id],
    );
    return rows[0]!;
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
    [wallet, shop] = [`wallet-${(serial += 1)}`, `shop-${serial}`];
    await book.openAccount(wallet, 0n);
    await book.openAccount(shop, 0n);
    posted(await book.transfer(newId(), move('till', wallet, 'CNY', 10n)));
  });

  describe('atomic', () => {
    it('posts all, in their order and one after the other', async () => {
      const done = await send({ drafts: [pay(4n), pay(6n)] });
      expect(done).toMatchObject({ ok: true, value: { replayed: false } });
      const seqs = done.ok ? done.value.items.map((item) => posted(item).seq) : [];
      expect(seqs[1]).toBe(seqs[0]! + 1n);
      expect(await book.balance(shop)).toBe(10n);
    });

    it('posts none when one is refused, says which and why, and says so again under its id', async () => {
      const id = newId();
      const drafts = [pay(4n), pay(7n), pay(1n)];
      const refused = {
        ok: false,
        reason: { code: 'BALANCE_INSUFFICIENT', account: wallet, asset: 'CNY', missing: 1n, item: 1 },
      };
      expect(await send({ id, drafts })).toEqual(refused);
      expect(await book.balance(shop)).toBe(0n);
      posted(await book.transfer(newId(), move('till', wallet, 'CNY', 10n)));
      expect(await send({ id, drafts })).toEqual(refused);
      expect(codeOf(await send({ drafts }))).toBe('ok');
    });

    it('freezes nothing for what does not balance', async () => {
      const id = newId();
      const slip = {
        ...pay(1n),
        legs: [...move(wallet, shop, 'CNY', 1n), { path: 'till', asset: 'CNY', amount: 1n }],
      };
      expect(await send({ id, drafts: [pay(1n), slip] })).toMatchObject({
        reason: { code: 'ENTRY_UNBALANCED', difference: 1n, item: 1 },
      });
      expect(codeOf(await send({ id, drafts: [pay(1n), pay(1n)] }))).toBe('ok');
    });
  });

  describe('whose entries stand alone', () => {
    it('answers each as if it had come alone', async () => {
      const done = await send({ mode: 'continue', drafts: [pay(4n), pay(7n), pay(6n), pay(1n, 'nowhere')] });
      expect(done.ok && done.value.items.map(codeOf)).toEqual([
        'ok',
        'BALANCE_INSUFFICIENT',
        'ok',
        'ACCOUNT_UNKNOWN',
      ]);
      expect(await book.balance(shop)).toBe(10n);
    });

    it('keeps each refusal with the id of its entry', async () => {
      const id = newId();
      const drafts = [pay(4n), pay(7n)];
      await send({ id, mode: 'continue', drafts });
      posted(await book.transfer(newId(), move('till', wallet, 'CNY', 10n)));
      const again = await send({ id, mode: 'continue', drafts });
      expect(again.ok && again.value.items.map(codeOf)).toEqual(['ok', 'BALANCE_INSUFFICIENT']);
      expect(again.ok && again.value.replayed).toBe(true);
    });

    it("answers alike again when its first entry, whose id is the batch's, was the refused one", async () => {
      const id = newId();
      const drafts = [pay(11n), pay(4n)];
      const first = await send({ id, mode: 'continue', drafts });
      expect(first.ok && first.value.items.map(codeOf)).toEqual(['BALANCE_INSUFFICIENT', 'ok']);
      const again = await send({ id, mode: 'continue', drafts });
      expect(again.ok && again.value.items.map(codeOf)).toEqual(['BALANCE_INSUFFICIENT', 'ok']);
      expect(await send({ id, drafts })).toMatchObject({ reason: { code: 'KEY_REUSED', field: 'batch' } });
    });

    it('tells what does not balance and posts the others', async () => {
      const slip = {
        kind: 'transfer',
        legs: [...move(wallet, shop, 'CNY', 1n), { path: 'till', asset: 'CNY', amount: 1n }],
      };
      const done = await send({ mode: 'continue', drafts: [slip, pay(3n)] });
      expect(done.ok && done.value.items.map(codeOf)).toEqual(['ENTRY_UNBALANCED', 'ok']);
    });
  });

  describe.each(['atomic', 'continue'] as const)('(%s)', (mode) => {
    it('replays whole under its id, with the first answers', async () => {
      const id = newId();
      const first = await send({ id, mode, drafts: [pay(4n), pay(6n)] });
      const again = await send({ id, mode, drafts: [pay(4n), pay(6n)] });
      expect(first.ok && again.ok && again.value.items.map(posted)).toEqual(
        first.ok ? first.value.items.map((item) => ({ ...posted(item), replayed: true })) : [],
      );
      expect(again).toMatchObject({ ok: true, value: { replayed: true } });
      expect(await book.balance(shop)).toBe(10n);
    });

    it.each<[string, bigint[]]>([
      ['one entry more', [4n, 1n, 1n]],
      ['one entry less', [4n]],
      ['another amount', [4n, 2n]],
      ['another order', [1n, 4n]],
    ])('is another request with %s: the id is reused, and nothing is posted', async (_title, amounts) => {
      const id = newId();
      expect(codeOf(await send({ id, mode, drafts: [pay(4n), pay(1n)] }))).toBe('ok');
      const before = await state();
      expect(await send({ id, mode, drafts: amounts.map((amount) => pay(amount)) })).toEqual({
        ok: false,
        reason: { code: 'KEY_REUSED', id, field: 'batch' },
      });
      expect(await state()).toEqual(before);
    });

    it('uses its id up for single entries too, and they for it', async () => {
      const [batch, single] = [newId(), newId()];
      await send({ id: batch, mode, drafts: [pay(1n)] });
      expect(await book.transfer(batch, pay(1n).legs)).toMatchObject({
        reason: { code: 'KEY_REUSED', field: 'batch' },
      });
      posted(await book.transfer(single, pay(1n).legs));
      expect(codeOf(await send({ id: single, mode, drafts: [pay(1n)] }))).toBe('KEY_REUSED');
      expect(batchItemId(batch, 0)).toBe(batch);
    });

    it('answers a dry run as the real one, and leaves nothing behind, not even of a refusal', async () => {
      const before = await state();
      const codes = async (dryRun: boolean, id = newId()) => {
        const done = await send({ id, mode, dryRun, drafts: [pay(4n), pay(6n), pay(1n)] });
        return done.ok ? done.value.items.map(codeOf) : [done.reason.code, done.reason.item];
      };
      const id = newId();
      const dry = await codes(true, id);
      expect(await state()).toEqual(before);
      expect(await codes(false, id)).toEqual(dry);
      expect(dry).toEqual(
        mode === 'atomic' ? ['BALANCE_INSUFFICIENT', 2] : ['ok', 'ok', 'BALANCE_INSUFFICIENT'],
      );
    });
  });

  it('that only tries is no replay for who asks the same at the same time', async () => {
    const command = { id: newId(), dryRun: true, drafts: [pay(1n)] };
    const done = await Promise.all([send(command), send(command)]);
    expect(done.map((one) => one.ok && one.value.replayed)).toEqual([false, false]);
  });

  it('goes together with others, each with its own answer', async () => {
    const done = await Promise.all([
      send({ drafts: [pay(4n), pay(4n)] }),
      send({ drafts: [pay(4n), pay(4n)] }),
      send({ mode: 'continue', drafts: [pay(4n), pay(2n)] }),
      send({ dryRun: true, drafts: [pay(1n)] }),
    ]);
    expect(done.map(codeOf)).toEqual(['ok', 'BALANCE_INSUFFICIENT', 'ok', 'BALANCE_INSUFFICIENT']);
    expect(await book.balance(shop)).toBe(10n);
  });
});
