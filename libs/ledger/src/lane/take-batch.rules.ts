import type { CommandKind, LaneCommand } from './command-kind';

/** The kinds as the queue holds them: each waiting command keeps its own kind, so the pair always fits. */
export type AnyKind = CommandKind<LaneCommand, unknown>;

export interface Waiting {
  readonly kind: AnyKind;
  readonly command: LaneCommand;
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
export const WEIGHT_MAX = 20_000;

/**
 * Takes from the queue what may run together: commands of the kind that waits longest, each id once. The same id
 * with the same body takes a seat with its twin; with another body it waits for the next batch, where the stored
 * answer of the first decides.
 */
export function takeBatch(queue: readonly Waiting[]): { readonly seats: Seat[]; readonly left: Waiting[] } {
  const seats = new Map<string, Seat>();
  const left: Waiting[] = [];
  const kind = queue[0]?.kind;
  let weight = 0;
  let full = false;
  for (const waiting of queue) {
    const { command } = waiting;
    const seat = seats.get(command.id);
    if (waiting.kind !== kind || (seat && seat.leader.command.body !== command.body)) {
      left.push(waiting);
    } else if (seat) {
      seat.twins.push(waiting);
    } else {
      full ||= seats.size === COMMANDS_MAX || (seats.size > 0 && weight + command.weight > WEIGHT_MAX);
      if (full) left.push(waiting);
      else {
        weight += command.weight;
        seats.set(command.id, { leader: waiting, twins: [] });
      }
    }
  }
  return { seats: [...seats.values()], left };
}
