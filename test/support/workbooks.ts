import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';

import { ZipFile } from 'yazl';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The parts of a file by their names, as a zip. */
export async function zipOf(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream as Readable);
}

export interface WorkbookWish {
  /** The XML inside `worksheet`, by the name of the sheet; a name that begins with a dot is hidden. */
  readonly sheets: Readonly<Record<string, string>>;
  /** The XML of each shared string. */
  readonly strings?: readonly string[];
  /** The XML inside `styleSheet`. */
  readonly styles?: string;
  readonly isFrom1904?: boolean;
  readonly mainType?: string;
  readonly workbookRelations?: string;
  readonly parts?: Readonly<Record<string, string | Buffer>>;
}

/** The parts of a workbook made by hand, so that what no program would write can be in it. */
export function partsOf(wish: WorkbookWish): Record<string, string | Buffer> {
  const sheets = Object.entries(wish.sheets);
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const listed = sheets.map(
    ([name], index) =>
      `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"${name.startsWith('.') ? ' state="hidden"' : ''}/>`,
  );
  const relations = [
    ...sheets.map((_sheet, index) =>
      relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`),
    ),
    relation('rIdStrings', 'sharedStrings', 'sharedStrings.xml'),
    relation('rIdStyles', 'styles', 'styles.xml'),
    wish.workbookRelations ?? '',
  ];
  return {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" ContentType="${wish.mainType ?? `${TYPE}.sheet.main+xml`}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${wish.isFrom1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${(wish.strings ?? []).map((xml) => `<si>${xml}</si>`).join('')}</sst>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}">${wish.styles ?? ''}</styleSheet>`,
    ...Object.fromEntries(
      sheets.map(([, xml], index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        `<worksheet xmlns="${MAIN}">${xml}</worksheet>`,
      ]),
    ),
    ...wish.parts,
  };
}

export const workbookOf = (wish: WorkbookWish): Promise<Buffer> => zipOf(partsOf(wish));

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const letterOf = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : letterOf(Math.floor(column / 26) - 1) + letterOf(column % 26);

/** A cell with a text of its own. */
export const textCell = (reference: string, text: string): string =>
  `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

/** The XML of a sheet of texts; a text that begins with `<c ` stands as it is. */
export const sheetOfTexts = (rows: readonly (readonly string[])[], after = ''): string => {
  const xml = rows.map((cells, index) => {
    const written = cells.map((cell, column) =>
      cell === '' || cell.startsWith('<c ') ? cell : textCell(`${letterOf(column)}${index + 1}`, cell),
    );
    return `<row r="${index + 1}">${written.join('')}</row>`;
  });
  return `<sheetData>${xml.join('')}</sheetData>${after}`;
};

/** The rows of a CSV file of ours, without quotes in it, as texts of a sheet. */
export const textsOfCsv = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
