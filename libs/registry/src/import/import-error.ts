import { maskAccount, maskIdNumber, maskPhone } from '@app/kernel';
import type { SheetFaultCode } from '@app/platform';

/** What a cell or file can have wrong. Stable: pages and people's notes refer to these. */
export type ImportErrorCode =
  // a workbook, its rows or one of its cells
  | SheetFaultCode
  // the file as a whole
  | 'FILE_EMPTY'
  | 'FILE_NOT_UTF8'
  | 'CSV_MALFORMED'
  | 'COLUMN_MISSING'
  | 'COLUMN_UNKNOWN'
  | 'COLUMN_REPEATED'
  // a row or cell by itself
  | 'ROW_LENGTH'
  | 'CELL_EMPTY'
  | 'CELL_CONTROL'
  | 'VALUE_UNKNOWN'
  | 'DATE_MALFORMED'
  | 'DAYS_REVERSED'
  | 'AREA_MALFORMED'
  | 'AREA_NOT_POSITIVE'
  | 'AREA_TOO_FINE'
  | 'AREA_TOO_LARGE'
  | 'SHARE_MALFORMED'
  | 'SHARE_NOT_POSITIVE'
  | 'SHARE_TOO_FINE'
  | 'SHARE_OVER_WHOLE'
  | 'REGION_MALFORMED'
  | 'ID_NUMBER_MALFORMED'
  | 'ID_NUMBER_CHECKSUM'
  | 'CREDIT_CODE_CHECKSUM'
  | 'PHONE_MALFORMED'
  | 'ACCOUNT_MALFORMED'
  | 'ACCOUNT_INCOMPLETE'
  | 'SCOPE_INCOMPLETE'
  | 'CODE_MALFORMED'
  | 'NUMBER_WRONG'
  | 'FACTS_DISAGREE'
  | 'PERSONAL_NUMBER_AS_CODE'
  | 'PERSONAL_NUMBER_IN_TEXT'
  | 'SIGNED_IN_FUTURE'
  // against the other rows, the book and the reference data
  | 'REPEATED_IN_FILE'
  | 'ALREADY_IN_BOOK'
  | 'REGION_UNKNOWN'
  | 'REGION_NOT_VILLAGE'
  | 'REGION_OUTSIDE_BOOK'
  | 'REGION_OUTSIDE_SCOPE'
  | 'PARTY_UNKNOWN'
  | 'PARTY_CLOSED'
  | 'PARCEL_UNKNOWN'
  | 'PARCEL_CLOSED'
  | 'SHARES_OVER_WHOLE'
  | 'RIGHT_REPEATED'
  | 'CONSENT_OVERLAPS'
  // orders, whose cells are judged as those of a file
  | 'VALUE_CHANGES_LATER'
  | 'KIND_WRONG'
  | 'AREAS_DIFFER'
  // a roster that a village sends back, against the roster made of the registered rights
  | 'RIGHT_MISSING'
  | 'LINE_UNKNOWN'
  | 'LINE_MISSING'
  | 'AREA_ABOVE_REGISTERED'
  | 'AREA_DIFFERS'
  | 'SHARE_DIFFERS'
  | 'AMOUNT_DIFFERS'
  | 'AMOUNT_MALFORMED'
  | 'NAME_DIFFERS';

/** What would be right, in both languages of the product. */
export interface Expected {
  readonly zh: string;
  readonly en: string;
}

export interface CellProblem {
  readonly code: ImportErrorCode;
  readonly expected: Expected;
}

/** One thing to mend before the file loads. */
export interface ImportError extends CellProblem {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  /** Null when the row or file as a whole is meant. */
  readonly column: string | null;
  /** As it stands in the file, at most 64 characters, masked when it is or looks personal. */
  readonly value: string | null;
}

export const ERRORS_SHOWN_MAX = 200;
const ERRORS_KEPT_MAX = 20_000;
const VALUE_SHOWN_MAX = 64;

/** Gathers what is wrong with a file, in any order. */
export class ImportErrors {
  readonly #kept: ImportError[] = [];
  readonly #codes = new Map<ImportErrorCode, number>();
  #total = 0;

  add(at: { row: number; column: string | null; value: string | null }, problem: CellProblem): void {
    this.#total += 1;
    this.#codes.set(problem.code, (this.#codes.get(problem.code) ?? 0) + 1);
    if (this.#kept.length >= ERRORS_KEPT_MAX) return;
    // A code that is somebody's number is not shown as a code.
    const column = problem.code.startsWith('PERSONAL_') ? null : at.column;
    const value = at.value === null ? null : shown(column, at.value);
    this.#kept.push({
      row: at.row,
      column: at.column,
      value,
      code: problem.code,
      expected: problem.expected,
    });
  }

  /** Errors that somebody else counted and did not keep. */
  countMore(errors: number): void {
    this.#total += errors;
  }

  /** How many of each kind, the most frequent first. */
  get codes(): readonly { readonly code: ImportErrorCode; readonly rows: number }[] {
    return [...this.#codes].map(([code, rows]) => ({ code, rows })).sort((a, b) => b.rows - a.rows);
  }

  get total(): number {
    return this.#total;
  }

  /** The first ones by row; a person mends from the top. */
  get first(): readonly ImportError[] {
    return [...this.#kept].sort((a, b) => a.row - b.row).slice(0, ERRORS_SHOWN_MAX);
  }
}

const MASKS: Readonly<Record<string, (text: string) => string>> = {
  id_number: maskIdNumber,
  phone: maskPhone,
  bank_account: maskAccount,
};
/** Codes of land and documents may look like a bank account and are not personal. */
const NEVER_PERSONAL = new Set([
  ...['parcel_code', 'land_unit_code', 'certificate_no', 'document_no'],
  ...['land_parcel_code', 'real_estate_unit_no', 'real_estate_certificate_no'],
]);

/** A shifted row puts an ID number under any heading: what looks personal is masked wherever it stands. */
function shown(column: string | null, value: string): string {
  const mask = column === null ? undefined : MASKS[column];
  if (mask) return mask(value.slice(0, VALUE_SHOWN_MAX));
  if (column !== null && NEVER_PERSONAL.has(column)) return value.slice(0, VALUE_SHOWN_MAX);
  return value
    .replace(/(?<!\d)\d{17}[\dXx](?!\d)/g, maskIdNumber)
    .replace(/(?<!\d)\d{16,30}(?!\d)/g, maskAccount)
    .replace(/(?<!\d)1[3-9]\d{9}(?!\d)/g, maskPhone)
    .slice(0, VALUE_SHOWN_MAX);
}
