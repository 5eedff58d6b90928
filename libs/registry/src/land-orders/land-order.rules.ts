import { formatUnits, MU, type Day } from '@app/kernel';
import type { CellProblem, Expected } from '../import/import-error';
import { code as codeReader, problem } from '../import/cell.rules';
import { FACT_COLUMNS, type FactColumn } from '../parcel-facts/parcel-columns';
import { cellsOf, storedOf, type StoredFacts } from '../parcel-facts/parcel-facts.rules';
import type { Said } from '../parcel-facts/parcel-facts.words';
import { readCells, type WantedCells } from '../parcel-orders/parcel-order.rules';

/** 分割, 合并, 重新编号, 重划: how parcels become others. */
export const LAND_ORDER_KINDS = ['split', 'merge', 'renumber', 'redraw'] as const;
export type LandOrderKind = (typeof LAND_ORDER_KINDS)[number];

/** A new parcel as a clerk writes it: what is not written it has from the former ones, where they agree. */
export interface WantedChild {
  readonly code: string;
  /** The code of its land unit; its own code when left out. */
  readonly landUnitCode?: string;
  /** By the column of an import file. */
  readonly cells: WantedCells;
}

export interface MadeChild {
  readonly code: string;
  readonly landUnitCode: string;
  readonly facts: StoredFacts;
}

export interface LandFault {
  /** The new parcel, counted from 1; 0 for the order as a whole. */
  readonly row: number;
  readonly field: string;
  readonly value: string;
  readonly code: string;
  readonly expected: Expected;
}

interface Parent {
  readonly code: string;
  readonly facts: StoredFacts;
}

const SHAPES: Readonly<Record<LandOrderKind, { parents: 'one' | 'several'; children: 'one' | 'several' }>> = {
  split: { parents: 'one', children: 'several' },
  merge: { parents: 'several', children: 'one' },
  renumber: { parents: 'one', children: 'one' },
  redraw: { parents: 'several', children: 'several' },
};
const KINDS_ZH: Readonly<Record<LandOrderKind, string>> = {
  split: '分割为',
  merge: '合并为',
  renumber: '重新编号为',
  redraw: '重划为',
};
const KINDS_EN: Readonly<Record<LandOrderKind, string>> = {
  split: 'split into',
  merge: 'merged into',
  renumber: 'renumbered to',
  redraw: 'drawn anew as',
};

/** What names or measures the one former parcel, and is nobody else's. */
const OWN: readonly FactColumn[] = [
  ...(['sub_compartment', 'patch', 'map_patch_no', 'real_estate_unit_no'] as const),
  ...(['volume_m3', 'certificate_area_mu', 'area_mu'] as const),
];
const SCOPE: readonly FactColumn[] = ['scope_decision', 'scope_from', 'scope_to'];

const areaOf = ({ facts }: { facts: StoredFacts }): bigint => BigInt(facts.area_mu100 ?? 0);
const sumOf = (parcels: readonly { facts: StoredFacts }[]): bigint =>
  parcels.reduce((sum, parcel) => sum + areaOf(parcel), 0n);

/** What a new parcel has when nothing is written. */
function inherited(kind: LandOrderKind, parents: readonly Parent[]): Record<FactColumn, string> {
  const all = parents.map(({ facts }) => cellsOf(facts));
  const agree = (column: FactColumn) => all.every((cells) => cells[column] === all[0]![column]);
  const columns = Object.keys(FACT_COLUMNS) as FactColumn[];
  const cells = columns.map((column) => {
    const isKept = kind === 'renumber' || !OWN.includes(column);
    const isAgreed = SCOPE.includes(column) ? SCOPE.every(agree) : agree(column);
    return [column, isKept && isAgreed ? all[0]![column] : ''];
  });
  const made = Object.fromEntries(cells) as Record<FactColumn, string>;
  return kind === 'merge' ? { ...made, area_mu: formatUnits(MU, sumOf(parents)) } : made;
}

/** The new parcels, with all that is wrong with the order as somebody wrote it, in one pass. */
export function childrenOf(
  kind: LandOrderKind,
  parents: readonly Parent[],
  wanted: readonly WantedChild[],
  surveyNo: string | null,
): { children: MadeChild[]; faults: LandFault[] } {
  const faults: LandFault[] = [];
  const note = (row: number, field: string, value: string, { code, expected }: CellProblem) =>
    faults.push({ row, field, value: value.slice(0, 64), code, expected });
  for (const [field, given] of [
    ['parents', parents],
    ['children', wanted],
  ] as const) {
    const wants = SHAPES[kind][field];
    if ((given.length === 1) === (wants === 'one') && given.length > 0) continue;
    note(0, field, String(given.length), wants === 'one' ? ONE : SEVERAL);
  }
  const cells = inherited(kind, parents);
  const differInScope = SCOPE.some(
    (column) => new Set(parents.map(({ facts }) => cellsOf(facts)[column])).size > 1,
  );
  const seen = new Set<string>();
  const children = wanted.map(({ code, landUnitCode = code, cells: given }, index): MadeChild => {
    const row = index + 1;
    for (const [field, text] of [
      ['code', code],
      ['landUnitCode', landUnitCode],
    ] as const) {
      const read = codeReader(64)(text.trim());
      if (!read.ok) note(row, field, text, read.reason);
      else if (seen.has(`${field} ${text}`)) note(row, field, text, REPEATED);
      seen.add(`${field} ${text}`);
    }
    if (differInScope && given.scope_decision === undefined) note(row, 'scope_decision', '', SCOPE_DIFFERS);
    const { facts, faults: found } = readCells(given, cells);
    for (const fault of found) faults.push({ row, ...fault });
    return { code: code.trim(), landUnitCode: landUnitCode.trim(), facts: storedOf(facts) };
  });
  const [before, after] = [sumOf(parents), sumOf(children)];
  const off = before > after ? before - after : after - before;
  if (faults.length === 0 && surveyNo === null && off > BigInt(parents.length + wanted.length)) {
    note(0, 'area_mu', formatUnits(MU, after), areasDiffer(formatUnits(MU, before)));
  }
  return { children, faults };
}

const ONE = problem('KIND_WRONG', '一个小班', 'one parcel');
const SEVERAL = problem('KIND_WRONG', '两个及以上小班', 'two parcels or more');
const REPEATED = problem('REPEATED_IN_FILE', '每个编号只用一次', 'each code once');
const SCOPE_DIFFERS = problem(
  'CELL_EMPTY',
  '原小班的补偿范围不同：写明范围决定，或写空值表示不在范围内',
  'the former parcels differ in scope: write the decision, or an empty text for none',
);
const areasDiffer = (sum: string): CellProblem =>
  problem(
    'AREAS_DIFFER',
    `合计 ${sum} 亩（每个小班容许 0.01 亩取舍差），或写明重新测量的文号`,
    `${sum} mu in sum (0.01 mu a parcel for rounding), or the number of a new survey`,
  );

const listed = (parcels: readonly Parent[], unit: string, comma: string): string =>
  parcels.map((parcel) => `${parcel.code} ${formatUnits(MU, areaOf(parcel))} ${unit}`).join(comma);

/** The order as a person reads it before it is decided. */
export function landSummaryOf(order: {
  readonly kind: LandOrderKind;
  readonly from: Day;
  readonly parents: readonly Parent[];
  readonly children: readonly Parent[];
}): Said {
  const { kind, from, parents, children } = order;
  return {
    zh: `自 ${from} 起：${listed(parents, '亩', '、')}${KINDS_ZH[kind]} ${listed(children, '亩', '、')}`,
    en: `From ${from}: ${listed(parents, 'mu', ', ')} ${KINDS_EN[kind]} ${listed(children, 'mu', ', ')}`,
  };
}
