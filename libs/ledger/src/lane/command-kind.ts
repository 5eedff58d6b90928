import type { Tx } from '@app/platform';

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
export interface CommandKind<Command extends LaneCommand, Answer> {
  /** `<lib>.<verb>`: also the action of the batch's audit row. */
  readonly name: string;
  execute(tx: Tx, commands: readonly Command[]): Promise<readonly Answer[]>;
  /** What a second asker of the very same command hears: the first one's answer, marked as a replay. */
  asReplay(answer: Answer): Answer;
}
