import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

import { present } from '@app/kernel';
import { createDataSource, Environment, Tx } from '@app/platform';
import type { CommandKind, LaneCommand } from './command-kind';
import { Lane } from './lane';
import type { AnyKind } from './take-batch.rules';

type DataSource = ReturnType<typeof createDataSource>;
type Connection = ReturnType<DataSource['createQueryRunner']>;

/** Lanes of all books share these: a lane holds one only while a batch is in flight. */
const CONNECTIONS_MAX = 2;
const ATTEMPTS_MAX = 3;

/** Run again whole: serialization failure, deadlock, and a connection lost before or in the commit. */
const SQLSTATE_RETRYABLE = /^(?:40001|40P01|57P0\d|08\w{3})$/;

/** The one lane of each book in this process, on connections that slow reads cannot take away. */
@Injectable()
export class Lanes implements OnApplicationShutdown {
  readonly #lanes = new Map<number, Lane>();
  #dataSource: Promise<DataSource> | undefined;

  constructor(private readonly environment: Environment) {}

  /** Queues a command for its book and answers when it is committed or refused. Keep one object per kind. */
  submit<Command extends LaneCommand, Answer>(
    book: number,
    kind: CommandKind<Command, Answer>,
    command: Command,
  ): Promise<Answer> {
    return this.laneOf(book).submit(kind, command);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.idle()));
    const opened = this.#dataSource;
    this.#dataSource = undefined;
    if (opened) await (await opened).destroy();
  }

  private laneOf(book: number): Lane {
    const lane = this.#lanes.get(book) ?? new Lane((kind, commands) => this.retried(book, kind, commands));
    this.#lanes.set(book, lane);
    return lane;
  }

  private async retried(
    book: number,
    kind: AnyKind,
    commands: readonly LaneCommand[],
  ): Promise<readonly unknown[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.transact(book, kind, commands);
      } catch (error) {
        // A commit whose answer was lost is found by the commands' ids, so to run again is always safe.
        if (attempt === ATTEMPTS_MAX || !isRetryable(error)) throw error;
      }
    }
  }

  private async transact(
    book: number,
    kind: AnyKind,
    commands: readonly LaneCommand[],
  ): Promise<readonly unknown[]> {
    const connection = (await this.dataSource()).createQueryRunner();
    let open = false;
    try {
      await connection.query('BEGIN ISOLATION LEVEL READ COMMITTED');
      open = true;
      const tx = await enter(connection, { book, action: kind.name, actor: actorOf(commands) });
      tx.audit({ commands: commands.length });
      const answers = await kind.execute(tx, commands);
      await writeAudit(tx);
      await connection.query('COMMIT');
      open = false;
      tx.runAfterCommit();
      return answers;
    } catch (error) {
      if (open) await connection.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await connection.release();
    }
  }

  private dataSource(): Promise<DataSource> {
    this.#dataSource ??= createDataSource({
      url: this.environment.DATABASE_URL,
      poolMax: CONNECTIONS_MAX,
      applicationName: 'tanhui-lane',
    })
      .initialize()
      .catch((error: unknown) => {
        this.#dataSource = undefined;
        throw error;
      });
    return this.#dataSource;
  }
}

/** A batch of one person's commands is that person's; a mixed one is the lane's, and each entry names its actor. */
const actorOf = (commands: readonly LaneCommand[]): string => {
  const actors = new Set(commands.map(({ actor }) => actor));
  return actors.size === 1 ? present([...actors][0], 'a batch has a command') : 'system/lane';
};

async function enter(
  connection: Connection,
  { book, action, actor }: { book: number; action: string; actor: string },
): Promise<Tx> {
  const rows = (await connection.query(
    `SELECT set_config('tanhui.actor', $1, true), set_config('tanhui.book', $2, true),
            set_config('tanhui.scope', '', true), platform.book_now($3::int) AS now`,
    [actor, String(book), book],
  )) as { now: Date }[];
  return new Tx(connection, { book, action, actor }, present(rows[0], 'the book clock answers').now);
}

async function writeAudit(tx: Tx): Promise<void> {
  const { book, actor, action } = tx.context;
  await tx.query('SELECT platform.record_audit($1, $2, $3, $4, $5, $6, $7)', [
    ...[book, tx.now, actor, [], action, null],
    JSON.stringify(tx.auditFacts),
  ]);
}

const isRetryable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && SQLSTATE_RETRYABLE.test(String(error.code));
