import type { CallKind, CommandKind, LaneCommand } from './command-kind';

/** The kinds as the queue holds them: each waiting command keeps its own kind, so the pair always fits. */
export type AnyKind = CommandKind<LaneCommand, unknown> | CallKind<LaneCommand, unknown, unknown>;

export interface Waiting {
  readonly kind: AnyKind;
  readonly command: LaneCommand;
  /** By the process's own clock, in milliseconds. */
  readonly since: number;
  readonly answer: (answer: unknown) => void;
  readonly fail: (error: unknown) => void;
}

/** A command and those who asked the very same. */
export interface Seat {
  readonly leader: Waiting;
  readonly twins: Waiting[];
}

/** Commands and legs of one transaction: enough to make its cost small, not so much that others wait for long. */
export const COMMANDS_MAX = 1_000;
export const WEIGHT_MAX = 4_000;
/** A command of more legs shares its transaction with light ones only, so that they never wait for two of its size. */
export const HEAVY = 200;

/**
 * Takes from the queue what may run together: commands of the kind that waits longest, each id once. The same id
 * with the same body takes a seat with its twin; with another body it waits for the next batch, where the stored
 * answer of the first decides. One heavy command at most has a seat, whoever waits longest always; light ones pass
 * the heavy ones that are left.
 */
export function takeBatch(queue: readonly Waiting[]): { readonly seats: Seat[]; readonly left: Waiting[] } {
  const seats = new Map<string, Seat>();
  const left: Waiting[] = [];
  /** Ids of commands that stay: whoever has the same id stays behind them. */
  const staying = new Set<string>();
  const kind = queue[0]?.kind;
  const room = new Room();
  for (const waiting of queue) {
    const { command } = waiting;
    const seat = seats.get(command.id);
    if (seat && kind === waiting.kind && seat.leader.command.body === command.body) {
      seat.twins.push(waiting);
    } else if (kind === waiting.kind && !seat && !staying.has(command.id) && room.take(command.weight)) {
      seats.set(command.id, { leader: waiting, twins: [] });
    } else {
      left.push(waiting);
      staying.add(command.id);
    }
  }
  return { seats: [...seats.values()], left };
}

/** What one transaction has room for. Whoever comes first always fits. */
class Room {
  #commands = 0;
  #weight = 0;
  #hasHeavy = false;
  #isFull = false;

  take(weight: number): boolean {
    const isHeavy = weight > HEAVY;
    const fits =
      this.#commands === 0 || (this.#commands < COMMANDS_MAX && this.#weight + weight <= WEIGHT_MAX);
    // Light ones pass a heavy one that does not fit, but nobody passes a light one.
    if (!fits && !isHeavy) this.#isFull = true;
    if (this.#isFull || !fits || (isHeavy && this.#hasHeavy)) return false;
    this.#commands += 1;
    this.#weight += weight;
    this.#hasHeavy ||= isHeavy;
    return true;
  }
}
