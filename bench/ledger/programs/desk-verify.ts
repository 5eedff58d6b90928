import type { INestApplicationContext } from '@nestjs/common';

import { Sealer, verifyLedger } from '@app/ledger';
import { Database } from '@app/platform';

type Outcome = Awaited<ReturnType<typeof verifyLedger>>;

const EXAMPLES = 5;

/** Verifies as the operator's command does, on two connections. */
export class DeskVerify {
  readonly #database: Database;
  /** How far each book has been verified. */
  readonly #reached = new Map<number, Outcome['reach']>();

  constructor(private readonly app: INestApplicationContext) {
    this.#database = app.get(Database, { strict: false });
  }

  /** Seals all there is: what a verification then finds is what it finds in a book that is served by a worker. */
  async seal({ book }: { book: number }): Promise<object> {
    const before = await this.sealed(book);
    const began = process.hrtime.bigint();
    await this.app.get(Sealer, { strict: false }).round();
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    return { entries: (await this.sealed(book)) - before, seconds };
  }

  private async sealed(book: number): Promise<number> {
    const [row] = await this.#database.query<{ entries: number }>(
      'SELECT coalesce(max(next_entry) - 1, 0)::float8 AS entries FROM ledger.seal WHERE book = $1',
      [book],
    );
    return row?.entries ?? 0;
  }

  /** All of the book, or only what came since this process verified it last. */
  async verify({ book, onlyNew }: { book: number; onlyNew?: boolean }): Promise<object> {
    const ask = <Row>(sql: string, params: readonly unknown[]): Promise<Row[]> =>
      this.#database.query<Row>(sql, [...params]);
    const after = onlyNew ? this.#reached.get(book) : undefined;
    const findings: string[] = [];
    let count = 0;
    const found = (finding: object): void => {
      count += 1;
      if (findings.length < EXAMPLES) findings.push(Object.values(finding).map(String).join(' '));
    };
    const began = process.hrtime.bigint();
    const { reach, postings } = await verifyLedger([ask, ask], book, { after }, { found });
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    this.#reached.set(book, reach);
    const entries = Number(reach.entry - (after?.entry ?? 0n));
    return { ok: count === 0, seconds, entries, postings: Number(postings), findings };
  }
}
