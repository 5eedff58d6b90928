import { setTimeout as sleep } from 'node:timers/promises';

import { newId } from '@app/kernel';
import { LogReader, Sealer, type PostedEntry } from '@app/ledger';
import { compareCheckpoints, toHex, verifyBundle } from '@app/proof';
import { posted } from './ledger-book';
import { pastTheDoors, SealingBook } from './sealing-book';

/** Of the whole log: numbers without a gap, every stretch continued, every hash as it must be. */
const FLAWS = `
  SELECT s.no FROM (
    SELECT s.*, s AS whole, lag(s.hash, 1, decode(repeat('00', 32), 'hex')) OVER w AS hash_before,
           lag(s.no, 1, 0::bigint) OVER w + 1 AS no_expected, lag(s.next_entry, 1, 1::bigint) OVER w AS entry,
           lag(s.next_refusal, 1, 1::bigint) OVER w AS refusal, lag(s.next_event, 1, 1::bigint) OVER w AS event
      FROM ledger.seal s WHERE s.book = $1 WINDOW w AS (ORDER BY s.no)) s
   WHERE s.no <> s.no_expected OR s.first_entry <> s.entry OR s.first_refusal <> s.refusal
      OR s.first_event <> s.event OR s.previous <> s.hash_before OR s.hash <> ledger.seal_hash(s.whole)
      OR s.subtrees <> ledger.log_subtrees(s.book, s.no, s.hash)
      OR s.root <> ledger.merkle_root(ledger.seal_leaves(s.book, s.seed, s.first_entry, s.next_entry,
                     s.first_refusal, s.next_refusal, s.first_event, s.next_event))`;

describe('sealing', () => {
  let sealing: SealingBook;

  beforeAll(async () => {
    sealing = await SealingBook.open();
    await sealing.book.openAccount('a', null);
    await sealing.book.openAccount('b', 0n);
  });
  afterAll(() => sealing.close());

  const legs = (amount: bigint) => [
    { path: 'a', asset: 'CNY', amount },
    { path: 'b', asset: 'CNY', amount: -amount },
  ];
  const transfer = async (amount = 5n): Promise<PostedEntry> =>
    posted(await sealing.book.transfer(newId(), legs(amount)));
  const flaws = async (): Promise<unknown[]> =>
    (await sealing.book.admin.query(FLAWS, [sealing.book.id])).rows;
  const counts = () =>
    sealing.one<{ seals: number; unsealed: number }>(
      `SELECT count(s.no)::int AS seals,
              (f.next_seq - coalesce(max(s.next_entry), 1) + f.next_refusal - coalesce(max(s.next_refusal), 1)
               + f.next_event - coalesce(max(s.next_event), 1))::int AS unsealed
         FROM ledger.fence f LEFT JOIN ledger.seal s ON s.book = f.book
        WHERE f.book = $1 GROUP BY f.book`,
      [sealing.book.id],
    );
  /** Checkpoints of one book are a second apart. */
  const signed = async (): Promise<void> => {
    for (const end = performance.now() + 10_000; performance.now() < end; await sleep(100)) {
      await sealing.seal();
      if ((await sealing.checkpoint()).size === BigInt((await counts()).seals)) return;
    }
    throw new Error('it was not signed');
  };

  it('covers entries, refusals and events, and proves each entry to whoever has the key', async () => {
    const entry = await transfer();
    const refused = await sealing.book.transfer(newId(), legs(-500n));
    expect(refused).toMatchObject({ ok: false });
    await sealing.seal();
    await signed();
    expect(await counts()).toMatchObject({ unsealed: 0 });
    expect(await flaws()).toEqual([]);
    const verdict = verifyBundle(await sealing.bundle(entry.id), await sealing.vkey());
    expect(verdict).toMatchObject({
      ok: true,
      proven: { stream: 'entry', record: { id: entry.id, seq: entry.seq } },
    });
  });

  it('does nothing while nothing is new', async () => {
    const before = await counts();
    await sealing.seal();
    expect(await counts()).toEqual(before);
  });

  it('takes no more into a seal than it can hash at once, and goes on until all is sealed', async () => {
    await pastTheDoors(sealing.book.admin, () =>
      sealing.book.admin.query(
        `WITH n AS (SELECT f.next_seq - 1 + g AS seq FROM ledger.fence f, generate_series(1, 20000) g WHERE f.book = $1),
         entries AS (
           INSERT INTO ledger.entry (book, seq, id, kind, legs, body, recorded_at, effective_at, actor)
           SELECT $1, n.seq, gen_random_uuid(), k.id, 2, sha256(int8send(n.seq)), now(), now(), 'tester'
             FROM n, ledger.entry_kind k WHERE k.kind = 'transfer'),
         postings AS (
           INSERT INTO ledger.posting (book, account, version, seq, leg, asset, amount, balance_after, effective_at)
           SELECT $1, a.id, 10000 + n.seq, n.seq, CASE a.path WHEN 'a' THEN 1 ELSE 2 END, a.asset,
                  CASE a.path WHEN 'a' THEN 1 ELSE -1 END, 0, now()
             FROM n, ledger.account a WHERE a.book = $1 AND a.path IN ('a', 'b'))
         UPDATE ledger.fence SET next_seq = next_seq + 20000 WHERE book = $1`,
        [sealing.book.id],
      ),
    );
    const before = (await counts()).seals;
    await sealing.seal();
    expect(await counts()).toEqual({ seals: before + 3, unsealed: 0 });
    expect(await flaws()).toEqual([]);
  });

  it('goes on without gap or double when several seal the same book while others post', async () => {
    const others = await Promise.all([1, 2].map(() => sealing.book.startProcess()));
    const sealers = [sealing.book.module, ...others].map((module) => sealing.get(Sealer, module));
    let isPosting = true;
    const posting = Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let n = 0; n < 40; n += 1) await transfer();
      }),
    ).finally(() => (isPosting = false));
    const sealingAll = Promise.all(
      sealers.map(async (sealer) => {
        while (isPosting) await sealer.round();
      }),
    );
    await Promise.all([posting, sealingAll]);
    await sealing.seal();
    expect((await counts()).unsealed).toBe(0);
    expect(await flaws()).toEqual([]);
  });

  it('goes on without gap or double wherever a sealer is killed', async () => {
    const { admin, database } = sealing.book;
    for (let kill = 0; kill < 15; kill += 1) {
      await transfer();
      const round = sealing.get(Sealer).round();
      await sleep(kill);
      // Whatever its connections are doing, they are cut: inside the transaction, before it, or after.
      await admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = $1 AND pid <> pg_backend_pid() AND query ~ 'seal_next|checkpoint|record_audit|COMMIT'`,
        [database.name],
      );
      await round.catch(() => undefined);
    }
    // A book that failed rests a while.
    for (const end = performance.now() + 10_000; (await counts()).unsealed > 0 && performance.now() < end;) {
      await sleep(200);
      await sealing.seal().catch(() => undefined);
    }
    expect((await counts()).unsealed).toBe(0);
    expect(await flaws()).toEqual([]);
  });

  it('continues every checkpoint it ever signed, and proves it between any two of them', async () => {
    await transfer();
    await signed();
    const { rows } = await sealing.book.admin.query<{ size: string; note: string }>(
      'SELECT size, note FROM ledger.checkpoint WHERE book = $1 ORDER BY size',
      [sealing.book.id],
    );
    expect(rows.length).toBeGreaterThan(2);
    const log = sealing.get(LogReader);
    const key = await sealing.vkey();
    for (const older of rows) {
      for (const newer of rows.filter(({ size }) => BigInt(size) > BigInt(older.size))) {
        const path = await log.consistency(sealing.book.id, BigInt(older.size), BigInt(newer.size));
        if (!path.ok) throw new Error(path.reason.code);
        expect(compareCheckpoints([older.note, newer.note], path.value.map(toHex), key)).toMatchObject({
          ok: true,
        });
      }
    }
    const last = BigInt(rows.at(-1)!.size);
    for (const [from, to] of [
      [0n, last],
      [2n, 1n],
      [1n, last + 1n],
    ] as const) {
      expect(await log.consistency(sealing.book.id, from, to)).toMatchObject({ ok: false });
    }
  });

  it('hands out no proof for what is not sealed yet, not there, or no longer what was sealed', async () => {
    const entry = await transfer();
    await expect(sealing.bundle(entry.id)).rejects.toThrow('PROOF_PENDING');
    await expect(sealing.bundle(newId())).rejects.toThrow('ENTRY_UNKNOWN');
    await signed();
    await sealing.bundle(entry.id);
    const { admin, id } = sealing.book;
    const set = (memo: string | null) =>
      pastTheDoors(admin, () =>
        admin.query('UPDATE ledger.entry SET memo = $3 WHERE book = $1 AND seq = $2', [id, entry.seq, memo]),
      );
    await set('other');
    await expect(sealing.bundle(entry.id)).rejects.toThrow('PROOF_BROKEN');
    await set(null);
    await sealing.bundle(entry.id);
  });

  it('is refused to the application in every other way', async () => {
    const { rows } = await sealing.book.admin.query<{ table_name: string; privilege_type: string }>(
      `SELECT table_name, privilege_type FROM information_schema.role_table_grants
        WHERE table_schema = 'ledger' AND table_name IN ('log', 'seal', 'checkpoint')
          AND grantee IN ('tanhui_app', 'tanhui_auditor', 'PUBLIC') AND privilege_type <> 'SELECT'`,
    );
    expect(rows).toEqual([]);
    for (const change of [
      'UPDATE ledger.seal SET seed = root',
      'DELETE FROM ledger.checkpoint',
      'TRUNCATE ledger.log CASCADE',
    ]) {
      await expect(sealing.book.admin.query(change)).rejects.toThrow(/what is recorded stays/);
    }
    const { rows: doors } = await sealing.book.admin.query<{ wrong: string }>(
      `SELECT p.proname AS wrong FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'ledger' AND p.proname IN ('open_log', 'seal_next', 'add_checkpoint')
          AND (has_function_privilege('tanhui_auditor', p.oid, 'EXECUTE')
               OR NOT has_function_privilege('tanhui_app', p.oid, 'EXECUTE'))`,
    );
    expect(doors).toEqual([]);
  });

  it('signs no further checkpoint of a log whose past was changed, and the old checkpoint shows the fork', async () => {
    await transfer();
    await signed();
    const external = await sealing.checkpoint();
    const { admin, id } = sealing.book;
    // The whole log is made anew over a changed entry, every hash as it must be.
    await pastTheDoors(admin, async () => {
      await admin.query(`UPDATE ledger.entry SET memo = 'changed' WHERE book = $1 AND seq = 1`, [id]);
      await admin.query(`DELETE FROM ledger.seal WHERE book = $1`, [id]);
    });
    await sealing.seal();
    expect(await flaws()).toEqual([]);
    await transfer();
    await sleep(1_100);
    await sealing.seal();
    expect((await sealing.checkpoint()).size).toBe(external.size);
    const { fits } = await sealing.one<{ fits: boolean }>(
      'SELECT coalesce(ledger.log_root(book, size) = root, false) AS fits FROM ledger.checkpoint WHERE book = $1 ORDER BY size DESC LIMIT 1',
      [id],
    );
    expect(fits).toBe(false);
  });
});
