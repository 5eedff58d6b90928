import type { ImportError } from '@app/registry';

/** What is to be mended in a file of rows, row by row, and how much there is of it. */
export const faultLines = ({
  total,
  errors,
}: {
  readonly total: number;
  readonly errors: readonly ImportError[];
}): string[] => [
  ...errors.map(({ row, column, value, code, expected }) => {
    const place = `row ${row}${column === null ? '' : `, ${column}`}`;
    const found = value === null ? '' : ` (${value})`;
    return `${place}: ${code}${found}\n  ${expected.zh}\n  ${expected.en}`;
  }),
  `${total} faults. Nothing was loaded.`,
];
