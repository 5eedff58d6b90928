import type { CellProblem, ImportErrors } from './import-error';
import type { RawRow } from './csv-records';

/** The columns of a kind of file, each by the name that programs use and the heading that people read. */
export class TableColumns {
  readonly required: readonly string[];
  readonly #byHeading: ReadonlyMap<string, string>;

  constructor(
    readonly all: readonly string[],
    readonly optional: readonly string[],
    headingOf: (column: string) => string,
  ) {
    this.required = all.filter((name) => !optional.includes(name));
    this.#byHeading = new Map(
      this.all.flatMap((name) => [[name, name] as const, [headingOf(name), name] as const]),
    );
  }

  /** The column of a heading, in either language; templates mark what is needed with a star. */
  nameOf(heading: string): string | undefined {
    return this.#byHeading.get(heading.replace(/[*＊\s]+$/, '').trim());
  }

  get emptyFile(): CellProblem {
    return this.headerExpected('FILE_EMPTY');
  }

  headerExpected(code: CellProblem['code']): CellProblem {
    const names = this.required.join(',');
    const more = this.optional.join(',');
    return {
      code,
      expected: {
        zh: `第一行应为：${names}${more && `；可另有：${more}`}，或模板中的中文表头`,
        en: `the first row is: ${names}${more && `; and perhaps: ${more}`}; or the headings of the template`,
      },
    };
  }
}

/** Where each column stands in the file, -1 for one that is not there, and how many columns the file has. */
export interface HeaderPlaces {
  readonly of: readonly number[];
  readonly width: number;
}

/** Undefined when some column is missing, unknown or there twice; each is noted. Columns may stand in any order. */
export function readHeader(
  { row, cells }: RawRow,
  columns: TableColumns,
  errors: ImportErrors,
): HeaderPlaces | undefined {
  const before = errors.total;
  const headings = cells.map((cell) => cell?.trim() ?? '');
  const names = headings.map((heading) => columns.nameOf(heading));
  for (const column of columns.required) {
    if (!names.includes(column)) {
      errors.add({ row, column, value: null }, columns.headerExpected('COLUMN_MISSING'));
    }
  }
  for (const [index, name] of names.entries()) {
    const heading = headings[index] ?? '';
    const at = { row, column: name ?? heading, value: heading };
    if (name === undefined) errors.add(at, columns.headerExpected('COLUMN_UNKNOWN'));
    else if (names.indexOf(name) !== index) errors.add(at, columns.headerExpected('COLUMN_REPEATED'));
  }
  if (errors.total > before) return undefined;
  return { of: columns.all.map((column) => names.indexOf(column)), width: headings.length };
}
