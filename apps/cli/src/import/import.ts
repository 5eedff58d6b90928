import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';

import { ImportArchive, type ArchiveRefusal } from '@app/ledger';
import { createDataSource, Metrics, UnitOfWork } from '@app/platform';
import { ownerUrl } from '../owner-url';

const USAGE = `import --file <archive>

Takes a book from an archive into a database that has no such book, or has it still unused: all of it, verified to
the last posting, or nothing. It needs the owner's connection (MIGRATE_DATABASE_URL). Run it while nobody works there:
no book can be opened in the meantime, and into a book that was opened before, nobody can post anywhere.`;

/** `import`: 0 when the book is there and right, 1 when the archive was refused, 2 when it could not be tried. */
export async function importBook(args: readonly string[]): Promise<number> {
  const file = fileOf(args);
  if (file === undefined) {
    console.error(USAGE);
    return 2;
  }
  const dataSource = createDataSource({ url: ownerUrl(), poolMax: 1, applicationName: 'tanhui-import' });
  await dataSource.initialize();
  try {
    const result = await new ImportArchive(new UnitOfWork(dataSource, new Metrics())).execute(
      createReadStream(file),
    );
    if (!result.ok) {
      console.error(`The archive was refused. ${reasonText(result.reason)}`);
      return 1;
    }
    const { code, entries, postings } = result.value;
    console.log(`Book "${code}": ${entries} entries, ${postings} postings, verified.`);
    return 0;
  } finally {
    await dataSource.destroy();
  }
}

function fileOf(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { file: { type: 'string' } } }).values.file;
  } catch {
    return undefined;
  }
}

function reasonText(reason: ArchiveRefusal): string {
  switch (reason.code) {
    case 'ARCHIVE_UNREADABLE':
      return `It cannot be read from line ${reason.line} on: ${reason.detail}.`;
    case 'ARCHIVE_CHANGED':
      return `Lines ${reason.fromLine} to ${reason.toLine} (${reason.section}) are not those that were written.`;
    case 'ARCHIVE_REJECTED':
      return `Lines ${reason.fromLine} to ${reason.toLine} (${reason.section}) do not fit: ${reason.detail}.`;
    case 'ARCHIVE_WRONG':
      return `It is not a right book:\n  ${reason.findings.join('\n  ')}`;
    case 'BOOK_NOT_EMPTY':
      return `Book "${reason.book}" is there and has been used.`;
  }
}
