import { Client } from 'pg';

import { newId } from '@app/kernel';
import {
  AuditBook,
  AuditRunStore,
  move,
  verifyLedger,
  type Ask,
  type Finding,
  type Reach,
} from '@app/ledger';
import { again } from '@app/platform';
import { TamperBook } from './ledger-tamper-book';
import { posted } from './ledger-book';

/** What only somebody with the server in his hands can do, and what each comes out as. */
const DAMAGES: readonly [string, string, readonly string[]][] = [
  ['a deleted entry', 'DELETE FROM ledger.entry WHERE seq = 2', ['ENTRY_MISSING', 'SEQ_GAP']],
  [
    'a deleted posting',
    'DELETE FROM ledger.posting WHERE seq = 2 AND leg = 1',
    ['ENTRY_NOT_WHOLE', 'TOTALS_DIFFER', 'VERSION_GAP'],
  ],
  [
    'a changed amount',
    'UPDATE ledger.posting SET amount = amount + 1 WHERE seq = 2 AND leg = 1',
    ['BALANCE_CHAIN_BROKEN', 'ENTRY_UNBALANCED', 'TOTALS_DIFFER'],
  ],
  [
    'amounts changed on both sides',
    'UPDATE ledger.posting SET amount = amount + sign(amount) WHERE seq = 2',
    ['BALANCE_CHAIN_BROKEN', 'TOTALS_DIFFER'],
  ],
  [
    'a changed total',
    `UPDATE ledger.account SET credits = credits + 1 WHERE path = 'purse/1'`,
    ['TOTALS_DIFFER'],
  ],
  [
    'a recording put back',
    `UPDATE ledger.entry SET recorded_at = '2000-01-01' WHERE seq = 3`,
    ['TIME_NOT_RISING'],
  ],
  [
    'a posting effective at another time',
    `UPDATE ledger.posting SET effective_at = effective_at + interval '1 hour' WHERE seq = 3 AND leg = 1`,
    ['EFFECTIVE_TIME_DIFFERS'],
  ],
  [
    'a late posting that hides it',
    'UPDATE ledger.posting SET effective_high = NULL WHERE effective_high IS NOT NULL',
    ['EFFECTIVE_HIGH_DIFFERS'],
  ],
  [
    'a floor lowered without a word',
    `UPDATE ledger.account SET floor = -9000 WHERE path = 'ann'`,
    ['TERMS_DIFFER'],
  ],
  [
    'an account closed without a word',
    `UPDATE ledger.account SET closed_at = '2026-03-02' WHERE path = 'ann'`,
    ['ACCOUNT_NOT_OPEN', 'TERMS_DIFFER'],
  ],
  [
    'a floor told to have been higher',
    `UPDATE ledger.event SET facts = facts || '{"floor": "9000"}' WHERE type = 'floor-changed'`,
    ['FLOOR_BROKEN', 'SEALED_RECORDS_CHANGED', 'TERMS_DIFFER'],
  ],
  [
    'a kind that touches more',
    `UPDATE ledger.entry SET kind = (SELECT id FROM ledger.entry_kind WHERE kind = 'test.move')
      WHERE kind = (SELECT id FROM ledger.entry_kind WHERE kind = 'test.dig')`,
    ['KIND_TOUCHES_TOO_MUCH', 'SEALED_RECORDS_CHANGED'],
  ],
  [
    'a reversal of another entry',
    `UPDATE ledger.entry SET reverses = 2 WHERE reverses IS NOT NULL`,
    ['REVERSAL_EXCEEDS', 'SEALED_RECORDS_CHANGED'],
  ],
  [
    'a hold ended by nothing',
    `UPDATE ledger.hold SET state = 'released', ended_seq = 99 WHERE state = 'held'`,
    ['HOLD_STATE_DIFFERS'],
  ],
  ['a step less', 'DELETE FROM ledger.hold_step', ['HOLD_STATE_DIFFERS', 'HOLD_STEP_MISSING']],
  [
    'a refused id that has an entry',
    `UPDATE ledger.refusal SET id = (SELECT id FROM ledger.entry WHERE book = 1 AND seq = 1) WHERE no = 1`,
    ['REFUSED_BUT_POSTED', 'SEALED_RECORDS_CHANGED'],
  ],
  [
    'a closed period with other balances',
    'UPDATE ledger.period_balance SET debits = debits + 1 WHERE period = 1',
    ['PERIOD_BALANCE_DIFFERS', 'PERIOD_DIGEST_DIFFERS'],
  ],
  [
    'an entry in a closed period',
    `UPDATE ledger.entry SET effective_at = '2026-03-02' WHERE seq = (SELECT max(seq) FROM ledger.entry WHERE book = 1)`,
    ['EFFECTIVE_TIME_DIFFERS', 'PERIOD_ENTERED', 'SEALED_RECORDS_CHANGED'],
  ],
  [
    'another memo',
    `UPDATE ledger.entry SET memo = 'autumn' WHERE memo = 'spring'`,
    ['SEALED_RECORDS_CHANGED'],
  ],
  ['a fence put forward', 'UPDATE ledger.fence SET next_seq = next_seq + 1', ['FENCE_DIFFERS']],
  [
    'a seal of another time',
    `UPDATE ledger.seal SET sealed_at = sealed_at - interval '1 hour' WHERE no = 1`,
    ['SEAL_HASH_DIFFERS'],
  ],
];

describe('verifying a book', () => {
  let tamper: TamperBook;
  beforeAll(async () => {
    tamper = await TamperBook.open();
  });
  afterAll(() => tamper.book.close());

  const verify = async (options: { after?: Reach; slice?: bigint } = {}, ask: Ask = tamper.ask) => {
    const findings: Finding[] = [];
    const listener = { found: (finding: Finding) => void findings.push(finding) };
    const outcome = await verifyLedger([ask], tamper.book.id, options, listener);
    return { ...outcome, findings };
  };
  const codes = (findings: readonly Finding[]): string[] =>
    [...new Set(findings.map(({ code }) => code))].sort();

  it('counts what it verified', async () => {
    const { rows } = await tamper.book.admin.query<{ entries: string; postings: string }>(
      `SELECT (SELECT count(*) FROM ledger.entry WHERE book = $1) AS entries,
              (SELECT count(*) FROM ledger.posting WHERE book = $1) AS postings`,
      [tamper.book.id],
    );
    expect(await tamper.book.ledger.verify(tamper.book.id)).toEqual({
      ok: true,
      entries: BigInt(rows[0]!.entries),
      postings: BigInt(rows[0]!.postings),
      findings: [],
    });
  });

  it.each(DAMAGES)('finds %s, in slices of any size, and so does psql', async (_title, damage, expected) => {
    await tamper.tampering(async () => {
      await tamper.book.admin.query(damage);
      const whole = codes((await verify()).findings);
      expect(whole).toEqual(expect.arrayContaining([...expected]));
      expect(codes((await verify({ slice: 5n })).findings)).toEqual(whole);
      const inPsql = await tamper.ask<Finding>('SELECT * FROM ledger.findings($1)', [tamper.book.id]);
      expect(codes(inPsql)).toEqual(whole);
    });
  });

  it('says of a changed amount where it is, what follows from the rest and what stands there', async () => {
    await tamper.tampering(async () => {
      await tamper.book.admin.query(
        `UPDATE ledger.posting SET balance_after = 0 WHERE seq = 1 AND book = 1 AND leg = 2`,
      );
      const { findings } = await verify();
      expect(findings.find(({ code, key }) => code === 'BALANCE_CHAIN_BROKEN' && key.version === 1)).toEqual({
        code: 'BALANCE_CHAIN_BROKEN',
        relation: 'posting',
        key: { account: 'bob', asset: 'CNY', version: 1, seq: 1 },
        columns: ['amount', 'balance_after'],
        expected: '100',
        found: '0',
      });
    });
  });

  it('needs no more than the right to read', async () => {
    const auditor = new Client({ connectionString: tamper.book.database.auditorUrl });
    await auditor.connect();
    const ask: Ask = async <Row>(sql: string, params: readonly unknown[]) =>
      (await auditor.query(sql, [...params])).rows as Row[];
    try {
      expect((await verify({}, ask)).findings).toEqual([]);
      expect(await ask('SELECT * FROM ledger.findings($1)', [tamper.book.id])).toEqual([]);
      expect(await ask('SELECT * FROM ledger.check_books()', [])).toEqual([]);
    } finally {
      await auditor.end();
    }
  });

  describe('only as far as it is new', () => {
    it.each([1n, 5n, 1_000n])('finds nothing wrong in slices of %d', async (slice) => {
      const [before] = await tamper.ask<{ entry: string; refusal: string; event: string; seal: string }>(
        `SELECT next_entry - 1 AS entry, next_refusal - 1 AS refusal, next_event - 1 AS event, no AS seal
           FROM ledger.seal WHERE book = $1 AND no = 2`,
        [tamper.book.id],
      );
      const after = Object.fromEntries(Object.entries(before!).map(([key, value]) => [key, BigInt(value)]));
      expect((await verify({ after: after as unknown as Reach, slice })).findings).toEqual([]);
      const nothing = { entry: 0n, refusal: 0n, event: 0n, seal: 0n };
      expect((await verify({ after: nothing, slice })).findings).toEqual([]);
    });

    it('finds damage to what came after, and leaves alone what came before', async () => {
      const { reach } = await verify();
      posted(await tamper.book.transfer(newId(), move('till', 'ann', 'CNY', 5n)));
      const change = (seq: bigint) =>
        `UPDATE ledger.posting SET amount = amount + 1 WHERE book = 1 AND seq = ${seq} AND leg = 1`;
      await tamper.tampering(async () => {
        await tamper.book.admin.query(change(reach.entry));
        expect((await verify({ after: reach })).findings).toEqual([]);
        await tamper.book.admin.query(change(reach.entry + 1n));
        expect(codes((await verify({ after: reach })).findings)).toEqual([
          'BALANCE_CHAIN_BROKEN',
          'ENTRY_UNBALANCED',
        ]);
      });
    });
  });

  describe('in the background', () => {
    const standing = () => tamper.book.module.get(AuditRunStore).standing(tamper.book.id);
    const run = (what: 'auditNew' | 'auditWhole') =>
      tamper.book.module.get(AuditBook, { strict: false })[what](tamper.book.id);
    const runs = async () =>
      (
        await tamper.ask<{ kind: string; findings: string }>(
          'SELECT kind, findings FROM audit.run ORDER BY no',
          [],
        )
      ).map(({ kind, findings }) => `${kind} ${findings}`);

    it('records how far it came, and does nothing when nothing is new', async () => {
      expect(await run('auditNew')).toEqual(again(60_000));
      expect(await run('auditNew')).toEqual(again(60_000));
      expect(await runs()).toEqual(['new 0']);
      const { reach } = await verify();
      expect((await standing()).reach).toEqual(reach);
    });

    it('keeps a finding until the whole book is clean', async () => {
      posted(await tamper.book.transfer(newId(), move('till', 'ann', 'CNY', 5n)));
      const { admin } = tamper.book;
      const change = async (by: number) => {
        await admin.query('SET session_replication_role = replica');
        await admin.query(`UPDATE ledger.fence SET next_event = next_event + ${by} WHERE book = 1`);
        await admin.query('RESET session_replication_role');
      };
      await change(1);
      await run('auditNew');
      await change(-1);
      posted(await tamper.book.transfer(newId(), move('till', 'ann', 'CNY', 5n)));
      await run('auditNew');
      expect((await standing()).examples).toEqual([expect.stringContaining('FENCE_DIFFERS: fence')]);
      await run('auditWhole');
      expect(await runs()).toEqual(['new 0', 'new 1', 'new 0', 'whole 0']);
      expect((await standing()).examples).toEqual([]);
    });
  });
});
