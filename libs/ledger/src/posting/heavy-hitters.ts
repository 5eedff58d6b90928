/**
 * Counts what comes most often in bounded memory (Misra and Gries 1982): whoever makes up more than one in
 * `capacity + 1` of all is among those counted, and no count is too high.
 */
export class HeavyHitters {
  #counts = new Map<string, number>();

  constructor(private readonly capacity: number) {}

  count(name: string): void {
    const known = this.#counts.get(name);
    if (known !== undefined) this.#counts.set(name, known + 1);
    else if (this.#counts.size < this.capacity) this.#counts.set(name, 1);
    else this.forgetSome();
  }

  top(most: number): [name: string, count: number][] {
    return [...this.#counts].sort(([, a], [, b]) => b - a).slice(0, most);
  }

  /** A stranger and one of each counted cancel out. */
  private forgetSome(): void {
    for (const [name, count] of this.#counts) {
      if (count === 1) this.#counts.delete(name);
      else this.#counts.set(name, count - 1);
    }
  }
}
