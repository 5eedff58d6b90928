import { refuse, type Day } from '@app/kernel';
import {
  addAt,
  cells,
  isGood,
  readFileOfRows,
  type FileOfRows,
  type GoodRow,
  type ImportError,
  type ImportErrorCode,
  type ReadRow,
} from '@app/registry';

/** A list is read at once and its land is asked for row by row: more are sent in several files. */
export const ENTRIES_MAX = 10_000;

/** A day of crediting: neither of the world before nor of a slip of the pen. */
const period: typeof cells.day = (text) => {
  const read = cells.day(text);
  if (!read.ok || (read.value >= '1990-01-01' && read.value <= '2200-12-31')) return read;
  const expected = { zh: '1990 至 2200 年间的日期', en: 'a day between 1990 and 2200' };
  return refuse({ code: 'DATE_MALFORMED', expected });
};
const { area, code, optional, regionCode } = cells;

/** The columns of a list. One way to know the land is needed, or its place. */
const COLUMNS = {
  project_no: code(38),
  place: regionCode,
  unit_no: optional(code(40)),
  certificate_no: optional(code(64)),
  parcel_code: optional(code(64)),
  land_unit_code: optional(code(64)),
  area_mu: optional(area),
  from: period,
  to: period,
};
type Column = keyof typeof COLUMNS;
export const LIST_COLUMNS = Object.keys(COLUMNS) as Column[];

const TOLD: Readonly<Record<Column, ReturnType<FileOfRows['told']>>> = {
  project_no: { heading: '项目编号', note: '对方登记机构的项目编号' },
  place: { heading: '区划代码', note: '地块所在的县、镇或村，6、9 或 12 位行政区划代码' },
  unit_no: { heading: '不动产单元号', note: '能认出地块的编号写一种即可；都没有时按区划和面积比对' },
  certificate_no: { heading: '权证号', note: '林权证号或不动产权证号' },
  parcel_code: { heading: '小班编号', note: '本账簿的小班编号' },
  land_unit_code: { heading: '地块单元编号', note: '本账簿的地块单元编号' },
  area_mu: { heading: '面积（亩）', note: '大于 0，最多两位小数', form: 'hundredths' },
  from: { heading: '计入期起', note: '对方计入的第一天', form: 'day' },
  to: { heading: '计入期止', note: '对方计入的最后一天（含）', form: 'day' },
};

/** The file as people fill it in. */
export const LIST_FILE: FileOfRows & { readonly columns: typeof COLUMNS } = {
  ...{ name: '其他登记机构清单', columns: COLUMNS, rowsMax: ENTRIES_MAX },
  told: (column) => TOLD[column as Column],
};

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

export interface ListFile {
  /** Of the bytes as they came. */
  readonly sha256: string;
  readonly format: 'csv' | 'xlsx';
  readonly encoding: 'UTF-8' | 'GB18030' | null;
  /** None when the file has a fault. */
  readonly entries: readonly ListEntry[];
  readonly total: number;
  readonly codes: readonly { readonly code: ImportErrorCode; readonly rows: number }[];
  readonly errors: readonly ImportError[];
}

/** Reads a list, with all that is wrong in one pass. */
export async function readList(bytes: Buffer): Promise<ListFile> {
  const { table, errors, rows } = await readFileOfRows(bytes, LIST_FILE);
  const firsts = new Map<string, number>();
  for (const row of rows) {
    if (!isGood(row)) continue;
    const { from, to } = row.value;
    if (to! < from!) {
      const expected = { zh: '不早于开始日期', en: 'not before the first day' };
      addAt(errors, row, 'to', { code: 'DAYS_REVERSED', expected });
    }
    const first = firsts.get(keyOf(row));
    if (first === undefined) firsts.set(keyOf(row), row.row);
    else {
      const expected = { zh: `第 ${first} 行已有`, en: `row ${first} says it already` };
      errors.add({ row: row.row, column: null, value: null }, { code: 'REPEATED_IN_FILE', expected });
    }
  }
  const { sha256, format, encoding } = table;
  const { total, codes, first } = errors;
  const entries = total > 0 ? [] : rows.map((row) => entryOf(row as GoodRow<typeof COLUMNS>));
  return { sha256, format, encoding, entries, total, codes, errors: first };
}

const keyOf = ({ text }: ReadRow<typeof COLUMNS>): string =>
  LIST_COLUMNS.map((column) => text[column]).join('\u0000');

const entryOf = ({ row, value }: GoodRow<typeof COLUMNS>): ListEntry => ({
  row,
  projectNo: value.project_no,
  place: value.place,
  unitNo: value.unit_no,
  certificateNo: value.certificate_no,
  parcelCode: value.parcel_code,
  landUnitCode: value.land_unit_code,
  areaMu100: value.area_mu,
  from: value.from,
  to: value.to,
});
