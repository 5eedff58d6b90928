import { setTimeout as sleep } from 'node:timers/promises';

import { newId } from '@app/kernel';
import {
  BalanceReader,
  bodyOf,
  Lanes,
  move,
  PostEntry,
  type CommandKind,
  type LaneCommand,
} from '@app/ledger';
import { ReadLane } from '@app/platform';
import { codeOf, LedgerBook, posted } from './ledger-book';

describe('a lane under load and trouble', () => {
  let book: LedgerBook;

  beforeAll(async () => {
    book = await LedgerBook.open();
    await book.openAccount('till', null);
    await book.openAccount('shelf', null);
  });
  afterAll(() => book.close());

  const backends = async (condition: string): Promise<number[]> => {
    // Inside a transaction the view would stay as it was first seen.
    await book.admin.query('SELECT pg_stat_clear_snapshot()');
    const { rows } = await book.admin.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'tanhui-lane'
          AND ${condition}`,
    );
    return rows.map(({ pid }) => pid);
  };
  const until = async (done: () => Promise<boolean>): Promise<void> => {
    while (!(await done())) await sleep(10);
  };
  /** Holds the book up as a slow neighbour would, while something happens. */
  const holdingFence = async (meanwhile: () => Promise<void>): Promise<void> => {
    await book.admin.query('BEGIN');
    await book.admin.query('SELECT 1 FROM ledger.fence WHERE book = $1 FOR UPDATE', [book.id]);
    try {
      await meanwhile();
    } finally {
      await book.admin.query('COMMIT');
    }
  };
  const entriesOf = async (id: string): Promise<number> => {
    const { rows } = await book.admin.query<{ n: string }>(
      'SELECT count(*) AS n FROM ledger.entry WHERE id = $1',
      [id],
    );
    return Number(rows[0]!.n);
  };

  it('says LANE_FULL when too much waits, without a trace, and the same id is posted once there is room', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const kind: CommandKind<LaneCommand, string> = {
      name: 'test.wait',
      execute: async (_tx, commands) => {
        await held;
        return commands.map(({ id }) => id);
      },
      asReplay: (answer) => answer,
    };
    const waiting = Array.from({ length: 32 }, () => {
      const id = newId();
      return book.module.get(Lanes).submit(book.id, kind, { id, body: id, actor: 'tester', weight: 2_000 });
    });
    const id = newId();
    const ask = () => book.transfer(id, move('till', 'shelf', 'CNY', 1n));
    expect(await ask()).toEqual({
      ok: false,
      reason: { code: 'LANE_FULL', retryAfterSeconds: expect.any(Number) },
    });
    release();
    await Promise.all(waiting);
    expect(await entriesOf(id)).toBe(0);
    expect(posted(await ask()).replayed).toBe(false);
  });

  it('posts a batch once whose connection was lost while it waited for the fence', async () => {
    const ids = Array.from({ length: 20 }, () => newId());
    let answers: ReturnType<LedgerBook['transfer']>[] = [];
    await holdingFence(async () => {
      answers = ids.map((id) => book.transfer(id, move('till', 'shelf', 'CNY', 1n)));
      await until(async () => (await backends(`wait_event_type = 'Lock'`)).length > 0);
      for (const pid of await backends(`wait_event_type = 'Lock'`)) {
        await book.admin.query('SELECT pg_terminate_backend($1)', [pid]);
      }
    });
    for (const entry of (await Promise.all(answers)).map(posted)) expect(entry.replayed).toBe(false);
    for (const id of ids) expect(await entriesOf(id)).toBe(1);
  });

  it('finishes what waits when its process goes down, and takes nothing after', async () => {
    const process = await book.startProcess();
    const before = await book.balance('shelf');
    let closed = Promise.resolve();
    let answers: ReturnType<LedgerBook['transfer']>[] = [];
    await holdingFence(async () => {
      const ask = () => book.transfer(newId(), move('till', 'shelf', 'CNY', 1n), {}, process);
      answers = Array.from({ length: 30 }, ask);
      await until(async () => (await backends(`wait_event_type = 'Lock'`)).length > 0);
      answers.push(...Array.from({ length: 30 }, ask));
      closed = book.stopProcess(process);
      // Whoever comes before the process has begun to close waits like the others.
      await until(async () => {
        const late = ask();
        const answer = await Promise.race([late, sleep(20)]);
        if (answer) return codeOf(answer) === 'LANE_FULL';
        answers.push(late);
        return false;
      });
    });
    expect(new Set((await Promise.all(answers)).map(codeOf))).toEqual(new Set(['ok']));
    await closed;
    expect((await book.balance('shelf')) - before).toBe(BigInt(answers.length));
  });

  it('lets light entries pass heavy ones: nobody waits for two of them', async () => {
    for (let i = 0; i < 400; i += 1) await book.openAccount(`heavy/${i}`, null);
    const heavy = Array.from({ length: 200 }, (_, i) =>
      move(`heavy/${2 * i}`, `heavy/${2 * i + 1}`, 'CNY', 1n),
    ).flat();
    const asked: ReturnType<LedgerBook['transfer']>[] = [];
    await holdingFence(async () => {
      asked.push(book.transfer(newId(), move('till', 'shelf', 'CNY', 1n)));
      await until(async () => (await backends(`wait_event_type = 'Lock'`)).length > 0);
      for (let i = 0; i < 4; i += 1) asked.push(book.transfer(newId(), heavy));
      for (let i = 0; i < 4; i += 1) asked.push(book.transfer(newId(), move('till', 'shelf', 'CNY', 1n)));
    });
    const seqs = (await Promise.all(asked)).map((answer) => posted(answer).seq);
    const [heavySeqs, lightSeqs] = [seqs.slice(1, 5), seqs.slice(5)];
    const passed = heavySeqs.filter((seq) => lightSeqs.every((light) => light < seq));
    expect(passed).toHaveLength(3);
  });

  it('posts for a book whose own lane is not held up, while another book is', async () => {
    const { rows } = await book.admin.query<{ id: number }>(
      `SELECT platform.open_live_book('neighbour', '邻县', '610925') AS id`,
    );
    const neighbour = rows[0]!.id;
    await book.admin.query(
      `SELECT ledger.open_account($1, p, 'CNY', -1, NULL) FROM unnest('{till,shelf}'::text[]) p`,
      [neighbour],
    );
    let stuck: ReturnType<LedgerBook['transfer']> | undefined;
    await holdingFence(async () => {
      stuck = book.transfer(newId(), move('till', 'shelf', 'CNY', 1n));
      await until(async () => (await backends(`wait_event_type = 'Lock'`)).length > 0);
      const draft = { id: newId(), kind: 'transfer', legs: move('till', 'shelf', 'CNY', 1n) };
      posted(await book.module.get(PostEntry).execute(neighbour, 'tester', draft));
    });
    posted(await stuck!);
  });

  it('shows a balance that was committed before it was asked for, to each of many who ask at once', async () => {
    await book.openAccount('seen', null);
    const reader = book.module.get(BalanceReader);
    const others = Array.from({ length: 50 }, () => reader.current(book.id, 'till', 'CNY'));
    for (let i = 1n; i <= 20n; i += 1n) {
      void reader.current(book.id, 'seen');
      const entry = posted(await book.transfer(newId(), move('till', 'seen', 'CNY', 1n)));
      expect(await reader.current(book.id, 'seen', 'CNY')).toEqual([
        { path: 'seen', asset: 'CNY', side: -1, balance: entry.postings[1]!.balanceAfter, version: i },
      ]);
    }
    expect((await Promise.all(others)).flat()).toHaveLength(50);
    expect(await reader.current(book.id, 'seen', 'USD')).toEqual([]);
    expect(await reader.current(book.id, 'nobody')).toEqual([]);
  });

  it('asks shared questions by index only: a plan made on an empty table would read whole tables for ever', async () => {
    const rows = await book.module
      .get(ReadLane)
      .ask<{ enable_seqscan: string }>({ name: 'test.setting', text: 'SHOW enable_seqscan' }, []);
    expect(rows).toEqual([{ enable_seqscan: 'off' }]);
  });

  it('finds out whether an id was used without walking through the book, however empty the book was at first', async () => {
    const fresh = await LedgerBook.open();
    const body = bodyOf({ id: '', kind: 'transfer', legs: move('till', 'shelf', 'CNY', 1n) });
    const post = (many: number) =>
      fresh.admin.query(
        `SELECT ledger.post_open(true, false, NULL, NULL, $1, array_agg(gen_random_uuid()),
           array_agg(decode($2, 'hex')), array_agg('transfer'::text), array_agg('a'::text), array_agg(NULL::text),
           array_agg(NULL::text), array_agg(NULL::timestamptz), NULL, NULL, NULL, NULL, NULL,
           array_agg(2 * i - 1) || (2 * count(*) + 1)::int, '{till,shelf}', '{CNY,CNY}',
           (SELECT array_agg(1 + g % 2) FROM generate_series(0, 2 * $3::int - 1) g),
           (SELECT array_agg(1 - 2 * (g % 2)) FROM generate_series(0, 2 * $3::int - 1) g))
           FROM generate_series(1, $3::int) i`,
        [fresh.id, body, many],
      );
    try {
      for (const path of ['till', 'shelf']) await fresh.openAccount(path, null);
      await fresh.admin.query('ANALYZE ledger.entry, ledger.refusal, ledger.account');
      for (let i = 0; i < 8; i += 1) await post(1);
      await post(500);
      await fresh.admin.query('SELECT pg_stat_force_next_flush()');
      await fresh.admin.query('BEGIN');
      await post(10);
      const { rows } = await fresh.admin.query<{ relname: string; read: string }>(
        `SELECT relname, coalesce(idx_tup_fetch, 0) + seq_tup_read AS read FROM pg_stat_xact_user_tables
          WHERE schemaname = 'ledger' AND relname IN ('entry', 'refusal', 'posting')`,
      );
      await fresh.admin.query('ROLLBACK');
      for (const { relname, read } of rows)
        expect(`${relname} ${Number(read) < 100}`).toBe(`${relname} true`);
    } finally {
      await fresh.close();
    }
  });
});
