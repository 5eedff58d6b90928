import { Latencies } from './latencies.mjs';

/** What a generator counts: answers by status over all of the run, latencies and rate inside the window only. */
export class Tally {
  #latencies = new Latencies();
  #late = new Latencies();
  #statuses = {};
  #inWindow = 0;
  #unanswered = 0;
  #sample;
  onAnswer = () => undefined;

  /**
   * @param {object} wish
   * @param {{startMs: number, endMs: number}} wish.window
   * @param {'answered' | 'started'} wish.by what must lie in the window: a closed loop counts answers, an open one
   *   starts, so that no slow request slips out of its end
   */
  constructor({ window, by, expect }) {
    this.window = window;
    this.by = by;
    this.expect = expect;
  }

  answered(line, status, text, nowMs) {
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
    if (status !== this.expect) this.#sample ??= text().slice(0, 600);
    const { startMs, endMs } = this.window;
    const at = this.by === 'started' ? line.startedMs : nowMs;
    if (at >= startMs && at < endMs) {
      this.#inWindow += 1;
      this.#latencies.add(nowMs - line.startedMs);
    }
    this.onAnswer(line);
  }

  startedLate(milliseconds) {
    this.#late.add(milliseconds);
  }

  /** It counts with the time waited so far: at least that long it would have taken. */
  unanswered(startedMs, nowMs) {
    this.#unanswered += 1;
    if (startedMs >= this.window.startMs) this.#latencies.add(nowMs - startedMs);
  }

  summary() {
    const seconds = (this.window.endMs - this.window.startMs) / 1000;
    return {
      seconds,
      requests: this.#inWindow,
      rate: this.#inWindow / seconds,
      statuses: this.#statuses,
      unanswered: this.#unanswered,
      latencyMs: this.#latencies.summary(),
      startedLateMs: this.#late.summary(),
      ...(this.#sample === undefined ? {} : { sample: this.#sample }),
    };
  }
}
