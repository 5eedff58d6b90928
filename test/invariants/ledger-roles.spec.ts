import { Client } from 'pg';

import { newId } from '@app/kernel';
import { move } from '@app/ledger';
import { LedgerBook, posted } from './ledger-book';

const TABLES = [
  'account',
  'account_kind',
  'asset',
  'checkpoint',
  'entry',
  'entry_kind',
  'event',
  'fence',
  'hold',
  'hold_step',
  'log',
  'period',
  'period_balance',
  'posting',
  'refusal',
  'seal',
];

/** Rows of these are never changed. */
const FINAL = ['entry', 'posting', 'refusal', 'asset', 'event', 'hold_step', 'period_balance'];

/** Every function that may write and that the application may call. */
const DOORS = [
  'add_checkpoint',
  'ask_reopening',
  'change_floor',
  'close_account',
  'close_period',
  'open_account',
  'open_asset',
  'open_log',
  'post_domain',
  'post_open',
  'reopen_period',
  'seal_next',
  'take_fence',
];

describe('who may write the ledger', () => {
  let book: LedgerBook;
  const clients: Record<string, Client> = {};

  beforeAll(async () => {
    book = await LedgerBook.open();
    await book.openAccount('till', null);
    posted(await book.post({ kind: 'test.dig', legs: move('mine/1', 'purse/1', 'CNY', 5n) }));
    await book.transfer(newId(), move('till', 'nowhere', 'CNY', 1n));
    const { appUrl, auditorUrl, demoUrl, ownerUrl } = book.database;
    for (const [name, url] of Object.entries({
      app: appUrl,
      auditor: auditorUrl,
      demo: demoUrl,
      owner: ownerUrl,
    })) {
      clients[name] = new Client({ connectionString: url });
      await clients[name]!.connect();
    }
  });
  afterAll(async () => {
    for (const client of Object.values(clients)) await client.end();
    await book.close();
  });

  it('has no table beside those that these tests try', async () => {
    const { rows } = await book.admin.query<{ tablename: string }>(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'ledger' ORDER BY tablename`,
    );
    expect(rows.map((row) => row.tablename)).toEqual(TABLES);
  });

  describe.each(['app', 'auditor', 'demo'])('the role %s', (role) => {
    it.each(TABLES)('may not insert into, update, delete from or truncate ledger.%s', async (table) => {
      const { rows } = await book.admin.query<{ name: string }>(
        `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0
          AND NOT attisdropped ORDER BY attnum LIMIT 1`,
        [`ledger.${table}`],
      );
      const column = rows[0]!.name;
      for (const sql of [
        `INSERT INTO ledger.${table} (${column}) VALUES (DEFAULT)`,
        `UPDATE ledger.${table} SET ${column} = DEFAULT`,
        `DELETE FROM ledger.${table}`,
        `TRUNCATE ledger.${table}`,
      ]) {
        await expect(clients[role]!.query(sql)).rejects.toMatchObject({ code: '42501' });
      }
    });

    it('may call no function that writes but the doors, nor take a number for an account', async () => {
      const { rows } = await book.admin.query<{ name: string }>(
        `SELECT p.oid::regprocedure::text AS name FROM pg_proc p
          WHERE p.pronamespace = 'ledger'::regnamespace AND has_function_privilege($1, p.oid, 'EXECUTE')
            AND p.provolatile = 'v'`,
        [`tanhui_${role}`],
      );
      const names = rows.map((row) => row.name.replace(/^ledger\./, '').replace(/\(.*$/, ''));
      expect(names.sort()).toEqual(role === 'app' ? DOORS : []);
      await expect(clients[role]!.query(`SELECT nextval('ledger.account_id')`)).rejects.toMatchObject({
        code: '42501',
      });
    });
  });

  describe('the owner of the tables', () => {
    it.each([
      ...FINAL.map((table) => `UPDATE ledger.${table} SET book = book`),
      ...[...FINAL, 'account', 'hold', 'fence', 'period'].flatMap((table) => [
        `DELETE FROM ledger.${table}`,
        `TRUNCATE ledger.${table} CASCADE`,
      ]),
      `UPDATE ledger.account SET floor = NULL`,
      `UPDATE ledger.account SET closed_at = now()`,
      `UPDATE ledger.period SET ends_at = ends_at`,
      `UPDATE ledger.fence SET next_refusal = next_refusal - 1`,
      `UPDATE ledger.fence SET next_event = next_event - 1`,
      `UPDATE ledger.account SET side = -side`,
      `UPDATE ledger.account SET path = path`,
      `UPDATE ledger.hold SET expires_at = now()`,
      `UPDATE ledger.fence SET next_seq = next_seq - 1`,
      `UPDATE ledger.fence SET recorded_at = recorded_at - interval '1 second'`,
    ])('cannot undo the past: %s', async (sql) => {
      await expect(clients.owner!.query(sql)).rejects.toMatchObject({ code: '23001' });
    });

    it('cannot add postings that do not sum to zero per entry and asset', async () => {
      const insert = (amounts: readonly number[]) =>
        clients.owner!.query(
          `INSERT INTO ledger.posting (book, account, version, seq, leg, asset, amount, balance_after, effective_at)
           SELECT $1, 900000 + i, 1, 900000, i, a.id, m, m, now()
             FROM unnest($2::bigint[]) WITH ORDINALITY AS u (m, i), ledger.asset a
            WHERE a.book = $1 AND a.code = 'CNY'`,
          [book.id, amounts],
        );
      await expect(insert([5, -4])).rejects.toMatchObject({ code: '23514', message: /does not sum to zero/ });
      await clients.owner!.query('BEGIN');
      await expect(insert([5, -5])).resolves.toMatchObject({ rowCount: 2 });
      await clients.owner!.query('ROLLBACK');
    });

    it('cannot push an account below its floor', async () => {
      await expect(
        clients.owner!.query(`UPDATE ledger.account SET debits = debits + 6 WHERE path = 'purse/1'`),
      ).rejects.toMatchObject({ code: '23514', constraint: 'account_floor' });
    });
  });

  it('lets the auditor read and recompute the book', async () => {
    const { rows } = await clients.auditor!.query(
      `SELECT (SELECT count(*)::int FROM ledger.entry) AS entries, (SELECT count(*)::int FROM ledger.findings($1)) AS found`,
      [book.id],
    );
    expect(rows[0]).toEqual({ entries: 1, found: 0 });
  });
});
