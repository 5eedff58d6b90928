import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

import { ExportArchive, ExportJournal } from '@app/ledger';
import { createDataSource, Snapshots } from '@app/platform';
import { readOptions, USAGE, type ExportCommand } from './options';

/** `export`: 0 when all of it was written, 2 when it could not be. */
export async function exportBook(args: readonly string[]): Promise<number> {
  const command = readOptions(args);
  if ('problem' in command) {
    console.error(`${command.problem}\n\n${USAGE}`);
    return 2;
  }
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("Set DATABASE_URL to a connection that may read the ledger, the auditor's say.");
  const dataSource = createDataSource({ url, poolMax: 1, applicationName: 'tanhui-export' });
  await dataSource.initialize();
  try {
    const found = await dataSource.query<{ id: number; code: string }[]>(
      'SELECT id, code FROM platform.book WHERE code = $1',
      [command.book],
    );
    const [book] = found;
    if (!book) throw new Error(`There is no book "${command.book}".`);
    await write(partsOf(new Snapshots(dataSource), book, command), command);
    return 0;
  } finally {
    await dataSource.destroy();
  }
}

const partsOf = (
  snapshots: Snapshots,
  book: { readonly id: number; readonly code: string },
  { format, range }: ExportCommand,
): AsyncGenerator<string> =>
  format === 'archive'
    ? new ExportArchive(snapshots).execute(book.id)
    : new ExportJournal(snapshots).execute(book, format, range);

async function write(parts: AsyncGenerator<string>, { format, out }: ExportCommand): Promise<void> {
  const flow = (target: Writable, end: boolean): Promise<void> =>
    format === 'archive'
      ? pipeline(Readable.from(parts), createGzip(), target, { end })
      : pipeline(Readable.from(parts), target, { end });
  if (out === undefined) return flow(process.stdout, false);
  // A file that is there is whole: until then it has another name.
  const unfinished = `${out}.unfinished`;
  try {
    await flow(createWriteStream(unfinished), true);
    await rename(unfinished, out);
  } finally {
    await rm(unfinished, { force: true });
  }
}
