/** Amounts come as decimal strings of counted integers and are only ever read as bigint. */
export type Count = string;

const CHINA_OFFSET_MS = 8 * 3_600_000;

/** Writes counted integers in the unit people read, grouped by thousands: ("1937300", 2) → "19,373.00". */
export function decimals(count: Count | bigint, scale: number): string {
  const value = BigInt(count);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const fraction = scale === 0 ? '' : `.${digits.slice(digits.length - scale)}`;
  return `${value < 0n ? '−' : ''}${whole}${fraction}`;
}

/** Fen → yuan, always two decimals. */
export const yuan = (fen: Count | bigint): string => decimals(fen, 2);

/** 0.01 mu → mu, always two decimals. */
export const mu = (mu100: Count | bigint): string => decimals(mu100, 2);

/** Grams → kg, without needless zeros: "12.4", "980". */
export const kg = (grams: Count | bigint): string => trimmed(decimals(grams, 3));

/** Grams → kg to the gram, for columns that people add up themselves. */
export const exactKg = (grams: Count | bigint): string => decimals(grams, 3);

/** Millionths → percent: "33.3333". */
export const percent = (ppm: Count | bigint): string => trimmed(decimals(ppm, 4));

/** Millionths → the factor of a sum: "1.00", "0.333333". */
export function factor(ppm: Count | bigint): string {
  const [whole = '0', rest = ''] = decimals(ppm, 6).split('.');
  return `${whole}.${rest.replace(/0+$/, '').padEnd(2, '0')}`;
}

export const count = (value: number | Count | bigint): string => decimals(BigInt(value), 0);

export const sum = (...amounts: readonly Count[]): bigint =>
  amounts.reduce((total, amount) => total + BigInt(amount), 0n);

/** The share of a whole for drawing, 0 to 1000 steps: the one place where an amount becomes a number. */
export function permille(part: Count | bigint, whole: Count | bigint): number {
  const total = BigInt(whole);
  return total <= 0n ? 0 : Number((BigInt(part) * 1_000n) / total);
}

/** Kilograms as people type them → grams, or undefined: "12.5" → "12500". */
export function gramsOf(text: string): Count | undefined {
  const match = /^(\d{1,12})(?:[.](\d{1,3}))?$/.exec(text.trim());
  if (!match) return undefined;
  const grams = BigInt(`${match[1]}${(match[2] ?? '').padEnd(3, '0')}`);
  return grams > 0n ? grams.toString() : undefined;
}

/** An instant as China reads it: "2026-07-01 09:30". */
export function instant(iso: string): string {
  return new Date(Date.parse(iso) + CHINA_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** The day of an instant in China; a day stays as it is. */
export const day = (iso: string): string => (iso.length === 10 ? iso : instant(iso).slice(0, 10));

const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
