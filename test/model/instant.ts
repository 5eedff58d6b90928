import type { Micros } from './book';

/** ISO 8601 in UTC, to the microsecond. */
export function textOf(at: Micros): string {
  const seconds = at / 1_000_000n;
  const fraction = (at % 1_000_000n).toString().padStart(6, '0');
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}

export const microsOf = (date: Date): Micros => BigInt(date.getTime()) * 1000n;

/** The instant, cut to the milliseconds that a Date can hold. */
export const dateOf = (at: Micros): Date => new Date(Number(at / 1000n));

export const MINUTE = 60_000_000n;
export const HOUR = 60n * MINUTE;

/** The instant of a text with six decimals. */
export const microsOfText = (text: string): Micros =>
  BigInt(Date.parse(`${text.slice(0, 19)}Z`)) * 1000n + BigInt(text.slice(20, 26));
