interface Waiting<Value> {
  readonly answer: Promise<Value | undefined>;
  readonly resolve: (value: Value | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Keys of one question: beyond this the next question takes them. */
const KEYS_MAX = 1_000;

/**
 * Many ask for one thing each, one question with all of them goes out, and the next one when its answer is there.
 * A question always starts after whoever waits for it has asked, so everybody sees what was committed before.
 * Nothing is kept.
 */
export class Coalescer<Key, Value> {
  readonly #waiting = new Map<Key, Waiting<Value>>();
  #isAsking = false;

  constructor(private readonly ask: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>) {}

  /** The value of the key, or undefined when the answer has none. */
  get(key: Key): Promise<Value | undefined> {
    let waiting = this.#waiting.get(key);
    if (!waiting) {
      waiting = waitingFor<Value>();
      this.#waiting.set(key, waiting);
      if (!this.#isAsking) {
        this.#isAsking = true;
        // Requests that were read in the same turn of the event loop share the first question.
        setImmediate(() => void this.askOn());
      }
    }
    return waiting.answer;
  }

  private async askOn(): Promise<void> {
    while (this.#waiting.size > 0) {
      const round = [...this.#waiting].slice(0, KEYS_MAX);
      for (const [key] of round) this.#waiting.delete(key);
      try {
        const found = await this.ask(round.map(([key]) => key));
        for (const [key, { resolve }] of round) resolve(found.get(key));
      } catch (error) {
        for (const [, { reject }] of round) reject(error);
      }
    }
    this.#isAsking = false;
  }
}

function waitingFor<Value>(): Waiting<Value> {
  let resolve: Waiting<Value>['resolve'] = () => undefined;
  let reject: Waiting<Value>['reject'] = () => undefined;
  const answer = new Promise<Value | undefined>((...settle) => {
    [resolve, reject] = settle;
  });
  return { answer, resolve, reject };
}
