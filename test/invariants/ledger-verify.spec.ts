import { newId } from '@app/kernel';
import { move } from '@app/ledger';
import { LedgerBook, posted } from './ledger-book';

describe('verifying a book', () => {
  let book: LedgerBook;
  beforeAll(async () => {
    book = await LedgerBook.open();
    await book.openAccount('till', null);
    const original = posted(
      await book.post({ kind: 'test.dig', legs: move('mine/1', 'purse/1', 'CNY', 100n) }),
    );
    posted(await book.post({ kind: 'test.move', legs: move('purse/1', 'purse/2', 'CNY', 30n) }));
    posted(
      await book.post({
        kind: 'test.dig',
        reverses: original.id,
        legs: move('purse/1', 'mine/1', 'CNY', 20n),
      }),
    );
    const hold = { expiresAt: new Date('2100-01-01'), endedBy: 'test' };
    posted(await book.post({ kind: 'test.retire', legs: move('purse/2', 'gone/1', 'CNY', 5n), hold }));
    await book.transfer(newId(), move('till', 'nowhere', 'CNY', 1n));
  });
  afterAll(() => book.close());

  it('finds nothing in a book that only the doors have written', async () => {
    expect(await book.ledger.verify(book.id)).toEqual({ ok: true, entries: 4n, postings: 8n, findings: [] });
  });

  it('does not mix books up', async () => {
    const { rows } = await book.admin.query<{ id: number }>(
      `SELECT platform.open_live_book('next', '邻', '610925') AS id`,
    );
    expect(await book.ledger.verify(rows[0]!.id)).toEqual({
      ok: true,
      entries: 0n,
      postings: 0n,
      findings: [],
    });
  });

  // What only somebody with the server in his hands can do: the guards are switched off, then rows are changed.
  it.each<[string, string, readonly string[]]>([
    ['a deleted entry', `DELETE FROM ledger.entry WHERE seq = 2`, ['ENTRY_NOT_WHOLE', 'SEQ_GAP']],
    [
      'the last entry deleted whole',
      `WITH e AS (DELETE FROM ledger.entry WHERE seq = 4) DELETE FROM ledger.posting WHERE seq = 4`,
      ['HOLD_WITHOUT_ENTRY', 'SEQ_GAP', 'TOTALS_DIFFER'],
    ],
    [
      'a deleted posting',
      `DELETE FROM ledger.posting WHERE seq = 2 AND leg = 1`,
      ['ENTRY_NOT_WHOLE', 'ENTRY_UNBALANCED', 'TOTALS_DIFFER', 'VERSION_GAP'],
    ],
    [
      'a changed amount',
      `UPDATE ledger.posting SET amount = amount + 1 WHERE seq = 2 AND leg = 1`,
      ['BALANCE_CHAIN_BROKEN', 'ENTRY_UNBALANCED', 'TOTALS_DIFFER'],
    ],
    [
      'amounts changed on both sides',
      `UPDATE ledger.posting SET amount = amount + sign(amount) WHERE seq = 2`,
      ['BALANCE_CHAIN_BROKEN', 'TOTALS_DIFFER'],
    ],
    [
      'a changed balance after',
      `UPDATE ledger.posting SET balance_after = balance_after + 1 WHERE seq = 4 AND leg = 2`,
      ['BALANCE_CHAIN_BROKEN'],
    ],
    [
      'a changed total',
      `UPDATE ledger.account SET credits = credits + 1 WHERE path = 'purse/1'`,
      ['TOTALS_DIFFER', 'TRIAL_BALANCE_OFF'],
    ],
    [
      'a backdated recording',
      `UPDATE ledger.entry SET recorded_at = '2000-01-01' WHERE seq = 3`,
      ['TIME_NOT_RISING'],
    ],
    [
      'a moved posting',
      `UPDATE ledger.posting SET seq = 1, leg = 3 WHERE seq = 2 AND leg = 1`,
      ['ENTRY_NOT_WHOLE', 'ENTRY_UNBALANCED', 'REVERSAL_EXCEEDS', 'VERSION_OUT_OF_ORDER'],
    ],
    [
      'a changed kind',
      `UPDATE ledger.entry SET kind = (SELECT id FROM ledger.entry_kind WHERE kind = 'test.move') WHERE seq = 4`,
      ['KIND_TOUCHES_TOO_MUCH'],
    ],
    [
      'a changed side',
      `UPDATE ledger.account SET side = 1, floor = NULL WHERE path = 'gone/1'`,
      ['ACCOUNT_TERMS_DIFFER', 'BALANCE_CHAIN_BROKEN'],
    ],
    [
      'another asset on a posting',
      `UPDATE ledger.posting SET asset = asset + 1000 WHERE seq = 1`,
      ['ASSET_DIFFERS'],
    ],
    [
      'a raised floor',
      `ALTER TABLE ledger.account DROP CONSTRAINT account_floor, DROP CONSTRAINT account_floor_check; UPDATE ledger.account SET floor = 31 WHERE path = 'purse/2'`,
      ['ACCOUNT_TERMS_DIFFER', 'FLOOR_BROKEN'],
    ],
    [
      'a reversal of another entry',
      `UPDATE ledger.entry SET reverses = 2 WHERE seq = 3`,
      ['REVERSAL_EXCEEDS'],
    ],
    [
      'a hold ended by nothing',
      `UPDATE ledger.hold SET state = 'released', ended_seq = 99`,
      ['HOLD_WITHOUT_ENTRY'],
    ],
    [
      'a refused id that has an entry',
      `UPDATE ledger.refusal SET id = (SELECT id FROM ledger.entry WHERE seq = 1)`,
      ['REFUSED_BUT_POSTED'],
    ],
    [
      'a fence put forward',
      `UPDATE ledger.fence SET next_seq = next_seq + 1 WHERE next_seq > 1`,
      ['SEQ_GAP'],
    ],
  ])('finds %s', async (_title, damage, codes) => {
    const { admin } = book;
    await admin.query('BEGIN');
    try {
      await admin.query(`SET LOCAL session_replication_role = replica`);
      await admin.query(damage);
      const { rows } = await admin.query<{ code: string }>(
        'SELECT DISTINCT code FROM ledger.findings($1) ORDER BY code',
        [book.id],
      );
      expect(rows.map(({ code }) => code)).toEqual(codes);
    } finally {
      await admin.query('ROLLBACK');
    }
  });
});
