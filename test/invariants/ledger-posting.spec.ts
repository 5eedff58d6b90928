import { newId, ok } from '@app/kernel';
import { move, type EntryDraft, type Leg } from '@app/ledger';
import { UnitOfWork } from '@app/platform';
import { codeOf, LedgerBook, posted } from './ledger-book';

describe('posting to a book', () => {
  let book: LedgerBook;
  const give = (purse: string, amount: bigint) =>
    book.post({ kind: 'test.dig', legs: move('mine/1', `purse/${purse}`, 'CNY', amount) });

  beforeAll(async () => {
    book = await LedgerBook.open();
  });
  afterAll(() => book.close());

  it('shows every balance as side times debits less credits, so that a debit-normal source grows', async () => {
    const entry = posted(await give('signs', 100n));
    expect(entry.postings).toEqual([
      { path: 'mine/1', asset: 'CNY', amount: 100n, balanceAfter: 100n, version: 1n },
      { path: 'purse/signs', asset: 'CNY', amount: -100n, balanceAfter: 100n, version: 1n },
    ]);
  });

  it('numbers entries without gaps and stamps each later than the one before, refusals between or not', async () => {
    const first = posted(await give('gap', 10n));
    expect(
      codeOf(await book.post({ kind: 'test.move', legs: move('purse/gap', 'purse/x', 'CNY', 11n) })),
    ).toBe('BALANCE_INSUFFICIENT');
    const second = posted(await give('gap', 10n));
    expect(second.seq).toBe(first.seq + 1n);
    expect(second.recordedAtText > first.recordedAtText).toBe(true);
  });

  it('stamps the entries of one call a microsecond apart and lets an effective time be said', async () => {
    const effectiveAt = new Date('2025-12-31T16:00:00.000Z');
    const drafts: EntryDraft[] = [1n, 2n].map((amount) => ({
      id: newId(),
      kind: 'test.dig',
      effectiveAt,
      legs: move('mine/1', 'purse/time', 'CNY', amount),
    }));
    const result = await book.all(drafts);
    const [first, second] = result.ok ? result.value : [];
    const micros = (text?: string) => BigInt(text!.slice(20, 26));
    expect((micros(second!.recordedAtText) - micros(first!.recordedAtText) + 1_000_000n) % 1_000_000n).toBe(
      1n,
    );
    expect(first!.effectiveAtText).toBe('2025-12-31T16:00:00.000000Z');
  });

  it('posts all drafts of one call or none', async () => {
    posted(await give('all', 5n));
    const spend = (amount: bigint): EntryDraft => ({
      id: newId(),
      kind: 'test.move',
      legs: move('purse/all', 'purse/all-to', 'CNY', amount),
    });
    expect(codeOf(await book.all([spend(4n), spend(4n)]))).toBe('BALANCE_INSUFFICIENT');
    expect(await book.balance('purse/all')).toBe(5n);
    expect(codeOf(await book.all([spend(4n), spend(1n)]))).toBe('ok');
    expect(await book.balance('purse/all-to')).toBe(5n);
  });

  it('posts nothing of a refused call even when its caller forgets to roll back', async () => {
    posted(await give('forgetful', 5n));
    const legs = move('purse/forgetful', 'purse/forgotten', 'CNY', 4n);
    const drafts = [1, 2].map((): EntryDraft => ({ id: newId(), kind: 'test.move', legs }));
    const context = { book: book.id, actor: 'tester', action: 'test.forget' };
    await book.module.get(UnitOfWork).run(context, async (tx) => {
      expect(codeOf(await book.door.post(tx, drafts))).toBe('BALANCE_INSUFFICIENT');
      return ok(null);
    });
    expect(await book.balance('purse/forgetful')).toBe(5n);
  });

  it('answers the same draft again with the first entry, the balances of that time included', async () => {
    const draft = {
      id: newId(),
      kind: 'test.dig',
      reference: '川财〔2026〕1号',
      legs: move('mine/1', 'purse/same', 'CNY', 7n),
    };
    const first = posted(await book.post(draft));
    posted(await give('same', 1n));
    const again = posted(await book.post({ ...draft, legs: [...draft.legs].reverse() }));
    expect(again).toEqual({ ...first, replayed: true });
    expect(await book.balance('purse/same')).toBe(8n);
  });

  it.each<[string, Partial<EntryDraft>]>([
    ['kind', { kind: 'test.move' }],
    ['postings', { legs: move('mine/1', 'purse/reuse', 'CNY', 2n) }],
    ['reference', { reference: 'r' }],
    ['memo', { memo: 'm' }],
    ['effectiveAt', { effectiveAt: new Date(0) }],
    ['reverses', { reverses: newId() }],
    ['hold', { hold: { expiresAt: new Date(0), endedBy: 'test' } }],
    ['ends', { ends: { hold: newId(), as: 'release' } }],
  ])('refuses an id that comes back with another %s, naming it', async (field, change) => {
    const draft = { id: newId(), kind: 'test.dig', legs: move('mine/1', 'purse/reuse', 'CNY', 1n) };
    posted(await book.post(draft));
    expect(await book.post({ ...draft, ...change })).toEqual({
      ok: false,
      reason: { code: 'KEY_REUSED', id: draft.id, field },
    });
  });

  it.each<[string, Partial<EntryDraft> & Pick<EntryDraft, 'kind' | 'legs'>, object]>([
    [
      'a kind that does not exist',
      { kind: 'test.fly', legs: move('mine/1', 'purse/1', 'CNY', 1n) },
      { code: 'KIND_UNKNOWN', kind: 'test.fly' },
    ],
    [
      "another owner's kind",
      { kind: 'other.move', legs: move('purse/1', 'purse/2', 'CNY', 1n) },
      { code: 'KIND_NOT_ALLOWED', kind: 'other.move' },
    ],
    [
      'an open kind',
      { kind: 'transfer', legs: move('purse/1', 'purse/2', 'CNY', 1n) },
      { code: 'KIND_NOT_ALLOWED', kind: 'transfer' },
    ],
    [
      'an account kind its kind may not touch',
      { kind: 'test.move', legs: move('purse/1', 'gone/1', 'CNY', 1n) },
      { code: 'ACCOUNT_KIND_NOT_ALLOWED', account: 'gone/1', kind: 'test.move' },
    ],
    [
      'an account of no kind',
      { kind: 'test.move', legs: move('nowhere/1', 'purse/1', 'CNY', 1n) },
      { code: 'ACCOUNT_UNKNOWN', account: 'nowhere/1', asset: 'CNY' },
    ],
    [
      'an asset of another book or none',
      { kind: 'test.dig', legs: move('mine/1', 'purse/1', 'USD', 1n) },
      { code: 'ASSET_UNKNOWN', asset: 'USD' },
    ],
    [
      'more than there is, telling how much is missing',
      { kind: 'test.move', legs: move('purse/empty', 'purse/1', 'CNY', 3n) },
      { code: 'BALANCE_INSUFFICIENT', account: 'purse/empty', asset: 'CNY', missing: 3n },
    ],
  ])('refuses %s', async (_title, draft, reason) => {
    expect(await book.post(draft)).toEqual({ ok: false, reason });
  });

  it('refuses an entry that does not balance in each of its assets', async () => {
    await book.admin.query(`SELECT ledger.open_asset($1, 'CO2E/a', 'kg', 3)`, [book.id]);
    const legs: Leg[] = [
      ...move('mine/1', 'purse/1', 'CNY', 5n),
      { path: 'mine/1', asset: 'CO2E/a', amount: 5n },
      { path: 'purse/1', asset: 'CO2E/a', amount: -4n },
    ];
    expect(await book.post({ kind: 'test.dig', legs })).toEqual({
      ok: false,
      reason: { code: 'ENTRY_UNBALANCED', asset: 'CO2E/a', difference: 1n },
    });
  });

  it('posts two assets in one entry, each in its own accounts of the same path', async () => {
    await book.admin.query(`SELECT ledger.open_asset($1, 'CO2E/b', 'kg', 3)`, [book.id]);
    const legs = [
      ...move('mine/two', 'purse/two', 'CNY', 5n),
      ...move('mine/two', 'purse/two', 'CO2E/b', 9n),
    ];
    posted(await book.post({ kind: 'test.dig', legs }));
    expect([await book.balance('purse/two'), await book.balance('purse/two', 'CO2E/b')]).toEqual([5n, 9n]);
  });

  it('lets reversals together take back exactly the original, posting by posting', async () => {
    const original = posted(await give('back', 100n));
    const takeBack = (amount: bigint, from = 'purse/back', to = 'mine/1') =>
      book.post({ kind: 'test.dig', reverses: original.id, legs: move(from, to, 'CNY', amount) });
    posted(await takeBack(60n));
    expect(await takeBack(41n)).toEqual({
      ok: false,
      reason: {
        code: 'REVERSAL_EXCEEDS',
        reverses: original.id,
        account: 'purse/back',
        asset: 'CNY',
        left: 40n,
      },
    });
    expect(codeOf(await takeBack(1n, 'mine/1', 'purse/back'))).toBe('REVERSAL_EXCEEDS');
    expect(codeOf(await takeBack(1n, 'purse/signs'))).toBe('REVERSAL_EXCEEDS');
    posted(await takeBack(40n));
    expect(codeOf(await takeBack(1n))).toBe('REVERSAL_EXCEEDS');
  });

  it('refuses to reverse what is not there and what is a reversal itself', async () => {
    const legs = move('purse/signs', 'mine/1', 'CNY', 1n);
    const nothing = newId();
    expect(await book.post({ kind: 'test.dig', reverses: nothing, legs })).toEqual({
      ok: false,
      reason: { code: 'REVERSAL_UNKNOWN', reverses: nothing },
    });
    const original = posted(await give('twice', 1n));
    const taken = move('purse/twice', 'mine/1', 'CNY', 1n);
    const reversal = posted(await book.post({ kind: 'test.dig', reverses: original.id, legs: taken }));
    const again = move('mine/1', 'purse/twice', 'CNY', 1n);
    expect(codeOf(await book.post({ kind: 'test.dig', reverses: reversal.id, legs: again }))).toBe(
      'REVERSAL_OF_REVERSAL',
    );
  });

  it('stops an account before its turnover leaves what is counted exactly, and the rest of the book goes on', async () => {
    posted(await book.post({ kind: 'test.dig', legs: move('mine/full', 'purse/full', 'CNY', 1n) }));
    await book.admin.query(
      `UPDATE ledger.account SET debits = 9000000000000000000, credits = 9000000000000000000
        WHERE book = $1 AND path = 'mine/full'`,
      [book.id],
    );
    expect(await book.post({ kind: 'test.dig', legs: move('mine/full', 'purse/full', 'CNY', 1n) })).toEqual({
      ok: false,
      reason: { code: 'BALANCE_TOO_LARGE', account: 'mine/full', asset: 'CNY' },
    });
  });

  it.each<[string, Partial<EntryDraft> & Pick<EntryDraft, 'legs'>]>([
    ['one leg', { legs: move('mine/1', 'purse/1', 'CNY', 1n).slice(1) }],
    [
      '2,001 legs',
      { legs: Array.from({ length: 2_001 }, (_, i) => ({ path: `purse/${i}`, asset: 'CNY', amount: 1n })) },
    ],
    [
      'an account named twice',
      { legs: [...move('mine/1', 'purse/1', 'CNY', 1n), ...move('mine/1', 'purse/1', 'CNY', 1n)] },
    ],
    [
      'a leg of nothing',
      { legs: [...move('mine/1', 'purse/1', 'CNY', 1n), { path: 'purse/2', asset: 'CNY', amount: 0n }] },
    ],
    ['an amount beyond the bound', { legs: move('mine/1', 'purse/1', 'CNY', 1_000_000_000_000_001n) }],
    ['a path in capitals', { legs: move('mine/1', 'purse/A', 'CNY', 1n) }],
    ['prose for a memo', { memo: 'some words', legs: move('mine/1', 'purse/1', 'CNY', 1n) }],
  ])('treats %s as a bug of the caller', async (_title, draft) => {
    await expect(book.post({ kind: 'test.dig', ...draft })).rejects.toThrow();
  });

  it.each([
    ['one leg', '{1,2}', '{1}', '{1}', /2 to 2000 legs/],
    ['an account named twice', '{1,5}', '{1,2,1,2}', '{1,-1,2,-2}', /twice/],
    [
      'an amount beyond the bound',
      '{1,3}',
      '{1,2}',
      '{1000000000000001,-1000000000000001}',
      /posting_amount_check/,
    ],
    ['a leg of nothing', '{1,4}', '{1,2,3}', '{1,-1,0}', /posting_amount_check/],
  ])(
    'refuses %s at the door itself, should a caller of another make send it',
    async (_title, first, slots, amounts, why) => {
      const call = book.admin.query(
        `SELECT ledger.post_domain('test', true, false, NULL, NULL, $1, ARRAY[gen_random_uuid()],
         ARRAY[decode(repeat('ab', 32), 'hex')], '{test.dig}', '{a}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
         NULL, NULL, NULL, NULL, NULL, $2, '{mine/1,purse/1,purse/2}', '{CNY,CNY,CNY}', $3, $4)`,
        [book.id, first, slots, amounts],
      );
      await expect(call).rejects.toThrow(why);
    },
  );

  it('posts at READ COMMITTED only', async () => {
    await book.admin.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    const call = book.admin.query(
      `SELECT ledger.post_open(true, false, NULL, NULL, $1, '{}', '{}', '{}', '{}', NULL, NULL, NULL, NULL, NULL, NULL,
       NULL, NULL, '{1}', '{}', '{}', '{}', '{}')`,
      [book.id],
    );
    await expect(call).rejects.toThrow('READ COMMITTED');
    await book.admin.query('ROLLBACK');
  });

  it('posts 2,000 legs in one entry', async () => {
    const payees = Array.from({ length: 1_999 }, (_, i) => ({
      path: `purse/p${i}`,
      asset: 'CNY',
      amount: -1n,
    }));
    const entry = posted(
      await book.post({
        kind: 'test.dig',
        legs: [{ path: 'mine/1', asset: 'CNY', amount: 1_999n }, ...payees],
      }),
    );
    expect(entry.postings).toHaveLength(2_000);
  });
});

describe('the clock of a rehearsal', () => {
  it('stamps entries: a frozen clock still gives each a later microsecond, and effective time follows it', async () => {
    const book = await LedgerBook.open('rehearsal');
    try {
      const dig = () => book.post({ kind: 'test.dig', legs: move('mine/1', 'purse/1', 'CNY', 1n) });
      const texts = [posted(await dig()), posted(await dig())].map((entry) => entry.recordedAtText);
      const [first, second] = texts.map((text) => BigInt(text.slice(20, 26)));
      expect(texts[0]).toMatch(/^2026-03-01T00:00:00\.000/);
      expect(second).toBe(first! + 1n);
      await book.admin.query(`SELECT platform.advance_clock($1, '2026-03-10T00:00:00Z')`, [book.id]);
      expect(posted(await dig()).effectiveAtText).toBe('2026-03-10T00:00:00.000000Z');
    } finally {
      await book.close();
    }
  });
});
