import { createHash } from 'node:crypto';

import { looksLikeWorkbook, readSheet } from '@app/platform';
import { fileTooLong, readCsv, type RawTable } from './csv-records';
import { ImportErrors, type CellProblem } from './import-error';
import { readHeader, type TableColumns } from './table-header';

/** The sheet of a template that explains it; an import passes it over. */
export const NOTES_SHEET = '填写说明';
export const ROWS_MAX = 100_000;
/** Wider than any file of ours, so that a column too many can be named. */
const COLUMNS_MAX = 256;

/** A data row: its number as a spreadsheet counts, and its cells in the order of the kind's columns. */
export interface TableRow {
  readonly row: number;
  /** Null where a fault was noted in place of a value; empty where an optional column is not in the file. */
  readonly cells: readonly (string | null)[];
}

export interface ImportTable {
  /** Of the bytes as they came, as 64 hex digits. */
  readonly sha256: string;
  readonly format: 'csv' | 'xlsx';
  /** Of a CSV file. */
  readonly encoding: RawTable['encoding'];
  readonly rows: readonly TableRow[];
  /** What is already wrong; when the header is, there are no rows. */
  readonly errors: ImportErrors;
}

/** Reads a whole file, a workbook or CSV, into rows of these columns. What it is, its bytes say, not its name. */
export async function readTable(
  bytes: Buffer,
  columns: TableColumns,
  rowsMax = ROWS_MAX,
): Promise<ImportTable> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const errors = new ImportErrors();
  const isWorkbook = looksLikeWorkbook(bytes);
  const file = { sha256, format: isWorkbook ? ('xlsx' as const) : ('csv' as const), errors };
  const raw = isWorkbook
    ? await readWorkbook(bytes, columns, rowsMax, errors)
    : readCsv(bytes, { rowsMax, columnsMax: columns.all.length }, errors);
  const encoding = raw?.encoding ?? null;
  const [header, ...records] = raw?.rows ?? [];
  if (!raw || !header) {
    if (errors.total === 0) addToFile(errors, 1, columns.emptyFile);
    return { ...file, encoding, rows: [] };
  }
  const places = readHeader(header, columns, errors);
  if (!places) return { ...file, encoding, rows: [] };
  const rows = records.flatMap(({ row, cells }) => {
    const width = places.width;
    if (isWorkbook ? cells.length <= width : cells.length === width) {
      return [{ row, cells: places.of.map((place) => tidy(cells[place] === undefined ? '' : cells[place])) }];
    }
    const wrong = wrongLength(width, cells.length);
    errors.add({ row, column: null, value: null }, isWorkbook ? outside(cells.length) : wrong);
    return [];
  });
  if (rows.length === 0 && errors.total === 0) addToFile(errors, 1, FILE_EMPTY);
  if (rows.length > rowsMax) {
    addToFile(errors, rowsMax + 2, fileTooLong(rowsMax));
    return { ...file, encoding, rows: [] };
  }
  return { ...file, encoding, rows };
}

async function readWorkbook(
  bytes: Buffer,
  columns: TableColumns,
  rowsMax: number,
  errors: ImportErrors,
): Promise<RawTable | undefined> {
  const wish = { rowsMax: rowsMax + 1, columnsMax: COLUMNS_MAX, notes: [NOTES_SHEET] };
  const sheet = await readSheet(bytes, wish);
  if (!sheet.ok) {
    const { code, row, value, expected } = sheet.reason;
    errors.add(
      { row, column: null, value },
      code === 'FILE_TOO_LONG' ? fileTooLong(rowsMax) : { code, expected },
    );
    return undefined;
  }
  const { rows, faults, faultsTotal } = sheet.value;
  const headings = rows[0]?.cells ?? [];
  for (const { row, column, value, code, expected } of faults) {
    const heading = column === null ? null : headings[column];
    errors.add(
      { row, column: heading ? (columns.nameOf(heading) ?? heading) : null, value },
      { code, expected },
    );
  }
  errors.countMore(faultsTotal - faults.length);
  return { encoding: null, rows };
}

const ONLY_WIDE_OR_ASCII = /^[\x20-\x7e\u3000\uff01-\uff5e]+$/;
const WIDE = /[\uff01-\uff5e]/;

/** White space around, wide ones too, is nobody's name, and digits of full width are digits. */
function tidy(cell: string | null): string | null {
  if (cell === null) return null;
  const trimmed = cell.trim();
  const isWide = WIDE.test(trimmed) && ONLY_WIDE_OR_ASCII.test(trimmed);
  return isWide ? trimmed.normalize('NFKC').trim() : trimmed;
}

const addToFile = (errors: ImportErrors, row: number, problem: CellProblem): void =>
  errors.add({ row, column: null, value: null }, problem);

const wrongLength = (expected: number, found: number): CellProblem => ({
  code: 'ROW_LENGTH',
  expected: {
    zh: `每行 ${expected} 列，此行有 ${found} 列；内容含逗号时应加双引号`,
    en: `${expected} columns, this row has ${found}; put a text with a comma in double quotes`,
  },
});

const outside = (found: number): CellProblem => ({
  code: 'CELL_OUTSIDE',
  expected: {
    zh: `表头之外（第 ${found} 列）无内容；请删除，或补上表头`,
    en: `nothing right of the headings (column ${found}); delete it, or give it a heading`,
  },
});

const FILE_EMPTY: CellProblem = {
  code: 'FILE_EMPTY',
  expected: { zh: '表头之下至少一行数据', en: 'at least one row below the header' },
};
