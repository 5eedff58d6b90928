import type { Answer } from './answer';
import type { Command } from './commands';

/** One call as an observer of all callers saw it: numbers of one counter, so that "before" has a meaning. */
export interface Call {
  readonly command: Command;
  readonly called: number;
  readonly returned: number;
  readonly answer: Answer;
}

/** Writes down who asked what, when, and what was answered. */
export class Recorder {
  #tick = 0;
  #calls: Call[] = [];

  async watch(command: Command, answer: () => Promise<Answer>): Promise<void> {
    const called = (this.#tick += 1);
    const given = await answer();
    this.#calls.push({ command, called, returned: (this.#tick += 1), answer: given });
  }

  /** What was written down since the last time. */
  take(): Call[] {
    const calls = this.#calls;
    this.#calls = [];
    return calls;
  }
}
