import { idOf, newId, ok, refuse, type Result } from '@app/kernel';
import { bodyOf, Lanes, move, type CommandKind, type LaneCommand, type Order } from '@app/ledger';
import { codeOf, LedgerBook, posted } from './ledger-book';

interface Dig extends LaneCommand, Order {}

const dig = (purse: string, amount: bigint, id = newId()): Dig => {
  const draft = { id, kind: 'test.dig', legs: move('mine/1', `purse/${purse}`, 'CNY', amount) };
  return { id, draft, actor: 'digger', body: bodyOf(draft), weight: 2 };
};

describe('the lane of a book', () => {
  let book: LedgerBook;
  let lanes: Lanes;
  const audits = async (action: string) => {
    const { rows } = await book.admin.query<{ actor: string; facts: Record<string, number> }>(
      'SELECT actor, facts FROM platform.audit WHERE book = $1 AND action = $2 ORDER BY id',
      [book.id, action],
    );
    return rows;
  };

  beforeAll(async () => {
    book = await LedgerBook.open();
    lanes = book.module.get(Lanes);
    await book.openAccount('till', null);
    await book.openAccount('shelf', 0n);
  });
  afterAll(() => book.close());

  it('puts what waits together into one transaction with one audit row', async () => {
    const before = (await audits('ledger.post-entries')).length;
    const id = idOf('together');
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        book.transfer(idOf(id, String(i)), move('till', 'shelf', 'CNY', 1n)),
      ),
    );
    const rows = (await audits('ledger.post-entries')).slice(before);
    expect(rows).toEqual([{ actor: 'tester', facts: { commands: 40 } }]);
  });

  it('keeps a refusal with its id for ever: the cause mended, the same id is still refused, a new one is not', async () => {
    const id = newId();
    const legs = move('shelf', 'till', 'CNY', 100n);
    const refused = await book.transfer(id, legs);
    expect(refused).toMatchObject({ ok: false, reason: { code: 'BALANCE_INSUFFICIENT', missing: 60n } });
    posted(await book.transfer(newId(), move('till', 'shelf', 'CNY', 60n)));
    expect(await book.transfer(id, legs)).toEqual(refused);
    expect(await book.transfer(id, legs, { memo: 'again' })).toEqual({
      ok: false,
      reason: { code: 'KEY_REUSED', id, field: 'memo' },
    });
    posted(await book.transfer(newId(), legs));
  });

  it('does not keep what was refused before the fence: a slip of the pen may be mended under its id', async () => {
    const id = newId();
    const [debit] = move('till', 'shelf', 'CNY', 5n);
    expect(codeOf(await book.transfer(id, [debit, { path: 'shelf', asset: 'CNY', amount: -4n }]))).toBe(
      'ENTRY_UNBALANCED',
    );
    posted(await book.transfer(id, move('till', 'shelf', 'CNY', 5n)));
  });

  it('answers an id that comes with two bodies at once: the first is posted, the other is told what differs', async () => {
    const id = newId();
    const ask = (amount: bigint) => book.transfer(id, move('till', 'shelf', 'CNY', amount));
    const [first, other, twin, otherTwin] = await Promise.all([ask(1n), ask(2n), ask(1n), ask(2n)]);
    expect(posted(first).replayed).toBe(false);
    expect(posted(twin)).toEqual({ ...posted(first), replayed: true });
    for (const answer of [other, otherTwin]) {
      expect(answer).toEqual({ ok: false, reason: { code: 'KEY_REUSED', id, field: 'postings' } });
    }
  });

  it('asks the second body again when the first was itself a reuse', async () => {
    const id = newId();
    const ask = (amount: bigint) => book.transfer(id, move('till', 'shelf', 'CNY', amount));
    posted(await ask(2n));
    const [stranger, known] = await Promise.all([ask(1n), ask(2n)]);
    expect(codeOf(stranger)).toBe('KEY_REUSED');
    expect(posted(known).replayed).toBe(true);
  });

  it('runs the command kinds that other libs bring, each answer its own', async () => {
    const kind: CommandKind<Dig, Result<unknown>> = {
      name: 'test.dig-often',
      execute: (tx, commands) => book.door.postEach(tx, commands),
      asReplay: (answer) => answer,
    };
    const bad = { ...dig('lane', 1n) };
    const wrong = { ...bad, draft: { ...bad.draft, kind: 'test.move' } };
    const answers = await Promise.all(
      [dig('lane', 5n), wrong, dig('lane', 7n)].map((command) => lanes.submit(book.id, kind, command)),
    );
    expect(answers.map(codeOf)).toEqual(['ok', 'ACCOUNT_KIND_NOT_ALLOWED', 'ok']);
    expect(await book.balance('purse/lane')).toBe(12n);
    expect(await audits('test.dig-often')).toEqual([{ actor: 'digger', facts: { commands: 3 } }]);
  });

  it('tries each command alone when one of them breaks, so that only that one fails', async () => {
    const batches: number[] = [];
    const kind: CommandKind<Dig, Result<unknown>> = {
      name: 'test.dig-bravely',
      execute: async (tx, commands) => {
        batches.push(commands.length);
        const answers = await book.door.postEach(tx, commands);
        if (commands.some(({ actor }) => actor === 'saboteur')) await tx.query('SELECT 1 / 0');
        return answers;
      },
      asReplay: (answer) => answer,
    };
    const saboteur = { ...dig('brave', 100n), actor: 'saboteur' };
    const answers = await Promise.allSettled(
      [dig('brave', 1n), saboteur, dig('brave', 2n)].map((command) => lanes.submit(book.id, kind, command)),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(batches).toEqual([3, 1, 1, 1]);
    expect(await book.balance('purse/brave')).toBe(3n);
  });

  it('goes on after its connection was cut in the middle of a batch, and posts the batch once', async () => {
    let cut = false;
    const kind: CommandKind<Dig, Result<unknown>> = {
      name: 'test.dig-on',
      execute: async (tx, commands) => {
        const answers = await book.door.postEach(tx, commands);
        if (!cut) {
          cut = true;
          const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
          await book.admin.query('SELECT pg_terminate_backend($1)', [row!.pid]);
        }
        return answers;
      },
      asReplay: (answer) => answer,
    };
    const answers = await Promise.all(
      [1n, 2n].map((amount) => lanes.submit(book.id, kind, dig('cut', amount))),
    );
    expect(answers.map(codeOf)).toEqual(['ok', 'ok']);
    expect(cut).toBe(true);
    expect(await book.balance('purse/cut')).toBe(3n);
  });

  it('rolls the rows of a command kind back with its entries when the batch fails', async () => {
    const kind: CommandKind<Dig, Result<unknown>> = {
      name: 'test.dig-in-vain',
      execute: async (tx, commands) => {
        await book.door.postEach(tx, commands);
        throw new Error('in vain');
      },
      asReplay: (answer) => answer,
    };
    await expect(lanes.submit(book.id, kind, dig('vain', 1n))).rejects.toThrow('in vain');
    expect(await book.balance('purse/vain')).toBe(0n);
    expect(await audits('test.dig-in-vain')).toEqual([]);
  });

  it('lets kinds take turns: each kind has its own transaction', async () => {
    const seen: string[] = [];
    const kindOf = (name: string): CommandKind<LaneCommand, Result<string>> => ({
      name,
      execute: (_tx, commands) => {
        seen.push(`${name} ${commands.length}`);
        return Promise.resolve(commands.map(() => (name === 'test.a' ? ok(name) : refuse({ code: 'NO' }))));
      },
      asReplay: (answer) => answer,
    });
    const [a, b] = [kindOf('test.a'), kindOf('test.b')];
    const command = (): LaneCommand => ({ id: newId(), body: '', actor: 'x', weight: 1 });
    await Promise.all([a, b, a, b, b].map((kind) => lanes.submit(book.id, kind, command())));
    expect(seen).toEqual(['test.a 2', 'test.b 3']);
  });

  it('looks nothing up by reading whole tables, not even while they are empty', async () => {
    const fresh = await LedgerBook.open();
    try {
      await fresh.openAccount('till', null);
      await fresh.openAccount('shelf', 0n);
      // Statistics that say "empty" make the planner prefer reading the table, and it keeps that plan.
      await fresh.admin.query(
        'ANALYZE ledger.entry, ledger.refusal, ledger.account, ledger.asset, ledger.fence',
      );
      // What this session has read before is counted too until it is flushed.
      await fresh.admin.query('SELECT pg_stat_force_next_flush()');
      await fresh.admin.query('BEGIN');
      for (let i = 0; i < 10; i += 1) {
        await fresh.admin.query(
          `SELECT ledger.post_open(true, false, NULL, NULL, $1, ARRAY[gen_random_uuid()],
             ARRAY[decode(repeat('ab', 32), 'hex')], '{transfer}', '{a}', NULL, NULL, NULL, NULL, NULL, NULL, NULL,
             NULL, '{1,3}', '{till,shelf}', '{CNY,CNY}', '{1,2}', '{1,-1}')`,
          [fresh.id],
        );
      }
      const { rows } = await fresh.admin.query<{ relname: string }>(
        `SELECT relname FROM pg_stat_xact_user_tables
          WHERE schemaname = 'ledger' AND relname <> 'account_kind' AND seq_scan > 0`,
      );
      await fresh.admin.query('ROLLBACK');
      expect(rows).toEqual([]);
    } finally {
      await fresh.close();
    }
  });
});
