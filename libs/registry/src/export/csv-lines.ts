/** What a spreadsheet would compute; a mark before it makes it a text there. */
const COMPUTES = /^[=+\-@\t\r]/;
const SIGNED_NUMBER = /^[+-]\d+(\.\d+)?$/;

/** RFC 4180: a line of these cells, none of which a spreadsheet computes. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(cell: string): string {
  const text = COMPUTES.test(cell) && !SIGNED_NUMBER.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The offices' spreadsheets take a file for UTF-8 only when it begins so. */
export const CSV_MARK = '\ufeff';
