import { divideHalfUp } from '@app/kernel';
import type { Price } from '../one-book/figure.store';

/** opening + increase − decrease = closing. */
export interface BalanceLine {
  readonly opening: bigint;
  readonly increase: bigint;
  readonly decrease: bigint;
  readonly closing: bigint;
}

/** Zero, or the sheet does not hold. */
export const differenceOf = ({ opening, increase, decrease, closing }: BalanceLine): bigint =>
  opening + increase - decrease - closing;

/** A line from its ends and the parts that are known; what is left over is an increase or a decrease of its own. */
export function balanced(opening: bigint, closing: bigint, parts: readonly bigint[]): BalanceLine {
  const rest = parts.reduce((left, part) => left - part, closing - opening);
  const all = [...parts, rest];
  return {
    opening,
    increase: all.reduce((sum, part) => (part > 0n ? sum + part : sum), 0n),
    decrease: all.reduce((sum, part) => (part < 0n ? sum - part : sum), 0n),
    closing,
  };
}

const PER_UNIT: Readonly<Record<Price['unit'], bigint>> = { 'fen-per-mu': 100n, 'fen-per-t': 1_000_000n };

/** Hundredths of a mu or grams at a price, half up. */
export const valueOf = (quantity: bigint, { fen, unit }: Price): bigint =>
  divideHalfUp(quantity * fen, PER_UNIT[unit]);

export interface ValueLine extends BalanceLine {
  /** What another price makes of the same land. */
  readonly revaluation: bigint;
}

/** The opening at its own day's price, all else at the closing day's. Null without both. */
export function valued(
  line: BalanceLine,
  before: Price | undefined,
  after: Price | undefined,
): ValueLine | null {
  if (!before || !after) return null;
  const [opening, closing] = [valueOf(line.opening, before), valueOf(line.closing, after)];
  const [increase, decrease] = [valueOf(line.increase, after), valueOf(line.decrease, after)];
  return {
    ...{ opening, increase, decrease, closing },
    revaluation: closing - opening - increase + decrease,
  };
}
