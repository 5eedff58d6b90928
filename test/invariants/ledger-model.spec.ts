import fc from 'fast-check';

import { idOf } from '@app/kernel';
import type { EntryDraft, Leg } from '@app/ledger';
import { codeOf, LedgerBook, type Posted } from './ledger-book';

/** The ledger as a page of arithmetic: what it accepts, what it refuses and why, and what remains. */
class Model {
  readonly balances = new Map<string, bigint>();
  readonly answers = new Map<string, { body: string; code: string }>();
  seq = 0n;

  constructor(readonly accounts: ReadonlyMap<string, { side: 1n | -1n; floor: bigint | null }>) {}

  decide({ id, kind, legs }: EntryDraft): string {
    const body = JSON.stringify([
      kind,
      legs.map(({ path, asset, amount }) => [path, asset, String(amount)]).sort(),
    ]);
    // Balance is asked before the fence: a slip of the pen burns no key.
    if (unbalanced(legs)) return 'ENTRY_UNBALANCED';
    const before = this.answers.get(id);
    if (before) return before.body === body ? before.code : 'KEY_REUSED';
    const code = this.judge(kind, legs);
    this.answers.set(id, { body, code });
    if (code === 'ok') {
      this.seq += 1n;
      for (const leg of legs) this.balances.set(nameOf(leg), this.after(leg));
    }
    return code;
  }

  private judge(kind: string, legs: readonly Leg[]): string {
    if (kind === 'transfers') return 'KIND_UNKNOWN';
    if (kind === 'test.move') return 'KIND_NOT_ALLOWED';
    for (const leg of legs) {
      if (leg.asset === 'USD') return 'ASSET_UNKNOWN';
      if (!this.accounts.has(nameOf(leg))) return 'ACCOUNT_UNKNOWN';
    }
    const short = legs.some((leg) => {
      const { floor } = this.accounts.get(nameOf(leg))!;
      return floor !== null && this.after(leg) < floor;
    });
    return short ? 'BALANCE_INSUFFICIENT' : 'ok';
  }

  private after(leg: Leg): bigint {
    return (this.balances.get(nameOf(leg)) ?? 0n) + this.accounts.get(nameOf(leg))!.side * leg.amount;
  }
}

const nameOf = ({ path, asset }: Leg): string => `${path} ${asset}`;
const unbalanced = (legs: readonly Leg[]): boolean =>
  ['CNY', 'CO2E/m', 'USD'].some(
    (asset) => legs.reduce((sum, leg) => sum + (leg.asset === asset ? leg.amount : 0n), 0n) !== 0n,
  );

const PATHS = ['w', 'a', 'b', 'c', 'd', 'e', 'f'];

/** 2–5 legs on distinct accounts; the last leg of the main asset mostly makes them balance. */
const legs = fc
  .record({
    paths: fc.uniqueArray(fc.constantFrom(...PATHS), { minLength: 2, maxLength: 4 }),
    amounts: fc.array(fc.bigInt({ min: -60n, max: 60n }), { minLength: 4, maxLength: 4 }),
    asset: fc.constantFrom('CNY', 'CNY', 'CNY', 'CNY', 'CO2E/m', 'CO2E/m', 'CO2E/m', 'USD'),
    second: fc.option(fc.record({ from: fc.constantFrom('w', 'a', 'b'), to: fc.constantFrom('c', 'd') }), {
      freq: 6,
    }),
    slip: fc.nat({ max: 19 }),
    unknown: fc.nat({ max: 19 }),
  })
  .map(({ paths, amounts, asset, second, slip, unknown }): Leg[] => {
    const main = paths.map((path, i) => ({ path, asset, amount: amounts[i] || 1n }));
    const last = main.at(-1)!;
    last.amount -= main.reduce((sum, leg) => sum + leg.amount, 0n);
    if (slip === 0) last.amount += 1n;
    if (unknown === 0) main[0]!.path = 'unknown';
    const other = asset === 'CNY' ? 'CO2E/m' : 'CNY';
    const more = second
      ? [
          { path: second.from, asset: other, amount: 7n },
          { path: second.to, asset: other, amount: -7n },
        ]
      : [];
    return [...main, ...more].filter(({ amount }) => amount !== 0n);
  })
  .filter((made) => made.length >= 2);

const command = fc.record({
  key: fc.nat({ max: 60 }),
  kind: fc.constantFrom(...Array<string>(18).fill('transfer'), 'transfers', 'test.move'),
  legs,
});

describe('the ledger and a model of it', () => {
  let book: LedgerBook;
  let run = 0;
  const seen = new Set<string>();
  const accounts = new Map<string, { side: 1n | -1n; floor: bigint | null }>();

  beforeAll(async () => {
    book = await LedgerBook.open();
    await book.admin.query(`SELECT ledger.open_asset($1, 'CO2E/m', 'kg', 3)`, [book.id]);
  });
  afterAll(() => book.close());

  /** Fresh accounts under a head of this run; `w` has no floor, `a` is debit-normal, `b` may go to -50. */
  const open = async (head: string): Promise<void> => {
    for (const path of PATHS) {
      const [side, floor] =
        path === 'w' ? [-1, null] : path === 'a' ? [1, 0n] : path === 'b' ? [-1, -50n] : [-1, 0n];
      for (const asset of ['CNY', 'CO2E/m']) {
        await book.openAccount(`${head}/${path}`, floor as bigint | null, side as 1 | -1, asset);
        accounts.set(`${head}/${path} ${asset}`, {
          side: BigInt(side as number) as 1n | -1n,
          floor: floor as bigint | null,
        });
      }
    }
  };

  const play = async (
    commands: readonly { key: number; kind: string; legs: Leg[] }[],
    send: (drafts: EntryDraft[]) => Promise<Posted[]>,
  ): Promise<void> => {
    const head = `run-${(run += 1)}`;
    await open(head);
    const model = new Model(accounts);
    const drafts = commands.map(({ key, kind, legs: bare }): EntryDraft => ({
      id: idOf(head, String(key)),
      kind,
      legs: bare.map((leg) => ({ ...leg, path: `${head}/${leg.path}` })),
    }));
    const codes = (await send(drafts)).map(codeOf);
    expect(codes).toEqual(drafts.map((draft) => model.decide(draft)));
    for (const code of codes) seen.add(code);
    for (const name of accounts.keys()) {
      const [path, asset] = name.split(' ') as [string, string];
      if (path.startsWith(`${head}/`))
        expect([name, await book.balance(path, asset)]).toEqual([name, model.balances.get(name) ?? 0n]);
    }
  };

  it('agree on every acceptance, every refusal and every balance when asked one by one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 20, maxLength: 60 }), (commands) =>
        play(commands, async (drafts) => {
          const answers: Posted[] = [];
          for (const { id, ...draft } of drafts) answers.push(await book.transfer(id, draft.legs, draft));
          return answers;
        }),
      ),
      { numRuns: 8 },
    );
  });

  it('agree when the lane takes them in batches: a batch is decided as if each had come alone', async () => {
    // Ids that come again are asked again later than their batch, so here every id comes once.
    const unlike = fc.uniqueArray(command, { minLength: 40, maxLength: 60, selector: ({ key }) => key });
    await fc.assert(
      fc.asyncProperty(unlike, (commands) =>
        play(commands, (drafts) =>
          Promise.all(drafts.map(({ id, ...draft }) => book.transfer(id, draft.legs, draft))),
        ),
      ),
      { numRuns: 15 },
    );
  });

  it('leave a book in which nothing is found wrong', async () => {
    const verification = await book.ledger.verify(book.id);
    expect(verification).toMatchObject({ ok: true, findings: [] });
    expect(verification.entries).toBeGreaterThan(100n);
  });

  it('met every answer on the way', () => {
    expect([...seen].sort()).toEqual([
      'ACCOUNT_UNKNOWN',
      'ASSET_UNKNOWN',
      'BALANCE_INSUFFICIENT',
      'ENTRY_UNBALANCED',
      'KEY_REUSED',
      'KIND_NOT_ALLOWED',
      'KIND_UNKNOWN',
      'ok',
    ]);
  });
});
