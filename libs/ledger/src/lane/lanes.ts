import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

import { present, type Refused } from '@app/kernel';
import {
  conflictOf,
  Environment,
  isDatabaseAway,
  OwnConnections,
  type OwnConnection,
  type WorkContext,
} from '@app/platform';
import type { CallKind, CommandKind, LaneCommand, LaneFull } from './command-kind';
import { Lane, type BatchDone } from './lane';
import { LaneMetrics } from './lane-metrics';
import type { AnyKind } from './take-batch.rules';

/** Lanes of all books share these: a lane holds one only while a batch is in flight, and never more than two. */
const CONNECTIONS_MAX = 3;
/** A batch that takes longer than this is given up and asked again on a new connection. */
const PATIENCE_MS = 15_000;
/** Before each further attempt: a server that restarts is back within a second or two. */
const PAUSES_MS = [0, 100, 500, 1_500] as const;

/** The one lane of each book in this process, on connections that slow reads cannot take away. */
@Injectable()
export class Lanes implements OnApplicationShutdown {
  readonly #lanes = new Map<number, Lane>();
  readonly #connections: OwnConnections;

  constructor(
    environment: Environment,
    private readonly metrics: LaneMetrics,
  ) {
    this.#connections = new OwnConnections(
      { url: environment.DATABASE_URL, applicationName: 'tanhui-lane', patienceMs: PATIENCE_MS },
      CONNECTIONS_MAX,
    );
  }

  /**
   * Queues a command for its book and answers when it is committed or refused; LANE_FULL when there is no room, and
   * then nothing was done. Keep one object per kind.
   */
  submit<Command extends LaneCommand, Answer, Row>(
    book: number,
    kind: CommandKind<Command, Answer> | CallKind<Command, Answer, Row>,
    command: Command,
  ): Promise<Answer | Refused<LaneFull>> {
    return this.laneOf(book).submit(kind, command);
  }

  /** What waits is finished; who comes now is told to come again. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.close()));
    await this.#connections.close();
  }

  private laneOf(book: number): Lane {
    const known = this.#lanes.get(book);
    if (known) return known;
    const lane = new Lane((kind, commands) => this.retried(book, kind, commands), this.metrics);
    this.#lanes.set(book, lane);
    this.metrics.watch(book, lane);
    return lane;
  }

  private async retried(book: number, kind: AnyKind, commands: readonly LaneCommand[]): Promise<BatchDone> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#connections.use((connection) => transact(connection, { book, kind, commands }));
      } catch (error) {
        // A commit whose answer was lost is found by the commands' ids, so to run again is always safe.
        const cause = conflictOf(error) ?? (isDatabaseAway(error) ? 'connection' : undefined);
        const pause = PAUSES_MS[attempt];
        if (cause === undefined || pause === undefined) throw error;
        this.metrics.onRunAgain(cause);
        await sleep(pause);
      }
    }
  }
}

interface Batch {
  readonly book: number;
  readonly kind: AnyKind;
  readonly commands: readonly LaneCommand[];
}

async function transact(connection: OwnConnection, { book, kind, commands }: Batch): Promise<BatchDone> {
  const context: WorkContext = { book, action: kind.name, actor: actorOf(commands) };
  const facts = { commands: commands.length };
  if ('statement' in kind) {
    const { statement } = kind;
    const values = kind.values(book, commands);
    const { row, ...phases } = await connection.call<unknown>({ context, facts, statement, values });
    return { ...phases, answers: () => kind.answers(book, commands, row) };
  }
  const began = performance.now();
  const { answer, commitMs } = await connection.transact(context, (tx) => {
    tx.audit(facts);
    return kind.execute(tx, commands);
  });
  return { answers: () => answer, commitMs, callMs: performance.now() - began - commitMs };
}

/** A batch of one person's commands is that person's; a mixed one is the lane's, and each entry names its actor. */
const actorOf = (commands: readonly LaneCommand[]): string => {
  const actors = new Set(commands.map(({ actor }) => actor));
  return actors.size === 1 ? present([...actors][0], 'a batch has a command') : 'system/lane';
};
