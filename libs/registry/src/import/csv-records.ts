import { CsvError, parse } from 'csv-parse/sync';

import { decodeCsv } from './csv-encoding.rules';
import { exceeds, withoutEmptyEnd } from './csv-size.rules';
import type { CellProblem, ImportErrors } from './import-error';

/** Blank rows between the others and commas inside quotes may double what is counted. */
const SLACK = 2;

/** A row of a file: its number as a spreadsheet counts, and its cells, white space trimmed. */
export interface RawRow {
  readonly row: number;
  /** Null where a fault was noted in place of a value. */
  readonly cells: readonly (string | null)[];
}

export interface RawTable {
  readonly encoding: 'UTF-8' | 'GB18030' | null;
  readonly rows: readonly RawRow[];
}

/** Undefined when it cannot be read as a whole, which is then noted. Quotes as RFC 4180, LF, CRLF or CR. */
export function readCsv(
  bytes: Buffer,
  { rowsMax, columnsMax }: { readonly rowsMax: number; readonly columnsMax: number },
  errors: ImportErrors,
): RawTable | undefined {
  const refuse = (row: number, problem: CellProblem): undefined => {
    errors.add({ row, column: null, value: null }, problem);
  };
  const filled = withoutEmptyEnd(bytes);
  if (exceeds(filled, SLACK * rowsMax, SLACK * rowsMax * columnsMax)) {
    return refuse(rowsMax + 2, fileTooLong(rowsMax));
  }
  const decoded = decodeCsv(filled);
  if ('badLine' in decoded) return refuse(decoded.badLine, notUtf8(decoded.looksLike));
  try {
    const records = parse(decoded.text, {
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      trim: true,
      skip_empty_lines: false,
    });
    // Spreadsheets leave rows of nothing; they count as rows but say nothing.
    const rows = records.flatMap((cells, index) =>
      cells.every((cell) => cell.trim() === '') ? [] : [{ row: index + 1, cells }],
    );
    return { encoding: decoded.encoding, rows };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // It counts the rows before the one it cannot end.
    return refuse(typeof error.records === 'number' ? error.records + 1 : 1, MALFORMED);
  }
}

/** Says which encoding it looks like, so that the sender knows what to change. */
const notUtf8 = (looksLike: string | undefined): CellProblem => ({
  code: 'FILE_NOT_UTF8',
  expected: {
    zh: `UTF-8 或 GB18030 编码${looksLike ? `（文件看起来是 ${looksLike}）` : ''}；在 Excel 中另存为“CSV UTF-8(逗号分隔)”，或直接发送 .xlsx`,
    en: `UTF-8 or GB18030${looksLike ? ` (this looks like ${looksLike})` : ''}; in Excel save as "CSV UTF-8 (comma delimited)", or send the .xlsx`,
  },
});

export const fileTooLong = (rowsMax: number): CellProblem => ({
  code: 'FILE_TOO_LONG',
  expected: { zh: `不超过 ${rowsMax} 行，请拆分文件`, en: `at most ${rowsMax} rows; split the file` },
});
const MALFORMED: CellProblem = {
  code: 'CSV_MALFORMED',
  expected: {
    zh: '双引号应成对；内容中的双引号写作两个双引号',
    en: 'quotes come in pairs; a quote inside a text is written twice',
  },
};
