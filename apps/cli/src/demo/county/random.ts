import { createHash } from 'node:crypto';

/** A repeatable source of chance: the same seed and name give the same numbers on every machine. */
export class Chance {
  #state: number;

  constructor(seed: string, name: string) {
    this.#state = createHash('sha256').update(`${seed}\u0000${name}`).digest().readUInt32LE(0);
  }

  /** A whole number from 0 to limit − 1 (mulberry32: small, and good enough for a county). */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Number((BigInt((t ^ (t >>> 14)) >>> 0) * BigInt(limit)) >> 32n);
  }

  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True about `perMille` times in a thousand. */
  happens(perMille: number): boolean {
    return this.below(1000) < perMille;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** Picks by weight: `[['a', 3], ['b', 1]]` gives a three times in four. */
  weighted<T>(items: readonly (readonly [T, number])[]): T {
    let left = this.below(items.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [item, weight] of items) {
      if (left < weight) return item;
      left -= weight;
    }
    return items[0]![0];
  }
}
