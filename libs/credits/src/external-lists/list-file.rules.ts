import { CsvError, parse } from 'csv-parse/sync';

import { holdsIdOrPhone, isDay, MU, parseUnits, type Day } from '@app/kernel';
import { isRegionCode } from '@app/regions';

/** The columns of a list, in this order. One way to know the land is needed, or its place. */
export const LIST_COLUMNS = [
  'project_no',
  'place',
  'unit_no',
  'certificate_no',
  'parcel_code',
  'land_unit_code',
  'area_mu',
  'from',
  'to',
] as const;
type Column = (typeof LIST_COLUMNS)[number];

export interface ListEntry {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly projectNo: string;
  readonly place: string;
  readonly unitNo: string | null;
  readonly certificateNo: string | null;
  readonly parcelCode: string | null;
  readonly landUnitCode: string | null;
  readonly areaMu100: bigint | null;
  readonly from: Day;
  readonly to: Day;
}

export interface ListFault {
  readonly row: number;
  readonly column: Column | null;
  readonly value: string | null;
  readonly code:
    | 'FILE_EMPTY'
    | 'FILE_TOO_LONG'
    | 'CSV_MALFORMED'
    | 'HEADER_WRONG'
    | 'ROW_LENGTH'
    | 'CELL_EMPTY'
    | 'CELL_FORMULA'
    | 'CELL_TOO_LONG'
    | 'CELL_CONTROL'
    | 'PERSONAL_NUMBER_AS_CODE'
    | 'REGION_MALFORMED'
    | 'AREA_MALFORMED'
    | 'DATE_MALFORMED'
    | 'DAYS_REVERSED'
    | 'REPEATED_IN_FILE';
  readonly expected: { readonly zh: string; readonly en: string };
}

export const ENTRIES_MAX = 10_000;
const WIDTHS: Readonly<Record<Column, number>> = {
  ...{ project_no: 38, place: 12, unit_no: 40, certificate_no: 64, parcel_code: 64, land_unit_code: 64 },
  ...{ area_mu: 16, from: 10, to: 10 },
};
const REQUIRED: ReadonlySet<Column> = new Set(['project_no', 'place', 'from', 'to']);
const AREA_MAX_MU100 = 10_000_000_000n;

/** Reads a list, with all that is wrong in one pass; a list with a fault gives no entries. */
export function readList(text: string): { readonly entries: ListEntry[]; readonly faults: ListFault[] } {
  const records = recordsOf(text);
  if (!Array.isArray(records)) return { entries: [], faults: [records] };
  const faults: ListFault[] = [];
  const entries: ListEntry[] = [];
  const seen = new Map<string, number>();
  records.forEach((record, index) => {
    const row = index + 1;
    if (index === 0 || record.every((cell) => cell === '')) return;
    const own = [...rowFaults(row, record), ...repeats(row, record, seen)];
    if (own.length === 0) entries.push(entryOf(row, record));
    faults.push(...own);
  });
  if (entries.length === 0 && faults.length === 0) return { entries, faults: [FILE_EMPTY] };
  return { entries: faults.length > 0 ? [] : entries, faults };
}

const FILE_EMPTY: ListFault = {
  ...{ row: 2, column: null, value: null, code: 'FILE_EMPTY' },
  expected: { zh: '表头之下至少一行', en: 'at least one row below the header' },
};

function recordsOf(text: string): string[][] | ListFault {
  let records: string[][];
  try {
    records = parse(text, {
      bom: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      trim: true,
      skip_empty_lines: false,
      to: 2 * ENTRIES_MAX,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = typeof error.records === 'number' ? error.records + 1 : 1;
    const expected = { zh: '双引号应成对', en: 'quotes come in pairs' };
    return { row, column: null, value: null, code: 'CSV_MALFORMED', expected };
  }
  const header = records[0];
  if (!header || LIST_COLUMNS.some((column, index) => header[index] !== column)) {
    const columns = LIST_COLUMNS.join(',');
    const expected = { zh: `第一行应为：${columns}`, en: `the first row is: ${columns}` };
    return { row: 1, column: null, value: null, code: 'HEADER_WRONG', expected };
  }
  if (records.length > ENTRIES_MAX + 1) {
    const expected = { zh: `不超过 ${ENTRIES_MAX} 行`, en: `at most ${ENTRIES_MAX} rows` };
    return { row: ENTRIES_MAX + 2, column: null, value: null, code: 'FILE_TOO_LONG', expected };
  }
  return records;
}

const cellOf = (record: readonly string[], column: Column): string =>
  record[LIST_COLUMNS.indexOf(column)] ?? '';

function rowFaults(row: number, record: readonly string[]): ListFault[] {
  if (record.length !== LIST_COLUMNS.length) {
    const expected = { zh: `每行 ${LIST_COLUMNS.length} 列`, en: `${LIST_COLUMNS.length} columns` };
    return [{ row, column: null, value: null, code: 'ROW_LENGTH', expected }];
  }
  const faults = LIST_COLUMNS.flatMap((column) => {
    const value = cellOf(record, column);
    const found = cellFault(column, value);
    if (!found) return [];
    const [code, zh, en] = found;
    const shown = code === 'PERSONAL_NUMBER_AS_CODE' ? null : value.slice(0, 40);
    return [{ row, column, value: shown, code, expected: { zh, en } }];
  });
  const [from, to] = [cellOf(record, 'from'), cellOf(record, 'to')];
  if (faults.length === 0 && to < from) {
    const expected = { zh: '不早于开始日期', en: 'not before the first day' };
    faults.push({ row, column: 'to', value: to, code: 'DAYS_REVERSED', expected });
  }
  return faults;
}

function cellFault(column: Column, value: string): [ListFault['code'], string, string] | undefined {
  if (value === '') return REQUIRED.has(column) ? ['CELL_EMPTY', '必填', 'a value'] : undefined;
  if (/^[=+\-@]/.test(value)) {
    return ['CELL_FORMULA', '不以 = + - @ 开头', 'a text that does not begin with = + - or @'];
  }
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value)) {
    return ['CELL_CONTROL', '一行文本，无不可见字符', 'one line of text without invisible characters'];
  }
  if (value.length > WIDTHS[column]) {
    return ['CELL_TOO_LONG', `不超过 ${WIDTHS[column]} 个字符`, `at most ${WIDTHS[column]} characters`];
  }
  return valueFault(column, value);
}

function valueFault(column: Column, value: string): [ListFault['code'], string, string] | undefined {
  switch (column) {
    case 'place':
      return isRegionCode(value) && value.length >= 6
        ? undefined
        : ['REGION_MALFORMED', '6、9 或 12 位行政区划代码', 'a region code of 6, 9 or 12 digits'];
    case 'area_mu': {
      const area = parseUnits(MU, value);
      return area.ok && area.value > 0n && area.value <= AREA_MAX_MU100
        ? undefined
        : ['AREA_MALFORMED', '大于 0 的亩数，最多两位小数', 'mu above 0 with at most two decimals'];
    }
    case 'from':
    case 'to':
      return isDay(value) && value >= '1990-01-01' && value <= '2200-12-31'
        ? undefined
        : ['DATE_MALFORMED', '日期，如 2026-01-31', 'a day such as 2026-01-31'];
    default:
      return holdsIdOrPhone(value)
        ? ['PERSONAL_NUMBER_AS_CODE', '编号，不是证件号、手机号', 'a code, not an ID number or a phone']
        : undefined;
  }
}

function repeats(row: number, record: readonly string[], seen: Map<string, number>): ListFault[] {
  const key = record.join('\u0000');
  const first = seen.get(key);
  if (first === undefined) {
    seen.set(key, row);
    return [];
  }
  const expected = { zh: `第 ${first} 行已有`, en: `row ${first} says it already` };
  return [{ row, column: null, value: null, code: 'REPEATED_IN_FILE', expected }];
}

function entryOf(row: number, record: readonly string[]): ListEntry {
  const at = (column: Column) => cellOf(record, column);
  const orNull = (column: Column) => at(column) || null;
  const area = parseUnits(MU, at('area_mu'));
  return {
    row,
    projectNo: at('project_no'),
    place: at('place'),
    unitNo: orNull('unit_no'),
    certificateNo: orNull('certificate_no'),
    parcelCode: orNull('parcel_code'),
    landUnitCode: orNull('land_unit_code'),
    areaMu100: area.ok ? area.value : null,
    from: at('from'),
    to: at('to'),
  };
}
