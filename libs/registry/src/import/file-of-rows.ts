import type { Reader } from './cell.rules';
import type { ColumnWords } from './column.words';
import type { ImportErrors } from './import-error';
import { readRows, type Columns, type ReadRow } from './read-rows';
import { readTable, type ImportTable } from './read-table';
import { TableColumns } from './table-header';

/** A file of rows as people see it: what its sheet is called, its columns with how they are read and told. */
export interface FileOfRows {
  readonly name: string;
  readonly columns: Readonly<Record<string, Reader<unknown>>>;
  readonly told: (column: string) => ColumnWords;
  readonly rowsMax: number;
}

/**
 * Reads a workbook or CSV of another lib by the conventions of the imports: headings of programs or of people in any
 * order, and every fault of every cell in one pass. A column that may be empty may be left out.
 */
export async function readFileOfRows<C extends Columns>(
  bytes: Buffer,
  file: FileOfRows & { readonly columns: C },
): Promise<{ readonly table: ImportTable; readonly errors: ImportErrors; readonly rows: ReadRow<C>[] }> {
  const names = Object.keys(file.columns);
  const optionals = names.filter((name) => file.columns[name]!('').ok);
  const headings = new TableColumns(names, optionals, (column) => file.told(column).heading);
  const table = await readTable(bytes, headings, file.rowsMax);
  return { table, errors: table.errors, rows: readRows(table, file.columns) };
}
