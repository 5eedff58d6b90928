import { parseUnits, type Unit } from '@app/kernel';
import { AGE_GROUPS, FOREST_CLASSES, ORIGINS } from '@app/registry';
import { GRAMS_MAX, GRAMS_WITHOUT_EVIDENCE_MAX, type Coefficient } from './coefficients.rules';
import { gramsPerMu, type SpeciesFactors } from './stock-change.rules';

/** A species as a county writes it; figures with at most three decimals. */
export interface SpeciesRow {
  readonly species: string;
  readonly name: string;
  readonly densityTonnesPerM3: string;
  readonly expansion: string;
  readonly rootShare: string;
  readonly carbonShare: string;
  readonly source: string;
}

/** How fast a class, age group and origin grows, and by which species it is reckoned. */
export interface GrowthRow {
  readonly forestClass: string;
  readonly ageGroup: string;
  /** Of both origins when left out. */
  readonly origin?: string;
  readonly species: string;
  readonly growthM3PerHaYear: string;
  /** Half of the 90 % interval, in millionths of the mean, where plots were measured. */
  readonly halfWidthPpm?: string;
  readonly source: string;
  /** The document of what was measured, for more than a tonne a mu. */
  readonly evidenceNo?: string;
}

export interface StockFault {
  readonly part: 'species' | 'growth';
  /** Counted from 1. */
  readonly row: number;
  readonly field: keyof SpeciesRow | keyof GrowthRow;
  readonly value: string;
  readonly code: 'VALUE_UNKNOWN' | 'FIGURE_WRONG' | 'ROW_REPEATED' | 'COEFFICIENT_IMPOSSIBLE';
  readonly expected: string;
}

export interface Species extends SpeciesFactors {
  readonly species: string;
  readonly name: string;
  readonly source: string;
}

/** A growth as it is stored, of one origin, with the coefficient that its factors give. */
export interface Growth extends Coefficient {
  readonly species: string;
  readonly growthMilli: bigint;
  readonly source: string;
}

const MILLI: Unit = { name: 'thousandths', scale: 3 };
/** Field, least and most in thousandths: wide enough for any tree, too narrow for a slipped decimal point. */
const BOUNDS = [
  ['densityTonnesPerM3', 100n, 1_500n],
  ['expansion', 1_000n, 5_000n],
  ['rootShare', 0n, 2_000n],
  ['carbonShare', 300n, 700n],
] as const;
const GROWTH_MILLI_MAX = 200_000n;
const PPM_MAX = 1_000_000n;

/** All that is wrong with a set, in one pass. */
export function stockFaults(species: readonly SpeciesRow[], growth: readonly GrowthRow[]): StockFault[] {
  const seen = new Map<string, number>();
  const known = new Map(species.map((row) => [row.species, factorsOf(row)]));
  return [
    ...species.flatMap((row, index) => speciesFaults(row, index + 1, seen)),
    ...growth.flatMap((row, index) => growthFaults(row, index + 1, known, seen)),
  ];
}

export const speciesOf = (rows: readonly SpeciesRow[]): Species[] =>
  rows.map((row) => ({ species: row.species, name: row.name, source: row.source, ...factorsOf(row)! }));

/** Rows without fault, one for each origin. */
export function growthOf(rows: readonly GrowthRow[], species: readonly Species[]): Growth[] {
  const factors = new Map(species.map((one) => [one.species, one]));
  return rows.flatMap((row) => {
    const growthMilli = milliOf(row.growthM3PerHaYear)!;
    return originsOf(row.origin).map((origin) => ({
      ...{ forestClass: row.forestClass, ageGroup: row.ageGroup, origin, species: row.species, growthMilli },
      grams: gramsPerMu(growthMilli, factors.get(row.species)!),
      evidenceNo: row.evidenceNo ?? null,
      halfWidthPpm: row.halfWidthPpm === undefined ? null : BigInt(row.halfWidthPpm),
      source: row.source,
    }));
  });
}

const originsOf = (origin: string | undefined): readonly string[] =>
  origin === undefined ? ORIGINS : [origin];

function milliOf(text: string): bigint | undefined {
  const parsed = parseUnits(MILLI, text);
  return parsed.ok ? parsed.value : undefined;
}

function factorsOf(row: SpeciesRow): SpeciesFactors | undefined {
  const figures = BOUNDS.map(([field, least, most]) => {
    const figure = milliOf(row[field]);
    return figure !== undefined && figure >= least && figure <= most ? figure : undefined;
  });
  const [densityMilli, expansionMilli, rootMilli, carbonMilli] = figures;
  return densityMilli === undefined ||
    expansionMilli === undefined ||
    rootMilli === undefined ||
    carbonMilli === undefined
    ? undefined
    : { densityMilli, expansionMilli, rootMilli, carbonMilli };
}

const written = (milli: bigint): string =>
  `${milli / 1_000n}.${(milli % 1_000n).toString().padStart(3, '0')}`;

function speciesFaults(row: SpeciesRow, number: number, seen: Map<string, number>): StockFault[] {
  const at = { part: 'species' as const, row: number };
  const faults: StockFault[] = BOUNDS.flatMap(([field, least, most]) => {
    const figure = milliOf(row[field]);
    if (figure !== undefined && figure >= least && figure <= most) return [];
    const expected = `${written(least)} to ${written(most)} with at most three decimals`;
    return [{ ...at, field, value: row[field].slice(0, 40), code: 'FIGURE_WRONG' as const, expected }];
  });
  if (!/^[a-z]+(-[a-z]+)*$/.test(row.species) || row.species.length > 40) {
    const expected = 'small letters and dashes, as masson-pine';
    faults.push({
      ...at,
      field: 'species',
      value: row.species.slice(0, 40),
      code: 'VALUE_UNKNOWN',
      expected,
    });
  }
  return [...faults, ...repeat({ ...at, field: 'species', value: row.species }, [row.species], seen)];
}

function growthFaults(
  row: GrowthRow,
  number: number,
  known: ReadonlyMap<string, SpeciesFactors | undefined>,
  seen: Map<string, number>,
): StockFault[] {
  const at = { part: 'growth' as const, row: number };
  const words = {
    forestClass: FOREST_CLASSES,
    ageGroup: AGE_GROUPS,
    origin: ORIGINS,
    species: [...known.keys()],
  };
  const faults: StockFault[] = (['forestClass', 'ageGroup', 'origin', 'species'] as const).flatMap(
    (field) => {
      const value = row[field];
      const allowed: readonly string[] = words[field];
      if (value === undefined || allowed.includes(value)) return [];
      return [
        {
          ...at,
          field,
          value: value.slice(0, 40),
          code: 'VALUE_UNKNOWN' as const,
          expected: allowed.join(', '),
        },
      ];
    },
  );
  const names = originsOf(row.origin).map((origin) => `${row.forestClass}/${row.ageGroup}/${origin}`);
  return [
    ...faults,
    ...figureFaults(row, at, known.get(row.species)),
    ...repeat({ ...at, field: 'forestClass', value: row.forestClass }, names, seen),
  ];
}

function figureFaults(
  row: GrowthRow,
  at: { part: 'growth'; row: number },
  factors: SpeciesFactors | undefined,
): StockFault[] {
  const faults: StockFault[] = [];
  const width = row.halfWidthPpm;
  if (width !== undefined && !(/^(0|[1-9]\d{0,6})$/.test(width) && BigInt(width) <= PPM_MAX)) {
    const expected = 'parts per million of the mean, 0 to 1000000';
    faults.push({ ...at, field: 'halfWidthPpm', value: width.slice(0, 40), code: 'FIGURE_WRONG', expected });
  }
  const growth = milliOf(row.growthM3PerHaYear);
  const field = { ...at, field: 'growthM3PerHaYear' as const, value: row.growthM3PerHaYear.slice(0, 40) };
  if (growth === undefined || growth > GROWTH_MILLI_MAX) {
    const expected = `0 to ${written(GROWTH_MILLI_MAX)} m³ with at most three decimals`;
    return [...faults, { ...field, code: 'FIGURE_WRONG', expected }];
  }
  const grams = factors && gramsPerMu(growth, factors);
  if (grams === undefined || grams <= GRAMS_WITHOUT_EVIDENCE_MAX) return faults;
  if (grams > GRAMS_MAX || row.evidenceNo === undefined) {
    const most =
      grams > GRAMS_MAX
        ? `at most ${GRAMS_MAX}`
        : `at most ${GRAMS_WITHOUT_EVIDENCE_MAX} without evidenceNo, the document of what was measured`;
    const expected = `${most}; this gives ${grams} grams a mu and year`;
    faults.push({ ...field, code: 'COEFFICIENT_IMPOSSIBLE', expected });
  }
  return faults;
}

function repeat(
  at: Pick<StockFault, 'part' | 'row' | 'field' | 'value'>,
  names: readonly string[],
  seen: Map<string, number>,
): StockFault[] {
  const before = names
    .map((name) => {
      const key = `${at.part} ${name}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, at.row);
      return first;
    })
    .find((row) => row !== undefined);
  if (before === undefined) return [];
  return [
    { ...at, value: at.value.slice(0, 40), code: 'ROW_REPEATED', expected: `row ${before} says it already` },
  ];
}
