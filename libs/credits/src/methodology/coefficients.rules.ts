import { AGE_GROUPS, FOREST_CLASSES, ORIGINS } from '@app/registry';

/** What a mu of a class, age group and origin takes up in a year. */
export interface CoefficientRow {
  readonly forestClass: string;
  readonly ageGroup: string;
  /** Of both origins when left out. */
  readonly origin?: string;
  /** Whole grams of CO2e a mu and year, as a decimal string. */
  readonly gramsPerMuYear: string;
  /** The document of what was measured, for more than a tonne. */
  readonly evidenceNo?: string;
  /** Half of the 90 % interval, in millionths of the mean, where plots were measured. */
  readonly halfWidthPpm?: string;
}

export interface CoefficientFault {
  /** Counted from 1. */
  readonly row: number;
  readonly field: keyof CoefficientRow;
  readonly value: string;
  readonly code: 'VALUE_UNKNOWN' | 'GRAMS_MALFORMED' | 'COEFFICIENT_IMPOSSIBLE' | 'COEFFICIENT_REPEATED';
  /** What would be right. */
  readonly expected: string;
}

/** A coefficient as it is stored: of one origin. */
export interface Coefficient {
  readonly forestClass: string;
  readonly ageGroup: string;
  readonly origin: string;
  readonly grams: bigint;
  readonly evidenceNo: string | null;
  readonly halfWidthPpm: bigint | null;
}

/** One tonne: five times what inventories of whole provinces find; more needs a document of what was measured. */
export const GRAMS_WITHOUT_EVIDENCE_MAX = 1_000_000n;
/** Ten tonnes: more than any forest takes up. */
export const GRAMS_MAX = 10_000_000n;

/** All that is wrong with the rows, in one pass. */
export function faultsOf(rows: readonly CoefficientRow[]): CoefficientFault[] {
  const seen = new Map<string, number>();
  return rows.flatMap((row, index) => [
    ...wordFaults(row, index + 1),
    ...gramFaults(row, index + 1),
    ...repeats(row, index + 1, seen),
  ]);
}

/** Rows without fault, one for each origin. */
export const coefficientsOf = (rows: readonly CoefficientRow[]): Coefficient[] =>
  rows.flatMap(({ forestClass, ageGroup, origin, gramsPerMuYear, evidenceNo, halfWidthPpm }) =>
    originsOf(origin).map((each) => ({
      ...{ forestClass, ageGroup, origin: each },
      grams: BigInt(gramsPerMuYear),
      evidenceNo: evidenceNo ?? null,
      halfWidthPpm: halfWidthPpm === undefined ? null : BigInt(halfWidthPpm),
    })),
  );

const originsOf = (origin: string | undefined): readonly string[] =>
  origin === undefined ? ORIGINS : [origin];

function wordFaults(row: CoefficientRow, number: number): CoefficientFault[] {
  const words = { forestClass: FOREST_CLASSES, ageGroup: AGE_GROUPS, origin: ORIGINS } as const;
  return (['forestClass', 'ageGroup', 'origin'] as const).flatMap((field) => {
    const value = row[field];
    const known: readonly string[] = words[field];
    if (value === undefined || known.includes(value)) return [];
    return [
      {
        row: number,
        field,
        value: value.slice(0, 40),
        code: 'VALUE_UNKNOWN' as const,
        expected: known.join(', '),
      },
    ];
  });
}

function gramFaults({ gramsPerMuYear: value, evidenceNo }: CoefficientRow, row: number): CoefficientFault[] {
  const fault = { row, field: 'gramsPerMuYear' as const, value: value.slice(0, 40) };
  if (!/^(0|[1-9]\d{0,15})$/.test(value)) {
    return [{ ...fault, code: 'GRAMS_MALFORMED', expected: 'whole grams of CO2e a mu and year' }];
  }
  const grams = BigInt(value);
  if (grams > GRAMS_MAX) {
    return [{ ...fault, code: 'COEFFICIENT_IMPOSSIBLE', expected: `at most ${GRAMS_MAX}` }];
  }
  if (grams > GRAMS_WITHOUT_EVIDENCE_MAX && evidenceNo === undefined) {
    const expected = `at most ${GRAMS_WITHOUT_EVIDENCE_MAX} without evidenceNo, the document of what was measured`;
    return [{ ...fault, code: 'COEFFICIENT_IMPOSSIBLE', expected }];
  }
  return [];
}

function repeats(row: CoefficientRow, number: number, seen: Map<string, number>): CoefficientFault[] {
  const before = originsOf(row.origin)
    .map((origin) => `${row.forestClass}/${row.ageGroup}/${origin}`)
    .flatMap((name) => {
      const first = seen.get(name);
      if (first === undefined) seen.set(name, number);
      return first ?? [];
    });
  if (before.length === 0) return [];
  const expected = `row ${before[0]!} says it already`;
  return [
    {
      row: number,
      field: 'forestClass',
      value: row.forestClass.slice(0, 40),
      code: 'COEFFICIENT_REPEATED',
      expected,
    },
  ];
}
