/** What may wait for one book in one process, in commands and in legs. It bounds memory and the longest wait. */
export const BACKLOG_COMMANDS_MAX = 8_000;
export const BACKLOG_WEIGHT_MAX = 64_000;

const RETRY_SECONDS_MAX = 60;
/** How much of the measured rate is the newest batch. */
const NEWEST = 0.2;

/** Counts what waits or runs, and how fast it becomes less. */
export class Backlog {
  commands = 0;
  weight = 0;
  #weightPerSecond = 0;

  isFull(): boolean {
    return this.commands >= BACKLOG_COMMANDS_MAX || this.weight >= BACKLOG_WEIGHT_MAX;
  }

  add(weight: number): void {
    this.commands += 1;
    this.weight += weight;
  }

  remove(commands: number, weight: number, seconds: number): void {
    this.commands -= commands;
    this.weight -= weight;
    const rate = weight / Math.max(seconds, 0.001);
    this.#weightPerSecond =
      this.#weightPerSecond === 0 ? rate : this.#weightPerSecond * (1 - NEWEST) + rate * NEWEST;
  }

  /**
   * When half of what waits will be done. A batch that takes longer than it should says more than the rate of those
   * before it: `busySeconds` is how long the present one has taken.
   */
  retryAfterSeconds(busySeconds: number): number {
    const byRate = this.#weightPerSecond === 0 ? 1 : this.weight / 2 / this.#weightPerSecond;
    return Math.min(RETRY_SECONDS_MAX, Math.max(1, Math.ceil(Math.max(byRate, busySeconds))));
  }
}
