import { invariant } from '@app/kernel';
import type { CommandKind, LaneCommand } from './command-kind';
import { takeBatch, type AnyKind, type Seat, type Waiting } from './take-batch.rules';

/** Runs one kind's commands in one transaction and answers each, or throws and has changed nothing. */
export type RunBatch = (kind: AnyKind, commands: readonly LaneCommand[]) => Promise<readonly unknown[]>;

/**
 * One book's queue in this process. Whatever waits when the previous transaction has returned goes into the next
 * one: no timer, one transaction at a time. Lanes of other processes stand in line at the book's fence.
 */
export class Lane {
  #queue: Waiting[] = [];
  #draining: Promise<void> | undefined;

  constructor(private readonly run: RunBatch) {}

  submit<Command extends LaneCommand, Answer>(
    kind: CommandKind<Command, Answer>,
    command: Command,
  ): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      this.#queue.push({
        kind: kind as unknown as AnyKind,
        command,
        answer: resolve as (answer: unknown) => void,
        fail: reject,
      });
      this.#draining ??= this.drain();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#draining) await this.#draining;
  }

  private async drain(): Promise<void> {
    // Requests that arrived in the same turn of the event loop share the first batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) {
      const { seats, left } = takeBatch(this.#queue);
      this.#queue = left;
      await this.serve(seats);
    }
    this.#draining = undefined;
  }

  private async serve(seats: readonly Seat[]): Promise<void> {
    const [first] = seats;
    if (!first) return;
    try {
      const answers = await this.run(
        first.leader.kind,
        seats.map(({ leader }) => leader.command),
      );
      invariant(answers.length === seats.length, 'a command kind answers every command');
      seats.forEach((seat, index) => {
        settle(seat, answers[index]);
      });
    } catch (error) {
      // One command's bug must not be the others' outage: each is tried by itself.
      if (seats.length > 1) for (const seat of seats) await this.serve([seat]);
      else for (const waiting of [first.leader, ...first.twins]) waiting.fail(error);
    }
  }
}

function settle({ leader, twins }: Seat, answer: unknown): void {
  leader.answer(answer);
  for (const twin of twins) twin.answer(leader.kind.asReplay(answer));
}
