import { performance } from 'node:perf_hooks';

import { invariant, present, refuse, type Refused } from '@app/kernel';
import { isDatabaseAway } from '@app/platform';
import { Backlog } from './backlog';
import type { CallKind, CommandKind, LaneCommand, LaneFull, Phases } from './command-kind';
import { takeBatch, type AnyKind, type Seat, type Waiting } from './take-batch.rules';

/** Runs one kind's commands in one transaction, or throws and has changed nothing. */
export type RunBatch = (kind: AnyKind, commands: readonly LaneCommand[]) => Promise<BatchDone>;

/** A batch that is committed. Its answers are read when the next one is on its way. */
export interface BatchDone extends Phases {
  answers(): Promise<readonly unknown[]> | readonly unknown[];
}

type Settle = () => void;

/** Hears of every batch that was answered, and of every command that was not taken. */
export interface LaneWatcher {
  onBatch(seats: readonly Seat[], done: BatchDone, startedAt: number): void;
  onRefused(): void;
}

/**
 * A batch of at least so many may have another wait behind it at the fence, as soon as as many wait for that. Smaller
 * ones gain more from growing.
 */
export const AHEAD_MIN = 32;

/** A batch that is with the database. */
interface Flight {
  readonly size: number;
  readonly startedAt: number;
}

/**
 * One book's queue in this process. Whatever waits when the previous transaction has returned goes into the next
 * one: no timer, one transaction at a time. Under load the next one stands in line at the book's fence already, where
 * lanes of other processes stand too: the database then never waits for this process.
 */
export class Lane {
  readonly backlog = new Backlog();
  #queue: Waiting[] = [];
  readonly #flights: Flight[] = [];
  /** When the last batch came back: one that stood in line behind it took no time before that. */
  #landedAt = 0;
  #isAwake = false;
  #isClosed = false;
  #onIdle: (() => void)[] = [];

  constructor(
    private readonly run: RunBatch,
    private readonly watcher: LaneWatcher,
  ) {}

  submit<Command extends LaneCommand, Answer, Row>(
    kind: CommandKind<Command, Answer> | CallKind<Command, Answer, Row>,
    command: Command,
  ): Promise<Answer | Refused<LaneFull>> {
    if (this.#isClosed || this.backlog.isFull()) return Promise.resolve(this.full());
    this.backlog.add(command.weight);
    return new Promise<Answer>((resolve, reject) => {
      this.#queue.push({
        kind: kind as unknown as AnyKind,
        command,
        since: performance.now(),
        answer: resolve as (answer: unknown) => void,
        fail: reject,
      });
      if (this.#flights.length > 0) this.takeOff();
      else this.wake();
    });
  }

  /** Takes nothing more, and resolves when what waits is done. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.isIdle()) return;
    await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }

  private isIdle(): boolean {
    return this.#queue.length === 0 && this.#flights.length === 0;
  }

  private full(): Refused<LaneFull> {
    this.watcher.onRefused();
    const [first] = this.#flights;
    const busySeconds = first === undefined ? 0 : (performance.now() - first.startedAt) / 1000;
    return refuse({ code: 'LANE_FULL', retryAfterSeconds: this.backlog.retryAfterSeconds(busySeconds) });
  }

  /** Requests that arrived in the same turn of the event loop share the first batch. */
  private wake(): void {
    if (this.#isAwake) return;
    this.#isAwake = true;
    setImmediate(() => {
      this.#isAwake = false;
      this.takeOff();
    });
  }

  private takeOff(): void {
    while (this.mayTakeOff()) {
      const { seats, left } = takeBatch(this.#queue);
      this.#queue = left;
      void this.fly(seats);
    }
  }

  private mayTakeOff(): boolean {
    const [first, second] = this.#flights;
    if (this.#queue.length === 0 || second !== undefined) return false;
    return first === undefined || (first.size >= AHEAD_MIN && this.#queue.length >= first.size);
  }

  private async fly(seats: readonly Seat[]): Promise<void> {
    const flight = { size: seats.length, startedAt: performance.now() };
    this.#flights.push(flight);
    const settleAll = await this.serve(seats);
    this.#flights.splice(this.#flights.indexOf(flight), 1);
    this.clear(seats, this.secondsOf(flight));
    this.takeOff();
    // Only now: hundreds of answers are written while the database has its next batch already.
    settleAll();
    if (this.isIdle()) for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  private secondsOf({ startedAt }: Flight): number {
    const before = this.#landedAt;
    this.#landedAt = performance.now();
    return (this.#landedAt - Math.max(startedAt, before)) / 1000;
  }

  private async serve(seats: readonly Seat[]): Promise<Settle> {
    const startedAt = performance.now();
    const kind = present(seats[0], 'a batch has a seat').leader.kind;
    try {
      const done = await this.run(
        kind,
        seats.map(({ leader }) => leader.command),
      );
      this.watcher.onBatch(seats, done, startedAt);
      return () => void settle(seats, done);
    } catch (error) {
      // One command's bug must not be the others' outage: each is tried by itself. A database that is away is away
      // for all of them.
      if (seats.length > 1 && !isDatabaseAway(error)) for (const seat of seats) (await this.serve([seat]))();
      else fail(seats, error);
      return () => undefined;
    }
  }

  private clear(seats: readonly Seat[], seconds: number): void {
    let commands = 0;
    let weight = 0;
    for (const { command } of seats.flatMap(everyone)) {
      commands += 1;
      weight += command.weight;
    }
    this.backlog.remove(commands, weight, seconds);
  }
}

const everyone = ({ leader, twins }: Seat): Waiting[] => [leader, ...twins];

async function settle(seats: readonly Seat[], done: BatchDone): Promise<void> {
  try {
    const answers = await done.answers();
    invariant(answers.length === seats.length, 'a command kind answers every command');
    seats.forEach(({ leader, twins }, index) => {
      leader.answer(answers[index]);
      for (const twin of twins) twin.answer(leader.kind.asReplay(answers[index]));
    });
  } catch (error) {
    fail(seats, error);
  }
}

function fail(seats: readonly Seat[], error: unknown): void {
  for (const waiting of seats.flatMap(everyone)) waiting.fail(error);
}
