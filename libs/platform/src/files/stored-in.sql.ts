/** SQL: whether the row's book keeps the file whose hash stands in that column; false where none stands there. */
export const isStored = (row: string, column: string): string =>
  `EXISTS (SELECT FROM platform.stored_file f WHERE f.book = ${row}.book AND f.sha256 = ${row}.${column})`;
