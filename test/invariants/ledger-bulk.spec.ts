import { idOf, type Result } from '@app/kernel';
import { BULK_LEGS_MAX, type BulkOutcome, type PostingRefusal } from '@app/ledger';
import { UnitOfWork, type Tx } from '@app/platform';
import { codeOf, LedgerBook } from './ledger-book';

interface Row {
  readonly entry: number;
  readonly id: string;
  readonly kind?: string;
  readonly memo?: string;
  readonly effectiveAt?: string;
  readonly leg: number;
  readonly path: string;
  readonly amount: number;
}

/** Rows of the database, as a lib would have them in tables of its own. */
const ROWS = `
  SELECT r.entry AS entry_no, r.id, coalesce(r.kind, 'test.dig') AS kind, '川财1号'::text AS reference, r.memo,
         r."effectiveAt" AS effective_at, r.leg AS leg_no, r.path, 'CNY' AS asset, r.amount
    FROM jsonb_to_recordset($1::jsonb) AS r (entry int, id uuid, kind text, memo text, "effectiveAt" timestamptz,
                                             leg int, path text, amount bigint)`;

describe('posting what is in the database already', () => {
  let book: LedgerBook;
  let serial = 0;
  let tag: string;
  const work = <T>(run: (tx: Tx) => Promise<Result<T, PostingRefusal>>) =>
    book.module.get(UnitOfWork).run({ book: book.id, actor: 'tester', action: 'test.bulk' }, run);
  const post = (rows: readonly Row[]): Promise<Result<BulkOutcome, PostingRefusal>> =>
    work((tx) => book.door.postSelect(tx, { sql: ROWS, params: [JSON.stringify(rows)] }));
  /** Entry n digs into one purse of its own, or the one that is named. */
  const dig = (n: number, amount = 5, rest: Partial<Row> = {}): Row[] => {
    const entry = { entry: n, id: idOf(tag, String(n)), ...rest };
    return [
      { ...entry, leg: 1, path: 'mine/1', amount },
      { ...entry, leg: 2, path: rest.path ?? `purse/${tag}-${n}`, amount: -amount },
    ];
  };

  beforeAll(async () => {
    book = await LedgerBook.open();
  });
  afterAll(async () => {
    expect((await book.ledger.verify(book.id)).findings).toEqual([]);
    await book.close();
  });
  beforeEach(() => {
    tag = `t${(serial += 1)}`;
  });

  it('posts entries in their order whatever the order of the rows, with all that a draft would have', async () => {
    const rows = [3, 1, 2].flatMap((n) =>
      dig(n, n, { memo: 'm', effectiveAt: '2026-01-0' + n + 'T00:00:00Z' }),
    );
    const done = await post(rows.reverse());
    expect(done).toMatchObject({ ok: true, value: { posted: 3, replayed: 0 } });
    const first = done.ok ? done.value.firstSeq! : 0n;
    const { rows: stored } = await book.admin.query(
      `SELECT e.seq - $2 AS nth, e.id, e.memo, e.reference, e.actor, e.effective_at, p.leg, a.path, p.amount
         FROM ledger.entry e JOIN ledger.posting p ON p.book = e.book AND p.seq = e.seq
         JOIN ledger.account a ON a.book = p.book AND a.id = p.account
        WHERE e.book = $1 AND e.seq >= $2 ORDER BY e.seq, p.leg`,
      [book.id, first.toString()],
    );
    expect(stored).toEqual(
      [1, 2, 3].flatMap((n) =>
        dig(n, n).map(({ leg, path, amount }) => ({
          ...{
            nth: String(n - 1),
            id: idOf(tag, String(n)),
            memo: 'm',
            reference: '川财1号',
            actor: 'tester',
          },
          ...{ effective_at: new Date(Date.UTC(2026, 0, n)), leg, path, amount: String(amount) },
        })),
      ),
    );
  });

  it('posts all or none, with the reason of the first that is refused', async () => {
    const move = (n: number, amount: number): Row[] => {
      const entry = { entry: n, id: idOf(tag, String(n)), kind: 'test.move' };
      return [
        { ...entry, leg: 1, path: `purse/${tag}`, amount },
        { ...entry, leg: 2, path: `purse/${tag}-to`, amount: -amount },
      ];
    };
    const rows = [...dig(1, 10, { path: `purse/${tag}` }), ...move(2, 6)];
    expect(await post([...rows, ...move(3, 6)])).toEqual({
      ok: false,
      reason: { code: 'BALANCE_INSUFFICIENT', account: `purse/${tag}`, asset: 'CNY', missing: 2n },
    });
    expect(await book.balance(`purse/${tag}-to`)).toBe(0n);
    expect(await post([...rows, ...move(3, 4)])).toMatchObject({ ok: true, value: { posted: 3 } });
    expect([await book.balance(`purse/${tag}`), await book.balance(`purse/${tag}-to`)]).toEqual([0n, 10n]);
  });

  it('finds what it posted before, posts only the rest, and refuses an id that comes with something else', async () => {
    expect(await post(dig(1))).toMatchObject({ ok: true, value: { posted: 1, replayed: 0 } });
    expect(await post([...dig(1), ...dig(2)])).toMatchObject({ ok: true, value: { posted: 1, replayed: 1 } });
    expect(await post([...dig(1), ...dig(2)])).toEqual({
      ok: true,
      value: { posted: 0, replayed: 2, firstSeq: null },
    });
    for (const other of [
      dig(1, 6),
      dig(1, 5, { memo: 'm' }),
      dig(1, 5, { effectiveAt: '2026-01-01T00:00:00Z' }),
    ]) {
      expect(await post(other)).toEqual({
        ok: false,
        reason: { code: 'KEY_REUSED', id: idOf(tag, '1'), field: 'body' },
      });
    }
  });

  it('posts nothing of nothing', async () => {
    expect(await post([])).toEqual({ ok: true, value: { posted: 0, replayed: 0, firstSeq: null } });
  });

  it('keeps the rules of its door: the kinds of its owner, balance, floors, accounts named once', async () => {
    expect(codeOf(await post(dig(1, 5, { kind: 'other.move' })))).toBe('KIND_NOT_ALLOWED');
    expect(codeOf(await post(dig(2, 5, { kind: 'test.fly' })))).toBe('KIND_UNKNOWN');
    const [debit, credit] = dig(3);
    expect(await post([debit!, { ...credit!, amount: -4 }])).toEqual({
      ok: false,
      reason: { code: 'ENTRY_UNBALANCED', asset: 'CNY', difference: 1n },
    });
    await expect(post([...dig(4), { ...dig(4)[0]!, leg: 3 }, { ...dig(4)[1]!, leg: 4 }])).rejects.toThrow(
      'twice',
    );
    await expect(post(dig(5, 5, { memo: 'some words' }))).rejects.toThrow('entry_memo_check');
    await expect(post(dig(6, 5, { path: 'purse/A' }))).rejects.toThrow('account_path');
  });

  it('takes 2,000 legs an entry and not one more', async () => {
    const payees = (n: number): Row[] => {
      const entry = { entry: n, id: idOf(tag, String(n)) };
      return Array.from({ length: n }, (_, i) => ({
        ...entry,
        leg: i + 2,
        path: `purse/${tag}-${i}`,
        amount: -1,
      }));
    };
    const slice = (n: number): Row[] => [
      { ...payees(n)[0]!, leg: 1, path: 'mine/1', amount: n },
      ...payees(n),
    ];
    expect(await post(slice(1_999))).toMatchObject({ ok: true, value: { posted: 1 } });
    await expect(post(slice(2_000))).rejects.toThrow('2 to 2000 legs');
  });

  it('takes no more legs in a call than others may wait for', async () => {
    const rows = Array.from({ length: BULK_LEGS_MAX / 2 + 1 }, (_, n) =>
      dig(n, 1, { path: `purse/${tag}` }),
    ).flat();
    await expect(post(rows)).rejects.toThrow('at most 20000 legs');
    expect(await book.balance(`purse/${tag}`)).toBe(0n);
    expect(await post(rows.slice(0, BULK_LEGS_MAX))).toMatchObject({
      ok: true,
      value: { posted: BULK_LEGS_MAX / 2 },
    });
    expect(await book.balance(`purse/${tag}`)).toBe(BigInt(BULK_LEGS_MAX / 2));
  });

  it('reads with the rights of the application, not of the ledger', async () => {
    const sql = `SELECT 1 AS entry_no, gen_random_uuid() AS id, 'test.dig' AS kind, NULL AS reference, NULL AS memo,
      NULL::timestamptz AS effective_at, 1 AS leg_no, rolname AS path, 'CNY' AS asset, 1 AS amount FROM pg_authid`;
    await expect(work((tx) => book.door.postSelect(tx, { sql, params: [] }))).rejects.toThrow(
      'permission denied',
    );
  });
});
