import { ok, refuse, type Result } from './result';

/** A unit people write in (yuan, 亩, kg) over the integer the ledger counts (fen, 0.01 mu, grams). */
export interface Unit {
  readonly name: string;
  /** Decimal places between the written unit and the counted integer. */
  readonly scale: number;
}

export const YUAN: Unit = { name: 'yuan', scale: 2 };
export const MU: Unit = { name: 'mu', scale: 2 };
export const KILOGRAM: Unit = { name: 'kg', scale: 3 };
export const TONNE: Unit = { name: 't', scale: 6 };

/** The largest counted integer PostgreSQL's bigint holds. */
export const BIGINT_MAX = 9_223_372_036_854_775_807n;

export type UnitsRefusal =
  | { readonly code: 'AMOUNT_MALFORMED'; readonly text: string; readonly unit: string }
  | {
      readonly code: 'AMOUNT_TOO_FINE';
      readonly text: string;
      readonly unit: string;
      readonly scale: number;
    };

const DECIMAL = /^(0|[1-9]\d{0,15})(?:\.(\d{1,18}))?$/;
const INTEGER = /^(0|[1-9]\d{0,18})$/;

/** Reads "12.30" as counted integers. Refuses rather than rounds: rounding is a rule, not a parse. */
export function parseUnits(unit: Unit, text: string): Result<bigint, UnitsRefusal> {
  const match = DECIMAL.exec(text);
  if (!match) return refuse({ code: 'AMOUNT_MALFORMED', text: text.slice(0, 64), unit: unit.name });
  const [, whole = '0', fraction = ''] = match;
  if (fraction.length > unit.scale) {
    return refuse({ code: 'AMOUNT_TOO_FINE', text, unit: unit.name, scale: unit.scale });
  }
  return ok(BigInt(whole + fraction.padEnd(unit.scale, '0')));
}

/** Reads a counted integer as the wire carries it ("19373"): no sign, no leading zero, within bigint. */
export function parseCount(text: string): bigint | undefined {
  if (!INTEGER.test(text)) return undefined;
  const value = BigInt(text);
  return value <= BIGINT_MAX ? value : undefined;
}

/** Writes counted integers in the unit people read, without grouping: 19373n fen → "193.73". */
export function formatUnits(unit: Unit, count: bigint): string {
  const sign = count < 0n ? '-' : '';
  const digits = (count < 0n ? -count : count).toString().padStart(unit.scale + 1, '0');
  const point = digits.length - unit.scale;
  return unit.scale === 0 ? sign + digits : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
