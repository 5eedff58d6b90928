import { cellFault, type Reader } from './cell.rules';

import type { CellProblem, ImportErrors } from './import-error';
import type { ImportTable } from './read-table';

export type Columns = Readonly<Record<string, Reader<unknown>>>;

type ValueOf<R> = R extends Reader<infer T> ? T : never;

/** What the cells of a row say; a column that could not be read is undefined, and its error is noted. */
export interface ReadRow<C extends Columns> {
  readonly row: number;
  readonly value: { readonly [K in keyof C]: ValueOf<C[K]> | undefined };
  /** The cells as they stand in the file. */
  readonly text: Readonly<Record<keyof C, string>>;
}

/** The same row once the file has no error: nothing is undefined. */
export type GoodRow<C extends Columns> = ReadRow<C> & {
  readonly value: { readonly [K in keyof C]: ValueOf<C[K]> };
};

/** Something stands there, and its fault was noted when the file was read. */
const UNREAD = '?';

/** Reads every cell of every row by its column, noting what is wrong with each. */
export function readRows<C extends Columns>(file: ImportTable, columns: C): ReadRow<C>[] {
  const readers = Object.entries(columns);
  return file.rows.map(({ row, cells }) => {
    const value: Record<string, unknown> = {};
    const texts: Record<string, string> = {};
    for (const [index, [column, read]] of readers.entries()) {
      const cell = cells[index] ?? null;
      texts[column] = cell ?? UNREAD;
      if (cell === null) continue;
      value[column] = readCell(cell, read, { row, column, value: cell }, file.errors);
    }
    return { row, value, text: texts } as ReadRow<C>;
  });
}

function readCell(
  cell: string,
  read: Reader<unknown>,
  at: { row: number; column: string; value: string },
  errors: ImportErrors,
): unknown {
  const fault = cellFault(cell);
  if (fault) {
    errors.add(at, fault);
    return undefined;
  }
  const result = read(cell);
  if (result.ok) return result.value;
  errors.add(at, result.reason);
  return undefined;
}

/** Whether every cell of the row could be read by itself. */
export const isGood = <C extends Columns>(row: ReadRow<C>): boolean =>
  Object.values(row.value).every((value) => value !== undefined);

/** Notes an error at a column of a row, with the text that stands there. */
export function addAt<C extends Columns>(
  errors: ImportErrors,
  row: ReadRow<C>,
  column: keyof C & string,
  problem: CellProblem,
): void {
  errors.add({ row: row.row, column, value: row.text[column] }, problem);
}

/** Notes every row whose key an earlier row already has. Rows without a key are left out. */
export function refuseRepeats<C extends Columns>(
  errors: ImportErrors,
  rows: readonly ReadRow<C>[],
  column: keyof C & string,
  keyOf: (row: ReadRow<C>) => string | null | undefined,
): void {
  const firstRows = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null || key === undefined) continue;
    const first = firstRows.get(key);
    if (first === undefined) firstRows.set(key, row.row);
    else {
      addAt(errors, row, column, {
        code: 'REPEATED_IN_FILE',
        expected: { zh: `每个只出现一次，第 ${first} 行已有`, en: `each once; row ${first} already has it` },
      });
    }
  }
}

/** The distinct values of a column that could be read. */
export const distinct = <T>(values: Iterable<T | null | undefined>): T[] => [
  ...new Set([...values].filter((value): value is T => value !== null && value !== undefined)),
];
