import { holdsSomebodysNumber, isDay, parseCount, type Day } from '@app/kernel';
import { AGE_GROUPS, FOREST_CLASSES, ORIGINS } from '@app/registry';

export const FIGURE_KINDS = ['stock-density', 'stock-price', 'fixation-price'] as const;
export type FigureKind = (typeof FIGURE_KINDS)[number];
export const FIGURE_UNITS = ['g-per-mu100', 'fen-per-mu', 'fen-per-t'] as const;
export type FigureUnit = (typeof FIGURE_UNITS)[number];

/** 核算参数 as somebody proposes it, its words and amounts not judged yet. */
export interface WantedFigure {
  readonly kind: string;
  readonly forestClass?: string | undefined;
  readonly ageGroup?: string | undefined;
  readonly origin?: string | undefined;
  readonly unit: string;
  /** Decimal string of the smallest units. */
  readonly amount: string;
  readonly validFrom: string;
  /** The document it comes from, so that a stranger can look it up. */
  readonly source: string;
  readonly illustrative: boolean;
}

export interface Figure {
  readonly kind: FigureKind;
  readonly forestClass: string | null;
  readonly ageGroup: string | null;
  readonly origin: string | null;
  readonly unit: FigureUnit;
  readonly amount: bigint;
  readonly validFrom: Day;
  readonly source: string;
  readonly illustrative: boolean;
}

export interface FigureFault {
  readonly field: string;
  readonly value: string;
  readonly expected: string;
}

/** What each kind is of, and in which units. */
const SHAPES: Readonly<Record<FigureKind, { units: readonly FigureUnit[]; of: readonly string[] }>> = {
  'stock-density': { units: ['g-per-mu100'], of: ['forestClass', 'ageGroup', 'origin'] },
  'stock-price': { units: ['fen-per-mu', 'fen-per-t'], of: ['forestClass'] },
  'fixation-price': { units: ['fen-per-t'], of: [] },
};
const WORDS: Readonly<Record<string, readonly string[]>> = {
  forestClass: FOREST_CLASSES,
  ageGroup: AGE_GROUPS,
  origin: ORIGINS,
};
const AMOUNT_MAX = 1_000_000_000_000n;

/** All that is wrong with it, in one pass. */
export function faultsOf(wanted: WantedFigure): FigureFault[] {
  const faults: FigureFault[] = [];
  const fault = (field: string, value: string | undefined, expected: string) =>
    faults.push({ field, value: (value ?? '').slice(0, 64), expected });
  const shape = SHAPES[wanted.kind as FigureKind] as (typeof SHAPES)[FigureKind] | undefined;
  if (!shape) fault('kind', wanted.kind, FIGURE_KINDS.join(' | '));
  else {
    if (!shape.units.some((unit) => unit === wanted.unit)) {
      fault('unit', wanted.unit, shape.units.join(' | '));
    }
    for (const [field, words] of Object.entries(WORDS)) {
      const value = wanted[field as 'forestClass' | 'ageGroup' | 'origin'];
      if (!shape.of.includes(field)) {
        if (value !== undefined) fault(field, value, `nothing, for a ${wanted.kind}`);
      } else if (value === undefined || !words.includes(value)) fault(field, value, words.join(' | '));
    }
  }
  const amount = parseCount(wanted.amount);
  if (amount === undefined || amount > AMOUNT_MAX)
    fault('amount', wanted.amount, `0 to ${AMOUNT_MAX}, digits`);
  if (!isDay(wanted.validFrom)) fault('validFrom', wanted.validFrom, 'a day that there is, as 2026-01-01');
  if (holdsSomebodysNumber(wanted.source)) fault('source', undefined, 'a text without long numbers');
  return faults;
}

/** One that has no faults. */
export const figureOf = (wanted: WantedFigure): Figure => ({
  kind: wanted.kind as FigureKind,
  forestClass: wanted.forestClass ?? null,
  ageGroup: wanted.ageGroup ?? null,
  origin: wanted.origin ?? null,
  unit: wanted.unit as FigureUnit,
  amount: BigInt(wanted.amount),
  validFrom: wanted.validFrom,
  source: wanted.source,
  illustrative: wanted.illustrative,
});
