import { lettersOf, serialOf } from './cell-text.rules';
import { STYLE } from './workbook-xml';

/** A column as it is written: every cell is a text unless the column says otherwise. */
export interface SheetColumn {
  readonly heading: string;
  /** In characters. */
  readonly width: number;
  readonly form?: 'text' | 'number' | 'hundredths' | 'day';
  /** What may stand there, as a list to choose from. */
  readonly choices?: readonly string[];
}

/** Rows in pieces; `undefined` cells are empty. */
export type Rows = AsyncIterable<readonly (readonly string[])[]> | Iterable<readonly (readonly string[])[]>;

export interface SheetToWrite {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: Rows;
}

const ROWS_OF_LISTS = 100_001;
/** What Excel takes as a list written out. */
const LIST_MAX = 255;
/** What XML cannot hold, and what would be read as if it were one of those. */
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\r]|_(?=x[0-9A-Fa-f]{4}_)/g; // eslint-disable-line no-control-regex -- those are the ones

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const xmlText = (text: string): string =>
  text
    .replace(UNWRITABLE, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>"]/g, (mark) => MARKS[mark] ?? mark);

/** The XML of a sheet, in pieces: its heading stands still, its columns have their forms and lists. */
export async function* sheetXml({ columns, rows }: SheetToWrite): AsyncGenerator<string> {
  yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.map(columnXml).join('')}</cols><sheetData>`;
  const headings = columns.map(({ heading }, index) => textXml(1, index, heading, STYLE.heading));
  yield `<row r="1">${headings.join('')}</row>`;
  const letters = columns.map((_column, index) => lettersOf(index));
  let row = 1;
  for await (const piece of rows) {
    let xml = '';
    for (const cells of piece) {
      row += 1;
      xml += `<row r="${row}">`;
      for (const [index, cell] of cells.entries()) {
        if (cell !== '') xml += cellXml(`${letters[index] ?? ''}${row}`, cell, columns[index]?.form);
      }
      xml += '</row>';
    }
    yield xml;
  }
  yield `</sheetData>${listsXml(columns)}</worksheet>`;
}

const styleOf = (form: SheetColumn['form']): number => STYLE[form ?? 'text'];

const columnXml = ({ width, form }: SheetColumn, index: number): string =>
  `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${styleOf(form)}" customWidth="1"/>`;

/** A text is written as a text, so that whatever it begins with, nothing computes. */
function cellXml(reference: string, cell: string, form: SheetColumn['form']): string {
  if ((form === 'number' || form === 'hundredths') && /^-?\d{1,15}(\.\d{1,6})?$/.test(cell)) {
    return `<c r="${reference}" s="${styleOf(form)}"><v>${cell}</v></c>`;
  }
  const serial = form === 'day' ? serialOf(cell) : undefined;
  if (serial !== undefined) return `<c r="${reference}" s="${STYLE.day}"><v>${serial}</v></c>`;
  return inlineXml(reference, cell, STYLE.text);
}

const textXml = (row: number, column: number, text: string, style: number): string =>
  inlineXml(`${lettersOf(column)}${row}`, text, style);

const inlineXml = (reference: string, text: string, style: number): string =>
  `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;

function listsXml(columns: readonly SheetColumn[]): string {
  const lists = columns.flatMap(({ choices }, index) => {
    const list = choices?.join(',') ?? '';
    if (list === '' || list.length > LIST_MAX) return [];
    const letter = lettersOf(index);
    return [
      `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${letter}2:${letter}${ROWS_OF_LISTS}"><formula1>${xmlText(`"${list}"`)}</formula1></dataValidation>`,
    ];
  });
  return lists.length === 0
    ? ''
    : `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>`;
}
