import { Readable } from 'node:stream';

import { ZipFile } from 'yazl';

import { sheetXml, xmlText, type SheetToWrite } from './sheet-xml';
import { partsXml } from './workbook-xml';

/** The same rows make the same bytes, whenever and wherever: zip keeps a time without a zone. */
const WRITTEN = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644 };

/** A workbook of these sheets, in pieces: as many rows as there are, in little memory. */
export async function* writeWorkbook(sheets: readonly SheetToWrite[]): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const inputs = sheets.map((sheet) => Readable.from(encoded(sheetXml(sheet)), { objectMode: false }));
  const fail = (error: Error): void => {
    output.destroy(error);
  };
  zip.on('error', fail);
  try {
    for (const [name, xml] of partsXml(sheets.map(({ name }) => xmlText(name)))) {
      zip.addBuffer(Buffer.from(xml), name, WRITTEN);
    }
    for (const [index, input] of inputs.entries()) {
      input.on('error', fail);
      zip.addReadStream(input, `xl/worksheets/sheet${index + 1}.xml`, WRITTEN);
    }
    zip.end();
    for await (const chunk of output) yield chunk as Buffer;
  } finally {
    // Whoever stops listening stops the reading of the rows too.
    for (const input of inputs) input.destroy();
  }
}

async function* encoded(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece);
}
