import { problem } from '../import/cell.rules';
import type { CellProblem } from '../import/import-error';
import { FOREST_SUBUSES, FOREST_USES } from '../parcel.words';
import type { FactColumn, ParcelFacts } from './parcel-columns';

export interface Disagreement {
  readonly column: FactColumn;
  readonly problem: CellProblem;
}

const disagrees = (column: FactColumn, zh: string, en: string): Disagreement => ({
  column,
  problem: problem('FACTS_DISAGREE', zh, en),
});

/** What the facts of one parcel say against each other, all of it; what could not be read says nothing. */
export function disagreementsOf(facts: ParcelFacts): Disagreement[] {
  return [scope, subuse, category, protection, origins, unit].flatMap((rule) => rule(facts));
}

/** A decision has a first day and days have a decision: one without the other says nothing. */
function scope({ scope_decision: decision, scope_from: from, scope_to: to }: ParcelFacts): Disagreement[] {
  const found: Disagreement[] = [];
  if (decision && from === null) found.push({ column: 'scope_from', problem: SCOPE_INCOMPLETE });
  if (decision === null && (from !== null || to !== null))
    found.push({ column: 'scope_decision', problem: SCOPE_INCOMPLETE });
  if (from && to && to < from) found.push({ column: 'scope_to', problem: DAYS_REVERSED });
  return found;
}
const SCOPE_INCOMPLETE = problem(
  'SCOPE_INCOMPLETE',
  '补偿范围决定文号与起始日期同时填写，或全部留空',
  'the decision and its first day together, or neither',
);
const DAYS_REVERSED = problem('DAYS_REVERSED', '不早于起始日期', 'a day not before the first one');

function subuse({ forest_use: use, forest_subuse: sub }: ParcelFacts): Disagreement[] {
  if (!sub || use === undefined) return [];
  const [wanted, zh] = FOREST_SUBUSES[sub];
  if (use === wanted) return [];
  return [disagrees('forest_subuse', `${zh}属于${FOREST_USES[wanted]}`, `${sub} is of the use ${wanted}`)];
}

function category({ forest_category: kind, public_welfare_level: level }: ParcelFacts): Disagreement[] {
  if (!kind || level === undefined) return [];
  const wanted = level === 'none' ? 'commercial' : 'public-welfare';
  if (kind === wanted) return [];
  return [disagrees('forest_category', `${wanted}（与事权等级一致）`, `${wanted}, as its level says`)];
}

function protection({
  national_protection: grade,
  public_welfare_level: level,
}: ParcelFacts): Disagreement[] {
  if (!grade || level === undefined || level === 'national') return [];
  return [
    disagrees(
      'national_protection',
      '仅国家级公益林有保护等级，否则留空',
      'empty: it is not national forest',
    ),
  ];
}

function origins({ origin, origin_detail: detail }: ParcelFacts): Disagreement[] {
  if (!detail || origin === undefined || detail === 'coppice') return [];
  if ((detail === 'natural') === (origin === 'natural')) return [];
  const wanted = origin === 'natural' ? 'natural、coppice' : 'planted、aerial、coppice';
  return [disagrees('origin_detail', `与起源一致：${wanted}`, `as the origin says: ${wanted}`)];
}

function unit({ land_parcel_code: land, real_estate_unit_no: no }: ParcelFacts): Disagreement[] {
  if (!land || !no || no.startsWith(land)) return [];
  return [disagrees('real_estate_unit_no', `以宗地代码 ${land} 开头`, `a number that begins with ${land}`)];
}
