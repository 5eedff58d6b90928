import type { Cell, ReportColumn } from '../api/report-types';
import { decimals } from '../ui/format';

const TEXTS: ReadonlySet<string> = new Set(['text', 'day', 'year']);

export const isAmount = ({ unit }: Pick<ReportColumn, 'unit'>): boolean => !TEXTS.has(unit);

/** A cell as it is printed: amounts grouped by thousands in the unit of their column, a dash where nothing is stated. */
export function cellText(
  cell: Cell,
  column: Pick<ReportColumn, 'unit' | 'scale'>,
  language: 'zh' | 'en',
): string {
  if (cell === null) return '—';
  if (typeof cell === 'object') return cell[language];
  return isAmount(column) ? decimals(cell, column.scale) : cell;
}
