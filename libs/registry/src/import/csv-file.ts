import { createHash } from 'node:crypto';

import { CsvError, parse } from 'csv-parse/sync';

import { exceeds, withoutEmptyEnd } from './csv-size.rules';
import { ImportErrors, type CellProblem } from './import-error';

export const ROWS_MAX = 100_000;
/** Blank rows between the others and commas inside quotes may double what is counted. */
const SLACK = 2;

/** A data row: its number as a spreadsheet counts (the header is 1) and its cells, white space trimmed. */
export interface CsvRow {
  readonly row: number;
  readonly cells: readonly string[];
}

export interface CsvFile {
  /** Of the bytes as they came, as 64 hex digits. */
  readonly sha256: string;
  readonly rows: readonly CsvRow[];
  /** What is already wrong; when the header is, there are no rows. */
  readonly errors: ImportErrors;
}

/**
 * Reads a whole CSV file with exactly these columns and perhaps some of the optional ones after them; cells of those
 * it leaves out are empty. UTF-8 with or without BOM, LF or CRLF, quotes as RFC 4180.
 */
export function readCsv(bytes: Buffer, needed: readonly string[], optional: readonly string[] = []): CsvFile {
  const all = [...needed, ...optional];
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const errors = new ImportErrors();
  const records = parseRecords(bytes, all, errors);
  const header = records?.[0];
  if (!records || !header) return { sha256, rows: [], errors };
  const columns = all.filter((column, index) => index < needed.length || header.includes(column));
  if (!checkHeader(header, columns, errors)) return { sha256, rows: [], errors };
  const places = all.map((column) => columns.indexOf(column));

  const rows: CsvRow[] = [];
  for (const [index, record] of records.entries()) {
    // Spreadsheets leave rows of nothing at the end; they count as rows but say nothing.
    if (index === 0 || record.every((cell) => cell === '')) continue;
    const row = index + 1;
    if (record.length === columns.length) {
      rows.push({ row, cells: optional.length === 0 ? record : places.map((place) => record[place] ?? '') });
    } else errors.add({ row, column: null, value: null }, wrongLength(columns.length, record.length));
  }
  if (rows.length === 0 && errors.total === 0) addToFile(errors, 1, FILE_EMPTY);
  if (rows.length > ROWS_MAX) {
    addToFile(errors, ROWS_MAX + 2, FILE_TOO_LONG);
    return { sha256, rows: [], errors };
  }
  return { sha256, rows, errors };
}

function parseRecords(
  bytes: Buffer,
  columns: readonly string[],
  errors: ImportErrors,
): string[][] | undefined {
  const filled = withoutEmptyEnd(bytes);
  if (exceeds(filled, SLACK * ROWS_MAX, SLACK * ROWS_MAX * columns.length)) {
    addToFile(errors, ROWS_MAX + 2, FILE_TOO_LONG);
    return undefined;
  }
  const text = decode(filled);
  if (text === undefined) {
    addToFile(errors, firstBadLine(bytes), notUtf8(bytes));
    return undefined;
  }
  if (text.trim() === '') {
    addToFile(errors, 1, headerExpected('FILE_EMPTY', columns));
    return undefined;
  }
  try {
    const records = parse(text, {
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      trim: true,
      skip_empty_lines: false,
    });
    // The parser trims around quotes; spaces inside them, wide ones too, are nobody's name either.
    return records.map((record) => record.map((cell) => cell.trim()));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // It counts the rows before the one it cannot end.
    addToFile(errors, typeof error.records === 'number' ? error.records + 1 : 1, MALFORMED);
    return undefined;
  }
}

/** Undefined when the bytes are not UTF-8. The BOM is taken off. */
function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The first line that does not decode: UTF-8 never splits a character over a line feed. */
function firstBadLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed === -1 ? bytes.length : feed;
    if (decode(bytes.subarray(start, end)) === undefined) return line;
    start = end + 1;
  }
  return 1;
}

/** Says which encoding it looks like, so that the sender knows what to change. */
function notUtf8(bytes: Buffer): CellProblem {
  const looksLike = guessEncoding(bytes);
  return {
    code: 'FILE_NOT_UTF8',
    expected: {
      zh: `UTF-8 编码${looksLike ? `（文件看起来是 ${looksLike}）` : ''}；在 Excel 中另存为“CSV UTF-8(逗号分隔)”`,
      en: `UTF-8${looksLike ? ` (this looks like ${looksLike})` : ''}; in Excel save as "CSV UTF-8 (comma delimited)"`,
    },
  };
}

function guessEncoding(bytes: Buffer): string | undefined {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') return 'UTF-16';
  try {
    const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    return /\p{Script=Han}/u.test(text) ? 'GB18030 (GBK)' : undefined;
  } catch {
    return undefined;
  }
}

function checkHeader(header: readonly string[], columns: readonly string[], errors: ImportErrors): boolean {
  const before = errors.total;
  for (const column of columns) {
    if (!header.includes(column)) {
      errors.add({ row: 1, column, value: null }, headerExpected('COLUMN_MISSING', columns));
    }
  }
  for (const [index, name] of header.entries()) {
    const at = { row: 1, column: name, value: name };
    if (!columns.includes(name)) errors.add(at, headerExpected('COLUMN_UNKNOWN', columns));
    else if (header.indexOf(name) !== index) errors.add(at, headerExpected('COLUMN_REPEATED', columns));
  }
  if (errors.total > before) return false;
  const isOrdered = columns.every((column, index) => header[index] === column);
  if (!isOrdered) addToFile(errors, 1, headerExpected('COLUMN_ORDER', columns));
  return isOrdered;
}

const addToFile = (errors: ImportErrors, row: number, problem: CellProblem): void =>
  errors.add({ row, column: null, value: null }, problem);

const headerExpected = (code: CellProblem['code'], columns: readonly string[]): CellProblem => ({
  code,
  expected: { zh: `第一行应为：${columns.join(',')}`, en: `the first row is: ${columns.join(',')}` },
});

const wrongLength = (expected: number, found: number): CellProblem => ({
  code: 'ROW_LENGTH',
  expected: {
    zh: `每行 ${expected} 列，此行有 ${found} 列；内容含逗号时应加双引号`,
    en: `${expected} columns, this row has ${found}; put a text with a comma in double quotes`,
  },
});

const FILE_EMPTY: CellProblem = {
  code: 'FILE_EMPTY',
  expected: { zh: '表头之下至少一行数据', en: 'at least one row below the header' },
};
const FILE_TOO_LONG: CellProblem = {
  code: 'FILE_TOO_LONG',
  expected: { zh: `不超过 ${ROWS_MAX} 行，请拆分文件`, en: `at most ${ROWS_MAX} rows; split the file` },
};
const MALFORMED: CellProblem = {
  code: 'CSV_MALFORMED',
  expected: {
    zh: '双引号应成对；内容中的双引号写作两个双引号',
    en: 'quotes come in pairs; a quote inside a text is written twice',
  },
};
