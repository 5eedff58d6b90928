import { canonicalHash, divideHalfUp, type Canonical, type Day } from '@app/kernel';

export const REPORT_KINDS = ['one-book', 'balance-sheet', 'gep', 'lulucf', 'reserve', 'audit'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** In the two languages of the product. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Decimal places between the unit people read and the integer that is counted. */
export const UNIT_SCALES = {
  text: 0,
  day: 0,
  year: 0,
  count: 0,
  mu: 2,
  ha: 4,
  m3: 3,
  kg: 3,
  t: 6,
  yuan: 2,
} as const;
export type ReportUnit = keyof typeof UNIT_SCALES;

/** Counted integers are bigint; a dash stands where nothing is stated. */
export type Cell = bigint | string | Words | null;

export interface ReportColumn {
  readonly head: Words;
  readonly unit: ReportUnit;
  readonly scale: number;
}

export interface ReportTable {
  readonly name: string;
  readonly title: Words;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly Cell[])[];
  readonly total: readonly Cell[] | null;
}

export interface ReportBody {
  readonly kind: ReportKind;
  readonly title: Words;
  readonly book: string;
  readonly region: string;
  readonly regionName: string;
  /** An earlier day, of a report on what lies between. */
  readonly from: Day | null;
  readonly day: Day;
  readonly tables: readonly ReportTable[];
  readonly notes: readonly Words[];
}

export interface Report extends ReportBody {
  /** By the book's clock. */
  readonly generatedAt: Date;
  /** Of all above: the same book, place and days give the same, whenever and however it is made. */
  readonly sha256: string;
}

export const sealed = (body: ReportBody, generatedAt: Date): Report => ({
  ...body,
  generatedAt,
  // Every part of a body is text, a list or a record of them; its few numbers are scales.
  sha256: canonicalHash(JSON.parse(JSON.stringify(body, asText)) as Canonical),
});

const asText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' || typeof value === 'number' ? String(value) : value;

export const column = (zh: string, en: string, unit: ReportUnit): ReportColumn => ({
  head: { zh, en },
  unit,
  scale: UNIT_SCALES[unit],
});

export interface TableText {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
}

const TOTAL: Words = { zh: '合计', en: 'Total' };
const SUMMED: ReadonlySet<ReportUnit> = new Set<ReportUnit>(['count', 'mu', 'ha', 'm3', 'kg', 't', 'yuan']);

/** With a last line of sums: of every column of amounts that has no gap. */
export function tableOf(
  { name, zh, en }: TableText,
  columns: readonly ReportColumn[],
  rows: readonly (readonly Cell[])[],
  isSummed = true,
): ReportTable {
  const total = columns.map(({ unit }, index): Cell => {
    if (index === 0) return TOTAL;
    const cells = rows.map((row) => row[index]);
    if (!SUMMED.has(unit) || !cells.every((cell) => typeof cell === 'bigint')) return null;
    return cells.reduce((sum, cell) => sum + cell, 0n);
  });
  return {
    ...{ name, columns, rows },
    title: { zh, en },
    total: isSummed && rows.length > 1 ? total : null,
  };
}

/** A mu is a fifteenth of a hectare: ten-thousandths of one, half up, away from zero. */
export const hectares = (mu100: bigint): bigint =>
  mu100 < 0n ? -divideHalfUp(-mu100 * 20n, 3n) : divideHalfUp(mu100 * 20n, 3n);
