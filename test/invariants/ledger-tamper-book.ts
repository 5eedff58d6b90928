import { newId } from '@app/kernel';
import {
  AskReopening,
  ChangeFloor,
  CloseAccount,
  ClosePeriod,
  EndHold,
  LogReader,
  move,
  PlaceHold,
  PostBatch,
  ReopenPeriod,
  ReverseEntry,
  Sealer,
  SignCheckpoint,
  verifyBooks,
  verifyLedger,
  type Ask,
  type Finding,
} from '@app/ledger';
import { readVkey, type NoteVerifier } from '@app/proof';
import { LedgerBook, posted } from './ledger-book';

const DAY_MS = 86_400_000;
const START = Date.parse('2026-03-01T00:00:00Z');
const day = (n: number): Date => new Date(START + n * DAY_MS);

/** What somebody outside has: checkpoints as they were published, and the key that signs them. */
export interface Published {
  readonly notes: readonly string[];
  readonly key: NoteVerifier;
}

/** A book with everything a ledger can hold, sealed to its end, and a second one beside it. */
export class TamperBook {
  readonly published = new Map<number, Published>();
  #isTampering = false;

  private constructor(
    readonly book: LedgerBook,
    readonly neighbour: number,
  ) {}

  static async open(): Promise<TamperBook> {
    const book = await LedgerBook.open('rehearsal');
    const { rows } = await book.admin.query<{ id: number }>(
      `SELECT platform.open_live_book('next', '邻', '610925') AS id`,
    );
    const tamper = new TamperBook(book, rows[0]!.id);
    await tamper.fill();
    for (const id of [book.id, tamper.neighbour]) tamper.published.set(id, await tamper.publish(id));
    return tamper;
  }

  /** A statement that fails must not end the transaction in which everything is tried. */
  readonly ask: Ask = async <Row>(sql: string, params: readonly unknown[]) => {
    const { admin } = this.book;
    if (!this.#isTampering) return (await admin.query(sql, [...params])).rows as Row[];
    await admin.query('SAVEPOINT before');
    try {
      return (await admin.query(sql, [...params])).rows as Row[];
    } catch (error) {
      await admin.query('ROLLBACK TO SAVEPOINT before');
      throw error;
    } finally {
      await admin.query('RELEASE SAVEPOINT before');
    }
  };

  /** As `tanhui verify` does it for whoever has the published copies, or for whoever has not. */
  async findings(withCopies = true): Promise<Finding[]> {
    const findings: Finding[] = [];
    const listener = { found: (finding: Finding) => void findings.push(finding) };
    await verifyBooks(this.ask, listener);
    for (const [id, { notes, key }] of this.published) {
      await verifyLedger([this.ask], id, { keys: [key], copies: withCopies ? notes : [] }, listener);
    }
    return findings;
  }

  /** Runs work that nobody may do and takes it all back. */
  async tampering<T>(work: () => Promise<T>): Promise<T> {
    const { admin } = this.book;
    await admin.query('BEGIN');
    this.#isTampering = true;
    try {
      await admin.query('SET LOCAL session_replication_role = replica');
      return await work();
    } finally {
      this.#isTampering = false;
      await admin.query('ROLLBACK');
    }
  }

  private async fill(): Promise<void> {
    const { book } = this;
    await book.admin.query(`SELECT ledger.open_asset($1, 'WATER/north', 'm3', 3)`, [book.id]);
    await book.openAccount('till', null);
    for (const name of ['ann', 'bob', 'cem']) await book.openAccount(name, 0n);
    await book.openAccount('source', null, 1, 'WATER/north');
    await book.openAccount('field', 0n, -1, 'WATER/north');
    await book.openAccount('never-used', null);
    await this.trade();
    await this.seal();
    await this.keepHolds();
    await this.seal();
    await this.closePeriods();
    await this.seal();
    await this.changeTerms();
    await this.inTheNeighbour();
    await this.seal();
  }

  private async trade(): Promise<void> {
    const { book } = this;
    for (let i = 1; i <= 12; i += 1) {
      const to = ['ann', 'bob', 'cem'][i % 3]!;
      posted(
        await book.transfer(newId(), move('till', to, 'CNY', BigInt(i) * 100n), { reference: `order-${i}` }),
      );
      await this.passes(day(i));
    }
    posted(await book.transfer(newId(), move('source', 'field', 'WATER/north', 5_000n), { memo: 'spring' }));
    const both = [...move('ann', 'bob', 'CNY', 30n), ...move('source', 'field', 'WATER/north', 70n)];
    posted(await book.transfer(newId(), both));
    posted(await book.transfer(newId(), move('till', 'ann', 'CNY', 11n), { effectiveAt: day(3) }));
    posted(await book.transfer(newId(), move('till', 'ann', 'CNY', 12n), { effectiveAt: day(2) }));
    const dug = posted(await book.post({ kind: 'test.dig', legs: move('mine/1', 'purse/1', 'CNY', 500n) }));
    const back = move('purse/1', 'mine/1', 'CNY', 20n);
    posted(await book.post({ kind: 'test.dig', reverses: dug.id, legs: back }));
    const sold = posted(await book.transfer(newId(), move('bob', 'cem', 'CNY', 40n)));
    const legs = move('cem', 'bob', 'CNY', 15n);
    posted(
      await book.module.get(ReverseEntry).execute(book.id, 'tester', { id: newId(), entry: sold.id, legs }),
    );
    for (const amount of [10_000n, 20_000n]) await book.transfer(newId(), move('ann', 'bob', 'CNY', amount));
    await book.module.get(PostBatch).execute(book.id, 'tester', {
      ...{ id: newId(), mode: 'atomic', dryRun: false },
      drafts: [1n, 90_000n].map((amount) => ({ kind: 'transfer', legs: move('cem', 'ann', 'CNY', amount) })),
    });
  }

  private async keepHolds(): Promise<void> {
    const { book } = this;
    const place = async (amount: bigint): Promise<string> => {
      const placed = { id: newId(), from: 'bob', asset: 'CNY', amount, expiresAt: day(40) };
      posted(await book.module.get(PlaceHold).execute(book.id, 'tester', placed));
      return placed.id;
    };
    const commit = async (hold: string, amount: bigint): Promise<void> => {
      const step = { id: newId(), hold, to: 'cem', amount };
      posted(await book.module.get(EndHold).commit(book.id, 'tester', step));
    };
    const [spent, kept, given] = [await place(60n), await place(50n), await place(40n)];
    await commit(spent, 60n);
    await commit(kept, 20n);
    posted(await book.module.get(EndHold).release(book.id, 'tester', { id: newId(), hold: given }));
    const hold = { expiresAt: day(90), endedBy: 'test' };
    posted(await book.post({ kind: 'test.retire', legs: move('purse/1', 'gone/1', 'CNY', 5n), hold }));
  }

  private async closePeriods(): Promise<void> {
    const { book } = this;
    const as = (actor: string) => ({ book: book.id, actor, action: 'test.period' });
    const close = (endsAt: Date) => book.module.get(ClosePeriod).execute(as('clerk'), { endsAt });
    expect(await close(day(5))).toMatchObject({ ok: true });
    expect(await close(day(10))).toMatchObject({ ok: true });
    await book.module.get(AskReopening).execute(as('clerk'), { no: 2n });
    expect(await book.module.get(ReopenPeriod).execute(as('chief'), { no: 2n })).toMatchObject({ ok: true });
    posted(await book.transfer(newId(), move('till', 'cem', 'CNY', 7n), { effectiveAt: day(8) }));
    await this.passes(day(20));
    expect(await close(day(15))).toMatchObject({ ok: true });
    await book.module.get(AskReopening).execute(as('clerk'), { no: 3n });
  }

  private async changeTerms(): Promise<void> {
    const { book } = this;
    const context = { book: book.id, actor: 'chief', action: 'test.terms' };
    for (const floor of [-500n, -200n]) {
      const changed = { path: 'cem', asset: 'CNY', floor };
      expect(await book.module.get(ChangeFloor).execute(context, changed)).toMatchObject({ ok: true });
      posted(await book.transfer(newId(), move('cem', 'ann', 'CNY', 300n)));
      posted(await book.transfer(newId(), move('ann', 'cem', 'CNY', 300n)));
    }
    for (const amount of [21n, 22n]) posted(await book.transfer(newId(), move('till', 'ann', 'CNY', amount)));
    await book.openAccount('gone-home', null);
    const closed = { path: 'gone-home', asset: 'CNY' };
    expect(await book.module.get(CloseAccount).execute(context, closed)).toMatchObject({ ok: true });
  }

  private async inTheNeighbour(): Promise<void> {
    const { module } = this.book;
    for (const path of ['left', 'right']) {
      await this.ask(`SELECT ledger.open_account($1, $2, 'CNY', -1, NULL)`, [this.neighbour, path]);
    }
    const drafts = [3n, 4n].map((amount) => ({
      kind: 'transfer',
      legs: move('left', 'right', 'CNY', amount),
    }));
    const batch = { id: newId(), mode: 'continue' as const, dryRun: false, drafts };
    expect(await module.get(PostBatch).execute(this.neighbour, 'tester', batch)).toMatchObject({ ok: true });
  }

  private async passes(to: Date): Promise<void> {
    await this.ask('SELECT platform.advance_clock($1, $2)', [this.book.id, to]);
  }

  private async seal(): Promise<void> {
    const { module } = this.book;
    await module.get(Sealer, { strict: false }).round();
    for (const id of [this.book.id, this.neighbour]) {
      await module.get(SignCheckpoint, { strict: false }).execute(id);
    }
  }

  private async publish(id: number): Promise<Published> {
    const rows = await this.ask<{ note: string; origin: string }>(
      `SELECT c.note, l.origin FROM ledger.checkpoint c JOIN ledger.log l ON l.book = c.book
        WHERE c.book = $1 ORDER BY c.size`,
      [id],
    );
    const key = readVkey(this.book.module.get(LogReader, { strict: false }).vkey(rows[0]!.origin))!;
    return { notes: rows.map(({ note }) => note), key };
  }
}
