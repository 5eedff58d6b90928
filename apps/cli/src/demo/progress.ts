/** Tells each step on stderr as it begins and ends, and keeps how long it took. */
export class Progress {
  readonly #seconds: Record<string, number> = {};

  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const began = Date.now();
    process.stderr.write(`… ${name}\n`);
    const value = await work();
    const seconds = (Date.now() - began) / 1000;
    this.#seconds[name] = Number(((this.#seconds[name] ?? 0) + seconds).toFixed(3));
    process.stderr.write(`✓ ${name} ${seconds.toFixed(1)} s\n`);
    return value;
  }

  get secondsByStep(): Readonly<Record<string, number>> {
    return this.#seconds;
  }
}
