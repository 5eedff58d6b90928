import type { Executor } from './executor';

/** Who does what, where: set for the whole transaction and written to the audit trail with it. */
export interface WorkContext {
  /** The book the work belongs to, or HOUSE_BOOK for what belongs to none (users, sessions, reference data). */
  readonly book: number;
  /** A user id, `system/<job>` or `demo`. Never a person's name. */
  readonly actor: string;
  /** Region codes the actor may see, longest prefix rule; empty for the system itself. */
  readonly scope?: readonly string[];
  /** What is done, in the words of the code: `compensation.lock-roster`. */
  readonly action: string;
  /** What it is done to: `roster/<id>`. */
  readonly subject?: string;
}

/** Work that belongs to no fiscal unit is audited under this number. */
export const HOUSE_BOOK = 0;

/** Facts of the audit row: ids, states and amounts, never personal data. */
export type AuditFacts = Readonly<Record<string, unknown>>;

/**
 * Proof that a transaction is open. Only UnitOfWork and a kept connection make one, so a function that asks for a
 * Tx cannot be called outside a transaction.
 */
export class Tx {
  readonly #executor: Executor;
  readonly #afterCommit: (() => void)[] = [];
  #facts: AuditFacts = {};

  constructor(
    executor: Executor,
    readonly context: WorkContext,
    /** The book's clock when the transaction began: the wall clock in live books, the demo's in rehearsals. */
    readonly now: Date,
  ) {
    this.#executor = executor;
  }

  get book(): number {
    return this.context.book;
  }

  async query<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#executor.run(sql, params)).rows as Row[];
  }

  /** Runs a statement and tells how many rows it touched. */
  async execute(sql: string, params: readonly unknown[] = []): Promise<number> {
    return (await this.#executor.run(sql, params)).affected;
  }

  /** Adds to this unit of work's one audit row: before/after, counts, document numbers. */
  audit(facts: AuditFacts): void {
    this.#facts = { ...this.#facts, ...facts };
  }

  get auditFacts(): AuditFacts {
    return this.#facts;
  }

  /** Best effort only: what must happen is a row in this transaction, never a callback. */
  afterCommit(callback: () => void): void {
    this.#afterCommit.push(callback);
  }

  runAfterCommit(): void {
    for (const callback of this.#afterCommit) callback();
  }
}
