import { performance } from 'node:perf_hooks';
import type { Duplex } from 'node:stream';

import { Client, type QueryConfig } from 'pg';

import { present } from '@app/kernel';
import type { Executed, Executor } from './executor';
import { auditAhead, enter, writeAudit } from './transaction-context';
import type { AuditFacts, Tx, WorkContext } from './tx';

/** A statement that is parsed once in the life of a connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export interface OwnConnectionSettings {
  readonly url: string;
  readonly applicationName: string;
  /** Server settings of this connection only: `-c enable_seqscan=off`. */
  readonly options?: string;
  /** How long one statement may keep us waiting before the connection is given up. */
  readonly patienceMs: number;
}

/** A statement that is the whole work of a transaction. */
export interface Call {
  readonly context: WorkContext;
  readonly facts: AuditFacts;
  readonly statement: Statement;
  readonly values: readonly unknown[];
}

/** A row of texts as the server sent them, and how long the statement and its commit took. */
export interface Called<Row> {
  readonly row: Row;
  readonly callMs: number;
  readonly commitMs: number;
}

const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED';
/** The caller knows what its columns are: the driver's parsers would only guess. */
const AS_TEXT = { getTypeParser: () => (text: string) => text };

/**
 * One connection that a part of the product keeps for itself, outside the pool. Statements that need no answer
 * before the next one travel in one packet.
 */
export class OwnConnection implements Executor {
  #isBroken = false;

  private constructor(private readonly client: Client) {
    const lost = (): void => {
      this.#isBroken = true;
    };
    client.on('error', lost);
    client.on('end', lost);
  }

  static async open({
    url,
    applicationName,
    options,
    patienceMs,
  }: OwnConnectionSettings): Promise<OwnConnection> {
    const client = new Client({
      connectionString: url,
      application_name: applicationName,
      query_timeout: patienceMs,
      connectionTimeoutMillis: patienceMs,
      pipeline: true,
      ...(options === undefined ? {} : { options }),
    });
    const connection = new OwnConnection(client);
    await client.connect();
    return connection;
  }

  get isBroken(): boolean {
    return this.#isBroken;
  }

  /**
   * One statement in a transaction of its own, all of it in one packet: context, statement, audit row, commit.
   * A Buffer among the values travels in binary.
   */
  async call<Row>({ context, facts, statement, values }: Call): Promise<Called<Row>> {
    const began = performance.now();
    let answered = began;
    const [, , rows] = await this.together(
      () =>
        [
          this.client.query(BEGIN),
          enter(this, context),
          this.read<Row>(statement, values).finally(() => {
            answered = performance.now();
          }),
          auditAhead(this, context, facts),
          this.client.query('COMMIT'),
        ] as const,
    );
    return {
      row: present(rows[0], 'a call answers with a row'),
      callMs: answered - began,
      commitMs: performance.now() - answered,
    };
  }

  /** Rows of one statement, each column as text. */
  async read<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    const query = { ...statement, values: [...values], types: AS_TEXT };
    const { rows } = await this.client.query(query as QueryConfig);
    return rows as Row[];
  }

  /** A transaction of several statements; it commits when the work returns and rolls back when it throws. */
  async transact<T>(
    context: WorkContext,
    work: (tx: Tx) => Promise<T>,
  ): Promise<{ answer: T; commitMs: number }> {
    try {
      const [, tx] = await this.together(() => [this.client.query(BEGIN), enter(this, context)] as const);
      const answer = await work(tx);
      const ended = performance.now();
      await this.together(() => [writeAudit(this, tx), this.client.query('COMMIT')] as const);
      tx.runAfterCommit();
      return { answer, commitMs: performance.now() - ended };
    } catch (error) {
      await this.client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  async run(text: string, params: readonly unknown[], name?: string): Promise<Executed> {
    const { rows, rowCount } = await this.client.query({ name, text, values: [...params] });
    return { rows, affected: rowCount ?? 0 };
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }

  /** Nothing is awaited of it any more, not even a farewell. */
  abandon(): void {
    this.#isBroken = true;
    this.stream.destroy();
  }

  /** Sends all of it in one packet and waits for all of it. The first failure is the one that is thrown. */
  private async together<const All extends readonly Promise<unknown>[]>(
    send: () => All,
  ): Promise<{ -readonly [At in keyof All]: Awaited<All[At]> }> {
    const { stream } = this;
    stream.cork();
    let sent: All;
    try {
      sent = send();
    } finally {
      stream.uncork();
    }
    return Promise.all(sent);
  }

  /** The driver's own, encrypted or not: its types do not show it. */
  private get stream(): Duplex {
    return (this.client as unknown as { connection: { stream: Duplex } }).connection.stream;
  }
}
