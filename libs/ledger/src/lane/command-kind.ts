import type { Called, Statement, Tx } from '@app/platform';

/** Something one caller wants done to a book. Its id is its key: the same id never happens twice. */
export interface LaneCommand {
  readonly id: string;
  /** Digest of what is asked: two commands of one id and one body are one command asked twice. */
  readonly body: string;
  readonly actor: string;
  /** How much of the book's time it takes, in legs. */
  readonly weight: number;
}

/**
 * One kind of command and its one set-based execution. A batch of one kind is one transaction: `execute` turns its
 * commands into entries, rows of its own lib and refusals, and answers each command, in their order.
 * A refusal is an answer; an exception undoes the batch, and each of its commands is tried alone.
 */
export interface CommandKind<Command extends LaneCommand, Answer> extends Replayable<Answer> {
  execute(tx: Tx, commands: readonly Command[]): Promise<readonly Answer[]>;
}

/**
 * A kind whose execution is one statement: the whole transaction then travels in one packet. `answers` reads the
 * statement's row after the commit; it may look up what is recorded for good, and nothing else.
 */
export interface CallKind<Command extends LaneCommand, Answer, Row> extends Replayable<Answer> {
  readonly statement: Statement;
  values(book: number, commands: readonly Command[]): readonly unknown[];
  answers(
    book: number,
    commands: readonly Command[],
    row: Row,
  ): Promise<readonly Answer[]> | readonly Answer[];
}

interface Replayable<Answer> {
  /** `<lib>.<verb>`: also the action of the batch's audit row. */
  readonly name: string;
  /** What a second asker of the very same command hears: the first one's answer, marked as a replay. */
  asReplay(answer: Answer): Answer;
}

/** Nothing was done: the book's queue in this process is full, or the process is going down. */
export interface LaneFull {
  readonly code: 'LANE_FULL';
  /** When the queue is likely to have room, by the rate at which it empties. */
  readonly retryAfterSeconds: number;
}

/** How long the parts of a batch's transaction took. */
export type Phases = Pick<Called<never>, 'callMs' | 'commitMs'>;
