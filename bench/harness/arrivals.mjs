/**
 * Requests that arrive at a fixed rate, whether or not the server keeps up. A latency is counted from the moment the
 * request was meant to start: whoever waits for a free connection, or for a generator that was busy, has waited.
 * Without that, a server that stalls is asked less and looks better than it is (coordinated omission).
 */
export class Arrivals {
  #next = 0;

  /**
   * @param {object} wish
   * @param {number} wish.rate a second
   * @param {number} wish.startMs
   * @param {number} wish.endMs nothing arrives at or after it
   */
  constructor({ rate, startMs, endMs }) {
    this.startMs = startMs;
    this.endMs = endMs;
    this.stepMs = 1000 / rate;
  }

  /** The intended start of the n-th arrival, from 0. Multiplied and not added up, so that no error grows. */
  intended(n) {
    return this.startMs + n * this.stepMs;
  }

  /** The intended start of the next arrival that is due, or undefined. Taking it moves on. */
  take(nowMs) {
    const at = this.intended(this.#next);
    if (at > nowMs || at >= this.endMs) return undefined;
    this.#next += 1;
    return at;
  }

  get taken() {
    return this.#next;
  }

  /** True when every arrival has been taken. */
  get isOver() {
    return this.intended(this.#next) >= this.endMs;
  }
}
