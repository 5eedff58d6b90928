import type { Columns, ReadRow } from './read-rows';

/** What the book has, in the columns of the file and in the words of programs; personal columns are left out. */
export type BookCells = Readonly<Record<string, string>>;

/** Columns whose content is not shown, only that it differs. */
const UNSHOWN = new Set(['name']);

/** How a row differs from what the book has: a file adds, and never changes what is there. */
export function differencesIn<C extends Columns>(
  columns: C,
  row: ReadRow<C>,
  there: BookCells,
): { zh: string; en: string } {
  const differing = Object.entries(there).filter(([column, cell]) => {
    const read = columns[column]?.(cell);
    const value = row.value[column];
    return value !== undefined && read?.ok === true && read.value !== value;
  });
  if (differing.length === 0) {
    return { zh: '账中已有，各列相同：删除此行', en: 'the book has it, the same: take the row out' };
  }
  const shown = differing.map(([column, cell]) =>
    UNSHOWN.has(column) ? column : `${column} ${cell === '' ? '—' : cell}`,
  );
  return {
    zh: `账中已有，不同之处：${shown.join('，')}；变更须经变更令`,
    en: `the book has it with ${shown.join(', ')}; a change is an order`,
  };
}
