import type { TestingModule } from '@nestjs/testing';

import { LedgerBook } from '../invariants/ledger-book';
import { Book } from './book';
import type { Command } from './commands';
import { BookClocks } from './book-clocks';
import { Recorder, type Call } from './history';
import { dateOf } from './instant';
import { Product } from './product';
import { atEntry, everything } from './queries';
import { replay, replayOne } from './replay';
import { ASSETS, BEGIN, OPENING } from './world';

/** A kind whose entries may lower what an account had at an earlier time below its floor. */
const CORRECTING = `
  INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds, may_backdate_below_floor)
  VALUES ('test.correct', 'test', false, '{purse}', true)`;

/** One database and two processes on it, in which books are opened one after the other. */
export class Stage {
  #books = 0;

  private constructor(
    private readonly home: LedgerBook,
    private readonly modules: readonly TestingModule[],
  ) {}

  static async open(): Promise<Stage> {
    const home = await LedgerBook.open();
    await home.admin.query(CORRECTING);
    return new Stage(home, [home.module, await home.startProcess()]);
  }

  close(): Promise<void> {
    return this.home.close();
  }

  /** A fresh book with its model beside it. */
  async run(): Promise<Run> {
    const { admin } = this.home;
    const { rows } = await admin.query<{ id: number }>(
      `SELECT platform.open_rehearsal_book('model-' || $1, '县', '610924', $2) AS id`,
      [String((this.#books += 1)), dateOf(BEGIN)],
    );
    const { id } = rows[0]!;
    for (const asset of ASSETS.slice(1))
      await admin.query(`SELECT ledger.open_asset($1, $2, 'kg', 3)`, [id, asset]);
    const clocks = new BookClocks(admin, id);
    const run = new Run(
      this.modules.map((module) => new Product(module, id, clocks)),
      clocks,
    );
    await clocks.take(run.model, new Set());
    for (const command of OPENING) await run.one(command);
    return run;
  }

  /** The ledger's own look at the whole book finds nothing. */
  async verify(run: Run): Promise<void> {
    const { ok, findings } = await this.home.ledger.verify(run.product.book);
    if (!ok) throw new Error(`The book is found wrong: ${findings.join('; ')}`);
  }
}

/** A book and its model, side by side. */
export class Run {
  readonly model = new Book(BEGIN);
  readonly #recorder = new Recorder();
  /** How many answers were compared. */
  compared = 0;
  readonly codes = new Map<string, number>();

  constructor(
    private readonly products: readonly Product[],
    private readonly clocks: BookClocks,
  ) {
    for (const asset of ASSETS) this.model.assets.add(asset);
  }

  get product(): Product {
    return this.products[0]!;
  }

  /** One command, with nothing else going on: there is only one answer. */
  async one(command: Command): Promise<void> {
    const concrete = atEntry(this.model, command);
    await this.#recorder.watch(concrete, () => this.product.do(concrete));
    const [call] = this.#recorder.take();
    replayOne(this.model, call!);
    this.count([call!]);
  }

  /** Callers that each go through their own list, all at the same time, over all processes. */
  async race(callers: readonly (readonly Command[])[]): Promise<void> {
    await Promise.all(
      callers.map(async (commands, index) => {
        const product = this.products[index % this.products.length]!;
        for (const command of commands) {
          const concrete = atEntry(this.model, command);
          await this.#recorder.watch(concrete, () => product.do(concrete));
        }
      }),
    );
    const calls = this.#recorder.take();
    const known = new Set(this.model.accounts.keys());
    replay(this.model, calls);
    this.count(calls);
    await this.clocks.take(this.model, known);
  }

  /** Every account and every entry, as at the end. */
  async lookAtEverything(): Promise<void> {
    for (const query of everything(this.model)) await this.one({ do: 'ask', query });
  }

  private count(calls: readonly Call[]): void {
    this.compared += calls.length;
    for (const { command, answer } of calls) {
      for (const item of 'items' in answer ? answer.items : [answer]) {
        const code = 'refused' in item ? item.refused.code! : `ok ${command.do}`;
        this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
      }
    }
  }
}
