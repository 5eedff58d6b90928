import { newId } from '@app/kernel';
import { openCheckpoint, readVkey, toHex } from '@app/proof';
import { posted } from './ledger-book';
import { SealingBook } from './sealing-book';

/**
 * What no leaf covers, because it moves on or is a second telling: it follows from what the leaves cover, and
 * `verify` compares. Every other column must change a leaf or a hash; one that is new fails here until it does.
 */
const FOLLOWS: Readonly<Record<string, string>> = {
  'account.debits': 'sum of its postings',
  'account.credits': 'sum of its postings',
  'account.version': 'count of its postings',
  'account.effective_high': 'greatest effective time of its postings',
  'account.closed_at': 'event account-closed',
  'account_kind.owner': 'event kind-known',
  'account_kind.side': 'event kind-known',
  'account_kind.floor': 'event kind-known',
  'asset.unit': 'event asset-opened',
  'asset.scale': 'event asset-opened',
  'entry_kind.owner': 'event kind-known',
  'entry_kind.open': 'event kind-known',
  'entry_kind.account_kinds': 'event kind-known',
  'entry_kind.may_backdate_below_floor': 'event kind-known',
  'event.subject': 'the facts name the row',
  'fence.book': 'one row a book',
  'fence.next_seq': 'last entry',
  'fence.next_refusal': 'last refusal',
  'fence.next_event': 'last event',
  'fence.recorded_at': 'last record',
  'fence.closed_until': 'event period-closed',
  'hold.state': 'entries that step on it',
  'hold.ended_seq': 'entries that step on it',
  'hold_step.book': 'entry.hold',
  'hold_step.hold': 'entry.hold',
  'hold_step.seq': 'entry.hold',
  'hold_step.as': 'entry.hold_as',
  'period.book': 'event period-closed',
  'period.no': 'event period-closed',
  'period.ends_at': 'event period-closed',
  'period.state': 'event period-reopened',
  'period.closed_at': 'event period-closed',
  'period.closed_by': 'event period-closed',
  'period.trial_balance': 'event period-closed',
  'period.asked_by': 'event period-reopening-asked',
  'period.asked_at': 'event period-reopening-asked',
  'period.reopened_by': 'event period-reopened',
  'period.reopened_at': 'event period-reopened',
  'period_balance.book': 'period.trial_balance',
  'period_balance.period': 'period.trial_balance',
  'period_balance.account': 'period.trial_balance',
  'period_balance.debits': 'period.trial_balance',
  'period_balance.credits': 'period.trial_balance',
};

/** The row that is changed, where any row would not do: one that the book uses. */
const ROW: Readonly<Record<string, string>> = {
  account: `path = 'purse/1'`,
  account_kind: `kind = 'purse'`,
  entry_kind: `kind = 'test.dig'`,
  asset: `code = 'CNY'`,
  entry: `seq = 1`,
  posting: `seq = 1 AND leg = 2`,
};

/** Another value of the type that no other row has. */
const OTHER: Readonly<Record<string, (column: string) => string>> = {
  bigint: (column) => `coalesce(${column}, 0) + 100000`,
  integer: (column) => `coalesce(${column}, 0) + 100000`,
  smallint: (column) => `(coalesce(${column}, 0) + 100)::smallint`,
  text: (column) => `coalesce(${column}, '') || 'x'`,
  'ledger.account_path': (column) => `${column} || 'x'`,
  uuid: () => `gen_random_uuid()`,
  bytea: (column) => `sha256(${column})`,
  jsonb: (column) => `${column} || '{"x": 1}'`,
  'timestamp with time zone': (column) => `coalesce(${column}, now()) + interval '1 microsecond'`,
};

/** Everything that the seals and checkpoints of the book say, compared with everything else. */
const INTACT = `
  SELECT NOT EXISTS (
           SELECT FROM (
             SELECT s.*, s AS whole, lag(s.hash, 1, decode(repeat('00', 32), 'hex')) OVER w AS hash_before,
                    lag(s.no, 1, 0::bigint) OVER w + 1 AS no_expected, lag(s.next_entry, 1, 1::bigint) OVER w AS entry,
                    lag(s.next_refusal, 1, 1::bigint) OVER w AS refusal, lag(s.next_event, 1, 1::bigint) OVER w AS event
               FROM ledger.seal s WHERE s.book = $1 WINDOW w AS (ORDER BY s.no)) s
            WHERE (s.no = s.no_expected AND s.first_entry = s.entry AND s.first_refusal = s.refusal
               AND s.first_event = s.event AND s.previous = s.hash_before AND s.hash = ledger.seal_hash(s.whole)
               AND s.subtrees = ledger.log_subtrees(s.book, s.no, s.hash)
               AND s.root = ledger.merkle_root(ledger.seal_leaves(s.book, s.seed, s.first_entry, s.next_entry,
                              s.first_refusal, s.next_refusal, s.first_event, s.next_event))) IS NOT TRUE)
         AND EXISTS (SELECT FROM ledger.log l JOIN ledger.checkpoint c ON c.book = l.book
                      WHERE l.book = $1 AND l.origin = split_part($2, E'\\n', 1) AND c.note = $2
                        AND c.size::text = split_part($2, E'\\n', 2) AND c.root = ledger.log_root(c.book, c.size)
                        AND encode(c.root, 'base64') = split_part($2, E'\\n', 3)) AS intact`;

describe('every column of the ledger', () => {
  let sealing: SealingBook;
  let columns: { table_name: string; column_name: string; type: string }[];
  let external: string;

  beforeAll(async () => {
    sealing = await SealingBook.open();
    const { book } = sealing;
    const dig = [
      { path: 'mine/1', asset: 'CNY', amount: 100n },
      { path: 'purse/1', asset: 'CNY', amount: -100n },
    ];
    posted(await book.post({ kind: 'test.dig', legs: dig, reference: 'r', memo: 'm' }));
    await book.openAccount('a', 0n);
    await book.openAccount('b', 0n);
    const legs = [
      { path: 'a', asset: 'CNY', amount: 5n },
      { path: 'b', asset: 'CNY', amount: -5n },
    ];
    expect(await book.transfer(newId(), legs)).toMatchObject({ ok: false });
    // What a hold of the first entry would have left there.
    await book.admin.query(
      `INSERT INTO ledger.hold (book, id, seq, owner, expires_at)
       SELECT book, id, seq, 'test', now() FROM ledger.entry WHERE book = $1 AND seq = 1`,
      [book.id],
    );
    await sealing.seal();
    external = (await sealing.checkpoint()).note;
    // Checks stop honest mistakes; whoever may change rows past every trigger may drop them as well.
    const { rows: checks } = await book.admin.query<{ name: string; on: string }>(
      `SELECT c.conname AS name, c.conrelid::regclass::text AS "on" FROM pg_constraint c
        WHERE c.connamespace = 'ledger'::regnamespace AND c.contype = 'c' AND c.conrelid <> 0`,
    );
    for (const { name, on } of checks) await book.admin.query(`ALTER TABLE ${on} DROP CONSTRAINT "${name}"`);
    ({ rows: columns } = await book.admin.query(
      `SELECT c.table_name, c.column_name, coalesce(c.domain_schema || '.' || c.domain_name, c.data_type) AS type
         FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = 'ledger' AND t.table_type = 'BASE TABLE' ORDER BY 1, c.ordinal_position`,
    ));
  });
  afterAll(() => sealing.close());

  const intact = async (): Promise<boolean> => {
    const row = await sealing.one<{ intact: boolean }>(INTACT, [sealing.book.id, external]);
    return row.intact;
  };

  it('is compared with a book that is whole', async () => {
    expect(await intact()).toBe(true);
    expect(columns.length).toBeGreaterThan(80);
    expect(openCheckpoint(external, readVkey(await sealing.vkey())!)).toMatchObject({ size: 1n });
  });

  it('changes a leaf or a hash when it is changed, or follows from those that do', async () => {
    const { admin } = sealing.book;
    const missed: string[] = [];
    for (const { table_name: table, column_name: column, type } of columns) {
      const name = `${table}.${column}`;
      if (name in FOLLOWS) continue;
      await admin.query('BEGIN');
      await admin.query('SET LOCAL session_replication_role = replica');
      const other = OTHER[type]?.(`"${column}"`);
      // An id that nobody may write is written all the same by whoever may alter the table.
      await admin.query(`ALTER TABLE ledger.${table} ALTER "${column}" DROP IDENTITY IF EXISTS`);
      const changed = await admin.query(
        `UPDATE ledger.${table} SET "${column}" = ${other}
          WHERE ctid = (SELECT ctid FROM ledger.${table} WHERE ${ROW[table] ?? 'true'} LIMIT 1)`,
      );
      if (changed.rowCount !== 1 || (await intact())) missed.push(name);
      await admin.query('ROLLBACK');
    }
    expect(missed).toEqual([]);
    expect(await intact()).toBe(true);
  });

  it('is named as following from others only where there is such a column', () => {
    const names = new Set(columns.map(({ table_name: table, column_name: column }) => `${table}.${column}`));
    expect(Object.keys(FOLLOWS).filter((name) => !names.has(name))).toEqual([]);
  });

  it('is covered by the signature, of which no byte may change', async () => {
    const key = readVkey(await sealing.vkey())!;
    const head = external.slice(0, external.indexOf('\n\n'));
    expect(toHex(openCheckpoint(external, key)!.root)).toMatch(/^[0-9a-f]{64}$/);
    expect(openCheckpoint(external.replace(head, head.replace('\n1\n', '\n2\n')), key)).toBeUndefined();
  });
});
