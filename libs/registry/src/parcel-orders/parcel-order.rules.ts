import type { Day } from '@app/kernel';
import { cellFault, problem } from '../import/cell.rules';
import type { CellProblem, Expected } from '../import/import-error';
import { disagreementsOf } from '../parcel-facts/parcel-agreement.rules';
import { FACT_COLUMNS, type FactColumn, type ParcelFacts } from '../parcel-facts/parcel-columns';
import {
  cellsOf,
  columnOf,
  STORED_FACTS,
  storedOf,
  writtenOf,
  type StoredFacts,
} from '../parcel-facts/parcel-facts.rules';
import { changesSaid, type Said } from '../parcel-facts/parcel-facts.words';
import type { FactsPiece } from '../parcel-facts/parcel-timeline';

/** 调查更新, 差错更正, 林分生长, 地类变化, 证书变更, 范围调整, 其他: why a fact changes. */
export const PARCEL_ORDER_REASONS = [
  'survey',
  'correction',
  'growth',
  'land-use',
  'certificate',
  'scope',
  'other',
] as const;
export type ParcelOrderReason = (typeof PARCEL_ORDER_REASONS)[number];

/** What somebody writes into columns of the parcel, as in an import file; empty takes the fact away. */
export type WantedCells = Readonly<Record<string, string>>;

export interface FactFault {
  /** The column, as in an import file. */
  readonly field: string;
  readonly value: string;
  readonly code: string;
  readonly expected: Expected;
}

/** Facts that change, and what they were on the first day. */
export interface FactChange {
  readonly before: Partial<StoredFacts>;
  readonly after: Partial<StoredFacts>;
}

const UNKNOWN = problem('COLUMN_UNKNOWN', '小班的一列', 'a column of a parcel');
const changesLater = (day: Day): CellProblem =>
  problem(
    'VALUE_CHANGES_LATER',
    `自 ${day} 起另有变更：日期不早于该日，或先更正该次变更`,
    `it changes again from ${day}: take that day or a later one, or correct that change first`,
  );

const isColumn = (field: string): field is FactColumn => Object.hasOwn(FACT_COLUMNS, field);

/** Cells read by their columns, with what is wrong with each; columns nobody named keep what they have. */
export function readCells(
  given: WantedCells,
  cells: Readonly<Record<FactColumn, string>>,
): { facts: ParcelFacts; faults: FactFault[] } {
  const faults: FactFault[] = [];
  const note = (field: string, value: string, { code, expected }: CellProblem) =>
    faults.push({ field, value: value.slice(0, 64), code, expected });
  for (const [field, value] of Object.entries(given))
    if (!isColumn(field)) note(field.slice(0, 64), value, UNKNOWN);
  const facts: Record<string, unknown> = {};
  for (const column of Object.keys(FACT_COLUMNS) as FactColumn[]) {
    const value = (given[column] ?? cells[column]).trim();
    const fault = cellFault(value);
    const read = FACT_COLUMNS[column](value);
    if (!fault && read.ok) facts[column] = read.value;
    else note(column, value, fault ?? (read as { reason: CellProblem }).reason);
  }
  for (const { column, problem: found } of disagreementsOf(facts as ParcelFacts)) {
    note(column, given[column] ?? cells[column], found);
  }
  return { facts: facts as ParcelFacts, faults };
}

/**
 * What the cells change from the day of the first piece on, with all that is wrong: by itself, with what else holds on
 * any later day, and where the same fact is changed again later.
 */
export function changeOf(
  given: WantedCells,
  pieces: readonly FactsPiece[],
): FactChange & { faults: FactFault[] } {
  const faults = new Map<string, FactFault>();
  const before: Record<string, string | null> = {};
  const after: Record<string, string | null> = {};
  for (const [index, { from, facts: held }] of pieces.entries()) {
    const read = readCells(given, cellsOf(held));
    for (const fault of read.faults) faults.set(`${fault.field} ${fault.code}`, fault);
    if (read.faults.length > 0) continue;
    const stored = storedOf(read.facts);
    if (index === 0) {
      for (const fact of STORED_FACTS.filter((one) => stored[one] !== held[one])) {
        before[fact] = held[fact];
        after[fact] = stored[fact];
      }
    }
    for (const fact of STORED_FACTS.filter((one) => one in before && held[one] !== before[one])) {
      const { code, expected } = changesLater(from ?? '');
      const field = columnOf(fact);
      faults.set(`${field} ${code}`, { field, value: writtenOf(fact, after[fact] ?? null), code, expected });
    }
  }
  return { before, after, faults: [...faults.values()] };
}

/** The change as a person reads it before it is decided. */
export function summaryOf(order: FactChange & { readonly parcel: string; readonly from: Day }): Said {
  const { zh, en } = changesSaid(order.before, order.after);
  return {
    zh: `小班 ${order.parcel} 自 ${order.from} 起：${zh}`,
    en: `From ${order.from} parcel ${order.parcel}: ${en}`,
  };
}
