import { addDays, type Day } from '@app/kernel';
import type { NumberForm } from './number-format.rules';
import type { SheetFaultCode } from './sheet-faults';

/** Spreadsheets keep 15 digits of a number and replace the others by zeros. */
const DIGITS_KEPT = 15;
const ROUNDED_FROM = 10 ** DIGITS_KEPT;
const CHARACTERS_MAX = 32_767;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

export type CellText = { readonly text: string } | { readonly fault: SheetFaultCode };

const faulty = (fault: SheetFaultCode): CellText => ({ fault });

/** What a number cell says, as a person reads it: a plain decimal, a day, a percentage. */
export function numberText(raw: string, form: NumberForm, isFrom1904: boolean): CellText {
  if (!NUMBER.test(raw)) return faulty('FILE_DAMAGED');
  const value = Number(raw);
  if (form === 'day') return dayText(value, isFrom1904);
  if (Math.abs(value) >= ROUNDED_FROM) return faulty('CELL_NUMBER_ROUNDED');
  return { text: form === 'percent' ? `${decimal(value * 100)}%` : decimal(value) };
}

/** 0.1 + 0.2 is shown as 0.3, and is 0.3 here. */
function decimal(value: number): string {
  const kept = Number(value.toPrecision(DIGITS_KEPT));
  const text = String(kept);
  return text.includes('e') ? kept.toFixed(20).replace(/\.?0+$/, '') : text;
}

const [FIRST_SURE, LAST] = [61, 2_958_465];
const FROM_1904 = 1_462;

/** Programs differ about days before March 1900: Excel has a 29 February that never was. */
function dayText(value: number, isFrom1904: boolean): CellText {
  const serial = isFrom1904 ? value + FROM_1904 : value;
  if (!Number.isInteger(serial) || serial < FIRST_SURE || serial > LAST) return faulty('CELL_DATE_WRONG');
  return { text: addDays('1899-12-30', serial) };
}

/** The number of a day, for a cell that is to be a day; undefined for days that programs differ about. */
export function serialOf(day: Day): number | undefined {
  const serial = (Date.parse(`${day}T00:00:00Z`) - Date.parse('1899-12-30T00:00:00Z')) / 86_400_000;
  return serial >= FIRST_SURE && serial <= LAST ? serial : undefined;
}

/** A cell that is a day by its type, as ISO 8601 has it. */
export function isoText(raw: string): CellText {
  const [, day] = /^(\d{4}-\d{2}-\d{2})(T00:00(:00(\.0+)?)?Z?)?$/.exec(raw) ?? [];
  return day === undefined ? faulty('CELL_DATE_WRONG') : { text: day };
}

/** Text as it stands: signs that XML cannot hold are written as _x000D_ in workbooks. */
export function plainText(raw: string): CellText {
  if (raw.length > CHARACTERS_MAX) return faulty('CELL_TOO_LONG');
  return { text: raw.includes('_x') ? raw.replace(ESCAPED, unescaped) : raw };
}

const ESCAPED = /_x([0-9A-Fa-f]{4})_/g;
const unescaped = (_match: string, hex: string): string => String.fromCharCode(parseInt(hex, 16));

/** 0 for A, 26 for AA; -1 when it is no column. */
export function columnOf(reference: string): number {
  let column = 0;
  let at = 0;
  for (; at < reference.length && at < 3; at += 1) {
    const letter = reference.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}

/** A for 0, AA for 26. */
export function lettersOf(column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  }
  return letters;
}
