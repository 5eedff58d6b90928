import { Injectable } from '@nestjs/common';

import { Snapshots, type Snapshot } from '@app/platform';
import { ARCHIVE, Checks, type ArchivedBook } from './archive-lines.rules';
import { SECTIONS } from './archive-sections';

/** Everything the ledger knows of a book, as one text of lines that can be taken in elsewhere: see ImportArchive. */
@Injectable()
export class ExportArchive {
  constructor(private readonly snapshots: Snapshots) {}

  execute(book: number): AsyncGenerator<string> {
    return this.snapshots.read((snapshot) => partsOf(snapshot, book));
  }
}

async function* partsOf(snapshot: Snapshot, book: number): AsyncGenerator<string> {
  const checks = new Checks();
  const line = (value: string): string => {
    checks.add(value);
    return `${value}\n`;
  };
  yield line(JSON.stringify({ ...ARCHIVE, book: await headOf(snapshot, book) }));
  for (const { name, select } of SECTIONS) {
    yield line(JSON.stringify({ section: name }));
    // A fetch is a thousand rows, and so is what one check covers.
    for await (const rows of snapshot.rows<{ line: string }>(
      `SELECT q.json_build_array::text AS line FROM (${select}) q`,
      [book],
    )) {
      yield `${rows.map((row) => line(row.line)).join('')}${checkLine(checks)}`;
    }
  }
  yield `${JSON.stringify({ end: checks.next() })}\n`;
}

const checkLine = (checks: Checks): string => `${JSON.stringify({ check: checks.next() })}\n`;

async function headOf(snapshot: Snapshot, book: number): Promise<ArchivedBook> {
  const [row] = await snapshot.query<{ head: ArchivedBook }>(
    `SELECT json_build_object('code', b.code, 'name', b.name, 'mode', b.mode, 'region', b.region,
                              'clockAt', b.clock_at, 'openedAt', b.opened_at) AS head
       FROM platform.book b WHERE b.id = $1`,
    [book],
  );
  if (!row) throw new Error(`There is no book ${book}.`);
  return row.head;
}
