import type { INestApplicationContext } from '@nestjs/common';

import { idOf, ok, type Refusal, type Result } from '@app/kernel';
import { Ledger, PostEntry, type DomainLedger, type EntryDraft, type Leg } from '@app/ledger';
import { Books, Database, UnitOfWork, type Tx, type WorkContext } from '@app/platform';
import { DeskBulk, type LinesWish, type LoadWish } from './desk-bulk';
import { DeskVerify } from './desk-verify';

const ACTOR = 'bench';
/** Enough for every figure: no post of a throughput run is ever refused. */
const FUNDS = 1_000_000_000n;
const FUND = 10_000_000_000_000n;
const LEGS = 2_000;
const OPENED_AT_ONCE = 500;
/** The first money is older than any back-dated entry, which so finds a balance to draw on. */
const FUNDED_DAYS_AGO = 60;

export interface BookPlace {
  readonly book: number;
  readonly accounts: number;
}

/** Account of the n-th payer: one width, so that every request has the same length. */
export const payer = (n: number): string => `p${String(n).padStart(6, '0')}`;

/** What the bench has done at the engine's own doors. Times are of the work alone, in seconds. */
export class Desk {
  readonly #unitOfWork: UnitOfWork;
  readonly #database: Database;
  readonly #door: DomainLedger;
  readonly #bulk: DeskBulk;
  readonly #verifier: DeskVerify;

  constructor(private readonly app: INestApplicationContext) {
    this.#unitOfWork = app.get(UnitOfWork, { strict: false });
    this.#database = app.get(Database, { strict: false });
    this.#verifier = new DeskVerify(app);
    this.#door = app.get(Ledger, { strict: false }).domain('bench');
    this.#bulk = new DeskBulk(this.#door, (book, action, work) => this.work(book, action, work));
  }

  answer(command: string, parameters: object): Promise<unknown> {
    const commands: Readonly<Record<string, (given: never) => Promise<unknown>>> = {
      open: (given: { code: string; accounts: number }) => this.open(given),
      batch: (given: BookPlace & BatchWish) => this.batch(given),
      load: (given: LoadWish) => this.#bulk.load(given),
      payout: (given: LinesWish) => this.#bulk.payout(given),
      roster: (given: LinesWish) => this.#bulk.roster(given),
      seal: (given: { book: number }) => this.#verifier.seal(given),
      verify: (given: { book: number; onlyNew?: boolean }) => this.#verifier.verify(given),
    };
    const work = commands[command];
    if (!work) throw new Error(`the desk knows no ${command}`);
    return work(parameters as never);
  }

  /** A book with a mint, one hot account and so many payers, each with money enough. */
  private async open({ code, accounts }: { code: string; accounts: number }): Promise<BookPlace> {
    const books = this.app.get(Books, { strict: false });
    const book = await this.work(0, 'open', async (tx) =>
      ok(await books.openLive(tx, { code, name: code, region: '610924' })),
    );
    await this.openAccounts(book, [
      { path: 'mint', side: 1, floor: null },
      { path: 'hot', side: -1, floor: '0' },
      ...Array.from({ length: accounts }, (_none, n) => ({ path: payer(n), side: -1, floor: '0' })),
    ]);
    await this.fill(
      book,
      Array.from({ length: accounts }, (_none, n) => payer(n)),
    );
    await this.#database.query(`SELECT platform.refresh_statistics('ledger')`);
    return { book, accounts };
  }

  /** In many transactions: each opening is an event of the book, and they stand in line at its one fence row. */
  private async openAccounts(book: number, accounts: readonly AccountTerms[]): Promise<void> {
    for (let n = 0; n < accounts.length; n += OPENED_AT_ONCE) {
      const some = accounts.slice(n, n + OPENED_AT_ONCE);
      await this.work(book, 'accounts', async (tx) => {
        const [opened] = await tx.query<{ all: boolean }>(
          `SELECT bool_and(ledger.open_account($1, a.path, 'CNY', a.side, a.floor) = 'OPENED') AS all
             FROM unnest($2::text[], $3::smallint[], $4::bigint[]) AS a (path, side, floor)`,
          [
            tx.book,
            some.map(({ path }) => path),
            some.map(({ side }) => side),
            some.map(({ floor }) => floor),
          ],
        );
        if (!opened?.all) throw new Error('an account of the bench was not opened');
        return ok(null);
      });
    }
  }

  private async fill(book: number, paths: readonly string[]): Promise<void> {
    const post = this.app.get(PostEntry, { strict: false });
    const fund: Leg[] = [{ path: 'hot', asset: 'CNY', amount: -FUND }];
    const effectiveAt = new Date(Date.now() - FUNDED_DAYS_AGO * 86_400_000);
    const groups = [fund];
    for (let n = 0; n < paths.length; n += LEGS - 1) {
      groups.push(paths.slice(n, n + LEGS - 1).map((path) => ({ path, asset: 'CNY', amount: -FUNDS })));
    }
    for (const [n, credits] of groups.entries()) {
      const total = credits.reduce((sum, { amount }) => sum - amount, 0n);
      const legs = [{ path: 'mint', asset: 'CNY', amount: total }, ...credits];
      const draft = { id: idOf('bench.fill', String(book), String(n)), kind: 'transfer', legs, effectiveAt };
      const posted = await post.execute(book, ACTOR, draft);
      if (!posted.ok) throw refused(posted.reason);
    }
  }

  /** Batches of this many entries, each one call and one commit, for so long; their rate while they ran. */
  private async batch({ book, accounts, size, seconds, hot, tag }: BookPlace & BatchWish): Promise<object> {
    const drafts = (n: number): EntryDraft[] =>
      Array.from({ length: size }, (_none, i) => ({
        id: idOf('bench.batch', tag, `${n}/${i}`),
        kind: 'bench.move',
        legs: pay(hot ? 'hot' : undefined, accounts),
      }));
    let entries = 0;
    let spent = 0;
    for (let n = 0; spent < seconds; n += 1) {
      const orders = drafts(n).map((draft) => ({ draft, actor: ACTOR }));
      const began = process.hrtime.bigint();
      const answers = await this.work(book, 'batch', async (tx) => ok(await this.#door.postEach(tx, orders)));
      spent += Number(process.hrtime.bigint() - began) / 1e9;
      if (answers.some((answer) => !answer.ok)) throw new Error('a batch of the bench was refused');
      entries += size;
    }
    return { entries, rate: entries / spent };
  }

  private async work<T>(
    book: number,
    action: string,
    work: (tx: Tx) => Promise<Result<T, Refusal>>,
  ): Promise<T> {
    const context: WorkContext = { book, actor: ACTOR, action: `bench.${action}` };
    const done = await this.#unitOfWork.run(context, work);
    if (!done.ok) throw refused(done.reason);
    return done.value;
  }
}

const refused = (reason: Refusal): Error =>
  new Error(`the bench was refused: ${Object.values(reason).map(String).join(' ')}`);

interface AccountTerms {
  readonly path: string;
  readonly side: number;
  readonly floor: string | null;
}

interface BatchWish {
  readonly size: number;
  readonly seconds: number;
  readonly hot: boolean;
  readonly tag: string;
}

/** One unit from somebody, or from the account named, to somebody else. */
function pay(from: string | undefined, accounts: number): Leg[] {
  const a = Math.floor(Math.random() * accounts);
  const b = (a + 1 + Math.floor(Math.random() * (accounts - 1))) % accounts;
  return [
    { path: from ?? payer(a), asset: 'CNY', amount: 1n },
    { path: payer(b), asset: 'CNY', amount: -1n },
  ];
}
